import type { EventBridgeClient, Rule, Target } from '@aws-sdk/client-eventbridge';
import {
  DescribeArchiveCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-eventbridge';
import type { Check, Finding } from './finding.ts';
import { fail, ok, warn } from './finding.ts';

const deploy = 'npm run deploy makes it';

/** Whether every kind of event has its rule, enabled, and to the queue. */
export const checkRules: Check = async ({ aws, parts }) => {
  const { eventBridge } = aws.clients;
  const { queueName } = aws.eventsQueue;
  const rules = await rulesOf(eventBridge, aws.stackName);
  const findings = await Promise.all(
    parts.eventRules.map(async (name): Promise<readonly Finding[]> => {
      const rule = rules.get(name);
      if (rule === undefined) return [fail('rules', `there is no rule "${name}"`, deploy)];
      if (rule.State === 'DISABLED') return [disabled(name)];
      const targets = await targetsOf(eventBridge, name);
      if (targets.some(({ Arn = '' }) => Arn.endsWith(`:${queueName}`))) return [];
      return [fail('rules', `"${name}" does not send to ${queueName}`, 'npm run deploy mends it')];
    }),
  );
  const wrong = findings.flat();
  if (wrong.length > 0) return wrong;
  return [ok('rules', `${parts.eventRules.length} rules are enabled, to ${queueName}`)];
};

/** Whether the pass over all roles is made, without which a lost event stays lost. */
export const checkSchedule: Check = async ({ aws, parts }) => {
  const { eventBridge } = aws.clients;
  const name = parts.resyncRule;
  const rule = (await rulesOf(eventBridge, aws.stackName)).get(name);
  if (rule === undefined)
    return [fail('resync', `there is no rule "${name}": lost events stay lost`, deploy)];
  if (rule.State === 'DISABLED') return [disabled(name)];
  const [target] = await targetsOf(eventBridge, name);
  if (target === undefined) return [fail('resync', `"${name}" wakes nobody`, 'npm run deploy mends it')];
  return [ok('resync', `${rule.ScheduleExpression} wakes ${target.Arn?.split(':').at(-1)}`)];
};

/** Whether events are kept for replays. */
export const checkArchive: Check = async ({ aws, parts }) => {
  try {
    const { State, RetentionDays = 0 } = await aws.clients.eventBridge.send(
      new DescribeArchiveCommand({ ArchiveName: parts.archive }),
    );
    const kept = RetentionDays === 0 ? 'for ever' : `for ${RetentionDays} days`;
    if (State === 'ENABLED') return [ok('archive', `"${parts.archive}" keeps events ${kept}`)];
    return [warn('archive', `"${parts.archive}" is ${State}`, 'until it is ENABLED nothing can be replayed')];
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
    return [warn('archive', `there is no archive "${parts.archive}": nothing can be replayed`, deploy)];
  }
};

function disabled(name: string): Finding {
  return fail('rules', `"${name}" is disabled`, `aws events enable-rule --name ${name}`);
}

async function rulesOf(client: EventBridgeClient, stackName: string): Promise<ReadonlyMap<string, Rule>> {
  const rules = new Map<string, Rule>();
  let NextToken: string | undefined;
  do {
    const page = await client.send(new ListRulesCommand({ NamePrefix: `${stackName}-`, NextToken }));
    for (const rule of page.Rules ?? []) rules.set(rule.Name ?? '', rule);
    ({ NextToken } = page);
  } while (NextToken !== undefined);
  return rules;
}

/** A rule has five at the most: they fit into one page. */
async function targetsOf(client: EventBridgeClient, Rule: string): Promise<readonly Target[]> {
  const { Targets = [] } = await client.send(new ListTargetsByRuleCommand({ Rule }));
  return Targets;
}

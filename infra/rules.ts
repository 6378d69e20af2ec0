import { Aws, Fn } from 'aws-cdk-lib';
import { CfnArchive, CfnRule } from 'aws-cdk-lib/aws-events';
import { CfnPermission, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { eventRules } from './event-rules.ts';
import type { Names } from './names.ts';
import type { Parameters } from './parameters.ts';
import { pascalCase } from './pascal-case.ts';
import { arnOf } from './permissions/arns.ts';
import { allowRulesToSend, type Queues } from './queues.ts';

/** Whom the rules wake. */
export interface RuleParts {
  readonly names: Names;
  readonly parameters: Parameters;
  readonly queues: Queues;
  readonly resync: LambdaFunction;
}

/** Everything on the default bus: the rules for events, the schedule of the resync, the archive. */
export interface BusParts {
  readonly rules: readonly { readonly kind: string; readonly rule: CfnRule }[];
  readonly resyncRule: CfnRule;
  readonly archive: CfnArchive;
}

export function createRules(scope: Construct, parts: RuleParts): BusParts {
  const { queues } = parts;
  const rules = createEventRules(scope, parts);
  const resyncRule = createResyncRule(scope, parts);
  const ruleArns = rules.map(({ rule }) => rule.attrArn);
  allowRulesToSend(queues.events, ruleArns);
  allowRulesToSend(queues.undelivered, [...ruleArns, resyncRule.attrArn]);
  return { rules, resyncRule, archive: createArchive(scope, parts) };
}

function createEventRules(
  scope: Construct,
  { names, parameters, queues }: RuleParts,
): readonly { readonly kind: string; readonly rule: CfnRule }[] {
  return eventRules(parameters.roleTagKey).map(({ kind, eventPattern }) => {
    const rule = new CfnRule(scope, `Rule${pascalCase(kind)}`, {
      name: names.ruleOf(kind),
      description: `${kind}: to ${names.eventsQueue}`,
      eventPattern,
      targets: [
        {
          id: 'queue',
          arn: queues.events.queueArn,
          // After an hour the resync has long seen what the event was about. What EventBridge gives up on, and what it
          // may not deliver at all, is kept. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html
          retryPolicy: { maximumEventAgeInSeconds: 3_600, maximumRetryAttempts: 185 },
          deadLetterConfig: { arn: queues.undelivered.queueArn },
        },
      ],
    });
    return { kind, rule };
  });
}

function createResyncRule(scope: Construct, { names, parameters, queues, resync }: RuleParts): CfnRule {
  const minutes = parameters.resyncMinutes;
  const rule = new CfnRule(scope, 'ResyncRule', {
    name: names.resyncRule,
    description: 'Goes through all roles, whatever events were lost',
    scheduleExpression: minutes === 1 ? 'rate(1 minute)' : `rate(${minutes} minutes)`,
    targets: [
      {
        id: 'resync',
        arn: resync.functionArn,
        // When the next pass is due, this one is not worth trying any more.
        retryPolicy: { maximumEventAgeInSeconds: minutes * 60, maximumRetryAttempts: 5 },
        deadLetterConfig: { arn: queues.undelivered.queueArn },
      },
    ],
  });
  new CfnPermission(scope, 'ResyncRuleMayInvoke', {
    action: 'lambda:InvokeFunction',
    functionName: resync.functionArn,
    principal: 'events.amazonaws.com',
    sourceArn: rule.attrArn,
    sourceAccount: Aws.ACCOUNT_ID,
  });
  return rule;
}

function createArchive(scope: Construct, { names, parameters }: RuleParts): CfnArchive {
  return new CfnArchive(scope, 'Archive', {
    archiveName: names.archive,
    description: `What the rules of ${parameters.name} let through, for replays`,
    sourceArn: Fn.sub(arnOf('events', 'event-bus/default')),
    // The very patterns of the rules: by sources and detail types alone it would hold every call to EC2.
    eventPattern: { $or: eventRules(parameters.roleTagKey).map(({ eventPattern }) => eventPattern) },
    retentionDays: parameters.archiveRetentionDays,
  });
}

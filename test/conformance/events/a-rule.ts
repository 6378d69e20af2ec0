import {
  PutEventsCommand,
  PutRuleCommand,
  type PutRuleCommandInput,
  PutTargetsCommand,
  type Target as RuleTarget,
} from '@aws-sdk/client-eventbridge';
import type { Message } from '@aws-sdk/client-sqs';
import { SetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { aQueue, receive } from '../sqs/a-queue.ts';
import type { Target } from '../target.ts';

let rules = 0;

/** A name that no other run and no other case has; a source of events as well. */
export function aName(): string {
  rules += 1;
  return `conformance.${Date.now()}-${rules}`;
}

/** A queue that EventBridge may send to. */
export async function aQueueForEvents(target: Target): Promise<{ QueueUrl: string; QueueArn: string }> {
  const queue = await aQueue(target);
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: queue.QueueArn,
      },
    ],
  });
  await target.clients.sqs.send(
    new SetQueueAttributesCommand({ QueueUrl: queue.QueueUrl, Attributes: { Policy } }),
  );
  return queue;
}

/** A rule for a source of its own, with one target. */
export async function aRule(
  { clients }: Target,
  ruleTarget: Omit<RuleTarget, 'Id'>,
  rule: Partial<PutRuleCommandInput> = {},
): Promise<{ Name: string; RuleArn: string }> {
  const Name = aName();
  const EventPattern = JSON.stringify({ source: [Name] });
  const { RuleArn = '' } = await clients.events.send(new PutRuleCommand({ Name, EventPattern, ...rule }));
  await clients.events.send(
    new PutTargetsCommand({ Rule: Name, Targets: [{ Id: 'target', ...ruleTarget }] }),
  );
  return { Name, RuleArn };
}

/** Puts one event on the default bus; returns its id. */
export async function put({ clients }: Target, Source: string, detail: object = {}): Promise<string> {
  const entry = { Source, DetailType: 'Conformance', Detail: JSON.stringify(detail), Resources: ['one'] };
  const { Entries } = await clients.events.send(new PutEventsCommand({ Entries: [entry] }));
  const [result] = Entries ?? [];
  if (result?.EventId === undefined) throw new Error(`PutEvents failed: ${JSON.stringify(result)}`);
  return result.EventId;
}

/** The next message's body, as JSON, with the message. */
export async function receiveJson(
  target: Target,
  QueueUrl: string,
): Promise<{ body: unknown; message: Message }> {
  const message = await receive(target, QueueUrl);
  return { body: JSON.parse(message.Body ?? ''), message };
}

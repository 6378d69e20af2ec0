import { Duration, Validations } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Names } from './names.ts';
import { wiring } from './wiring.ts';

export interface Queues {
  /** Where events wait for the function. */
  readonly events: Queue;
  readonly deadLetters: Queue;
  readonly undelivered: Queue;
  readonly failedResyncs: Queue;
}

/** As long as SQS keeps anything: a long weekend must not lose what a person has to look at. */
const deadLetterRetention = Duration.days(14);

export function createQueues(scope: Construct, names: Names): Queues {
  const deadLetters = createQueue(scope, 'DeadLetters', names.deadLetterQueue, {
    retentionPeriod: deadLetterRetention,
  });
  const events = createQueue(scope, 'Events', names.eventsQueue, {
    visibilityTimeout: Duration.seconds(wiring.queue.visibilityTimeoutSeconds),
    // After a day an event tells nothing that the resync has not seen.
    retentionPeriod: Duration.days(1),
    deadLetterQueue: { queue: deadLetters, maxReceiveCount: wiring.queue.maxReceiveCount },
  });
  const undelivered = createQueue(scope, 'Undelivered', names.undeliveredQueue, {
    retentionPeriod: deadLetterRetention,
  });
  const failedResyncs = createQueue(scope, 'FailedResyncs', names.failedResyncsQueue, {
    retentionPeriod: deadLetterRetention,
  });
  for (const queue of [undelivered, failedResyncs]) {
    Validations.of(queue).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'It is a dead-letter queue itself: of the targets of rules, or of an asynchronous invocation.',
    });
  }
  return { events, deadLetters, undelivered, failedResyncs };
}

function createQueue(scope: Construct, id: string, queueName: string, props: QueueProps): Queue {
  const queue = new Queue(scope, id, { queueName, encryption: QueueEncryption.SQS_MANAGED, ...props });
  queue.addToResourcePolicy(
    new PolicyStatement({
      sid: 'DenyPlainHttp',
      effect: Effect.DENY,
      principals: [new AnyPrincipal()],
      actions: ['sqs:*'],
      resources: [queue.queueArn],
      conditions: { Bool: { 'aws:SecureTransport': 'false' } },
    }),
  );
  return queue;
}

/** Lets EventBridge send what these rules let through, and nobody else's rules. */
export function allowRulesToSend(queue: Queue, ruleArns: readonly string[]): void {
  queue.addToResourcePolicy(
    new PolicyStatement({
      sid: 'OnlyOurRulesSend',
      principals: [new ServicePrincipal('events.amazonaws.com')],
      actions: ['sqs:SendMessage'],
      resources: [queue.queueArn],
      conditions: { ArnEquals: { 'aws:SourceArn': ruleArns } },
    }),
  );
}

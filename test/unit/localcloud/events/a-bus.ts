import {
  EventBridgeClient as Client,
  type EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { createCloud } from '../../../../localcloud/cloud.ts';
import { VirtualClock } from '../../../../localcloud/core/clock.ts';
import type { BusEvent } from '../../../../localcloud/core/surroundings.ts';
import type { DeliveryResult, Invocation } from '../../../../localcloud/events/delivery.ts';
import { createEvents, type Events } from '../../../../localcloud/events/events.ts';
import { createRequestHandler } from '../../../../localcloud/front/request-handler.ts';

/** A bus alone: what it hands over is noted instead of delivered. */
export interface BusBench {
  readonly clock: VirtualClock;
  readonly client: EventBridgeClient;
  readonly room: Events;
  /** What was handed over, with the time in milliseconds since the start. */
  readonly handed: readonly (Invocation & { readonly afterMs: number })[];
  /** Decides how hand-overs end; all succeed without it. */
  answer: (invocation: Invocation) => DeliveryResult;
  publish(event: Partial<BusEvent>): void;
  /** A rule for all events of AWS services, with one target and a dead-letter queue. */
  aRule(target?: object): Promise<void>;
}

export const targetArn = 'arn:aws:sqs:us-east-1:123456789012:target';
export const deadLetterArn = 'arn:aws:sqs:us-east-1:123456789012:dead';

export function aBus(seed = 1): BusBench {
  const clock = new VirtualClock();
  const startMs = clock.now();
  const handed: (Invocation & { afterMs: number })[] = [];
  const cloud = createCloud({
    clock,
    seed,
    rooms: (surroundings) => ({
      events: createEvents(surroundings, (invocation) => {
        handed.push({ ...invocation, afterMs: clock.now() - startMs });
        return bench.answer(invocation);
      }),
    }),
  });
  const client = new Client({
    region: 'us-east-1',
    // The SDK takes LimitExceededException for a throttle and would back off in real time.
    maxAttempts: 1,
    credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'unchecked' },
    requestHandler: createRequestHandler(cloud.handle),
  });
  const bench: BusBench = {
    clock,
    client,
    room: cloud.rooms.events,
    handed,
    answer: () => ({ kind: 'delivered' }),
    publish: (event) =>
      cloud.surroundings.publish({
        source: 'aws.ec2',
        detailType: 'Test',
        resources: [],
        detail: {},
        ...event,
      }),
    aRule: async (target = {}) => {
      const EventPattern = '{"source":[{"prefix":"aws."}]}';
      await client.send(new PutRuleCommand({ Name: 'all', EventPattern }));
      const Targets = [{ Id: 'one', Arn: targetArn, DeadLetterConfig: { Arn: deadLetterArn }, ...target }];
      await client.send(new PutTargetsCommand({ Rule: 'all', Targets }));
    },
  };
  return bench;
}

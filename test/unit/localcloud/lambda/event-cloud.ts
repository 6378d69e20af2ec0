import { fileURLToPath } from 'node:url';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SQSClient } from '@aws-sdk/client-sqs';
import { type Cloud, createCloud } from '../../../../localcloud/cloud.ts';
import { type Clock, VirtualClock } from '../../../../localcloud/core/clock.ts';
import type { LatencyModel } from '../../../../localcloud/core/latency.ts';
import { createEvents, type Events } from '../../../../localcloud/events/events.ts';
import { deliverTo } from '../../../../localcloud/events/target-delivery.ts';
import { type HttpFront, startHttpFront } from '../../../../localcloud/front/http-server.ts';
import { createRequestHandler } from '../../../../localcloud/front/request-handler.ts';
import { createLambdaRuntime, type Lambda } from '../../../../localcloud/lambda/lambda.ts';
import { type Settled, type SettleOptions, settle } from '../../../../localcloud/lambda/settle.ts';
import { createSqs, type Sqs } from '../../../../localcloud/sqs/sqs.ts';

/** A cloud of the three rooms that carry events, with clients for them. */
export interface EventCloud<AClock extends Clock = VirtualClock> extends AsyncDisposable {
  readonly cloud: Cloud<{ events: Events; lambda: Lambda; sqs: Sqs }>;
  readonly clock: AClock;
  readonly events: EventBridgeClient;
  readonly sqs: SQSClient;
  readonly rooms: { readonly events: Events; readonly lambda: Lambda; readonly sqs: Sqs };
  settle(options?: SettleOptions): Promise<Settled>;
}

/** With a virtual clock unless given another; the HTTP front listens on a free port. */
export async function eventCloud(): Promise<EventCloud>;
export async function eventCloud<AClock extends Clock>(
  clock: AClock,
  latency?: LatencyModel,
): Promise<EventCloud<AClock>>;
export async function eventCloud(
  clock: Clock = new VirtualClock(),
  latency: LatencyModel = {},
): Promise<EventCloud<Clock>> {
  const cloud = createCloud({
    clock,
    latency,
    isCheckingInvariants: true,
    rooms: (surroundings, { endpointUrl }) => {
      const url = (): string => endpointUrl() ?? 'http://127.0.0.1';
      const sqs = createSqs(surroundings, { endpoint: url });
      const lambda = createLambdaRuntime(surroundings, { endpointUrl: url, sqs });
      return {
        events: createEvents(
          surroundings,
          deliverTo(() => ({ sqs, lambda })),
        ),
        lambda,
        sqs,
      };
    },
  });
  const front: HttpFront = await startHttpFront(cloud, { port: 0 });
  cloud.setEndpointUrl(front.url);
  const settings = {
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'unchecked' },
    requestHandler: createRequestHandler(cloud.handle),
  };
  return {
    cloud,
    clock,
    rooms: cloud.rooms,
    events: new EventBridgeClient(settings),
    sqs: new SQSClient({ ...settings, useQueueUrlAsEndpoint: false }),
    settle: (options) => settle(cloud, options),
    [Symbol.asyncDispose]: async () => {
      await cloud.close();
      await front.close();
    },
  };
}

/** The path of a function's module in `functions/`. */
export function functionPath(name: string): string {
  return fileURLToPath(new URL(`./functions/${name}.mjs`, import.meta.url));
}

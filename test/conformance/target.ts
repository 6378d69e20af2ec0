import { setTimeout as sleep } from 'node:timers/promises';
import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { Route53Client } from '@aws-sdk/client-route-53';
import { SQSClient } from '@aws-sdk/client-sqs';
import { STSClient } from '@aws-sdk/client-sts';
import { createCloud } from '../../localcloud/cloud.ts';
import { VirtualClock } from '../../localcloud/core/clock.ts';
import { letRun, passTime, whileTimePasses } from '../../localcloud/core/pass-time.ts';
import { createRequestHandler, type SdkRequestHandler } from '../../localcloud/front/request-handler.ts';

/** One client per service, all of the same target. */
export interface Clients {
  readonly autoScaling: AutoScalingClient;
  readonly cloudWatch: CloudWatchClient;
  readonly dynamodb: DynamoDBClient;
  readonly ec2: EC2Client;
  readonly elasticLoadBalancing: ElasticLoadBalancingV2Client;
  readonly events: EventBridgeClient;
  readonly route53: Route53Client;
  readonly sqs: SQSClient;
  readonly sts: STSClient;
}

/** The AWS that a case runs against. */
export interface Target {
  /** `localcloud`, or what CONFORMANCE_TARGET says: `moto`, `aws`, … */
  readonly name: string;
  readonly clients: Clients;
  /**
   * Repeats the assertion until it holds, for at most `withinMs` (default 5 minutes) of the target's time; then it
   * fails as the last attempt did. On another target than localcloud the patience is CONFORMANCE_PATIENCE_MS.
   */
  eventually<Result>(
    assertion: () => Promise<Result>,
    options?: { readonly withinMs?: number },
  ): Promise<Result>;
  /** Lets `durationMs` (default 5 seconds) of the target's time pass: for what must *not* happen. */
  settle(durationMs?: number): Promise<void>;
  close(): void;
}

/** How the run was started; read from the environment in one place. */
export interface TargetSettings {
  readonly name: string;
  readonly endpoint: string | undefined;
  readonly region: string;
  readonly patienceMs: number;
}

/** A fresh, empty localcloud, or the one endpoint that the settings name. */
export function openTarget(settings: TargetSettings): Target {
  return settings.name === 'localcloud' ? localTarget(settings.region) : remoteTarget(settings);
}

function localTarget(region: string): Target {
  const clock = new VirtualClock();
  // The SDK backs off in real time, in which the virtual buckets would never fill again.
  const cloud = createCloud({ clock, region, throttles: false, isCheckingInvariants: true });
  const clients = createClients({
    region,
    credentials: anyCredentials,
    requestHandler: createRequestHandler((request) => whileTimePasses(clock, cloud.handle(request))),
  });
  return {
    name: 'localcloud',
    clients,
    eventually: async (assertion, { withinMs = 300_000 } = {}) => {
      const deadlineMs = clock.now() + withinMs;
      for (;;) {
        try {
          return await assertion();
        } catch (error) {
          if (clock.now() >= deadlineMs) throw error;
          await letRun();
          // At most a second at once: what is asked may depend on time alone, without anything planned.
          const nextMs = Math.min(clock.nextDueMs() ?? deadlineMs, clock.now() + 1_000, deadlineMs);
          clock.advanceTo(nextMs);
          await letRun();
        }
      }
    },
    settle: (durationMs = 5_000) => passTime(clock, durationMs),
    close: () => destroyAll(clients),
  };
}

function remoteTarget({ name, endpoint, region, patienceMs }: TargetSettings): Target {
  const clients = createClients({
    region,
    // Without an endpoint it is AWS itself, with the credentials that its tools would take.
    ...(endpoint !== undefined && { endpoint, credentials: anyCredentials }),
  });
  return {
    name,
    clients,
    eventually: async (assertion, { withinMs = patienceMs } = {}) => {
      const deadlineMs = Date.now() + Math.min(withinMs, patienceMs);
      for (let delayMs = 50; ; delayMs = Math.min(2 * delayMs, 2_000)) {
        try {
          return await assertion();
        } catch (error) {
          if (Date.now() + delayMs > deadlineMs) throw error;
          await sleep(delayMs);
        }
      }
    },
    settle: async (durationMs = 5_000) => {
      await sleep(Math.min(durationMs, patienceMs));
    },
    close: () => destroyAll(clients),
  };
}

const anyCredentials = { accessKeyId: 'AKIACONFORMANCE', secretAccessKey: 'unchecked' };

interface ClientSettings {
  readonly region: string;
  readonly endpoint?: string;
  readonly credentials?: typeof anyCredentials;
  readonly requestHandler?: SdkRequestHandler;
}

function createClients(settings: ClientSettings): Clients {
  return {
    autoScaling: new AutoScalingClient(settings),
    cloudWatch: new CloudWatchClient(settings),
    dynamodb: new DynamoDBClient(settings),
    ec2: new EC2Client(settings),
    elasticLoadBalancing: new ElasticLoadBalancingV2Client(settings),
    events: new EventBridgeClient(settings),
    route53: new Route53Client(settings),
    sqs: new SQSClient(settings),
    sts: new STSClient(settings),
  };
}

function destroyAll(clients: Clients): void {
  for (const client of Object.values(clients)) client.destroy();
}

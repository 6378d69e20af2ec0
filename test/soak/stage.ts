import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Deployment } from '../../demo/deploy.ts';
import { deploy } from '../../demo/deploy.ts';
import type { Cloud } from '../../localcloud/cloud.ts';
import { createCloud } from '../../localcloud/cloud.ts';
import { VirtualClock } from '../../localcloud/core/clock.ts';
import { startHttpFront } from '../../localcloud/front/http-server.ts';
import { createRoleStore } from '../../shared/adapters/dynamodb/role-store.ts';
import { Table } from '../../shared/adapters/dynamodb/table.ts';
import type { RoleStore } from '../../shared/reconcile/ports.ts';
import type { Answer as CommandAnswer } from '../e2e/cli/operator.ts';
import { operate } from '../e2e/cli/operator.ts';
import type { Ask } from '../simulation/engine/ask.ts';
import type { Names } from '../simulation/engine/network.ts';
import { buildNetwork } from '../simulation/engine/network.ts';
import { region } from '../simulation/engine/rooms.ts';
import { openClients } from './clients.ts';
import { Control } from './control.ts';

/** A cloud that serves AWS over HTTP with the controller deployed in it, and what people use to work with it. */
export interface SoakStage extends AsyncDisposable {
  readonly cloud: Cloud;
  readonly control: Control;
  readonly ask: Ask;
  /** Ids of the things of the world, by the names that stories use. */
  readonly names: Names;
  readonly store: RoleStore;
  readonly deployment: Deployment;
  /** By which the functions' calls are told from all others. */
  readonly functionKeys: readonly string[];
  /** Runs one command of the operator. */
  readonly understudy: (argv: readonly string[], input?: string) => Promise<CommandAnswer>;
}

/** About as long as in AWS, in milliseconds: calls take time in which other things happen. */
const roundTripsMs = { dynamodb: 6, ec2: 60, route53: 80 };

/** What localcloud keeps for who looks at it, which is to be full early in a soak. */
const kept = { callsKept: 2_000, lambda: { recordsMax: 200, logLinesMax: 400 } };

/** Enough addresses for all roles, and an archive that replays find soon. */
const rooms = { ec2: { elasticIpQuota: 50 }, events: { archiveLagMs: 60_000 } };

export async function openStage(seed: number, assemblyDirectory: string): Promise<SoakStage> {
  const clock = new VirtualClock();
  const cloud = createCloud({
    clock,
    seed,
    region,
    isCheckingInvariants: true,
    callsKept: kept.callsKept,
    roomOptions: { ...rooms, lambda: kept.lambda },
  });
  const front = await startHttpFront(cloud, { port: 0, host: '127.0.0.1' });
  const clients = openClients(front.url);
  const deployment = await deploy(clients, cloud.rooms.cloudFormation, { assemblyDirectory });
  const control = new Control(front.url);
  const functionKeys = cloud.rooms.lambda.functions().map(({ accessKeyId }) => accessKeyId);
  for (const accessKeyId of functionKeys) {
    for (const [service, delayMs] of Object.entries(roundTripsMs)) {
      await control.post('faults', { accessKeyId, service, fault: { kind: 'latency', delayMs } });
    }
  }
  const documents = DynamoDBDocumentClient.from(clients.dynamodb);
  const now = () => clock.now();
  return {
    cloud,
    control,
    ask: clients.ask,
    names: await buildNetwork(clients.ask),
    store: createRoleStore(
      new Table(documents, deployment.tableName, async () => undefined),
      { historyDays: 1, goneInstanceDays: 1 },
      now,
    ),
    deployment,
    functionKeys,
    understudy: (argv, input = '') =>
      operate([...argv, '--region', region], {
        endpointUrl: front.url,
        now,
        sleep: (durationMs) => control.passTime(durationMs),
        input,
      }),
    [Symbol.asyncDispose]: async () => {
      clients.close();
      await cloud.close();
      await front.close();
    },
  };
}

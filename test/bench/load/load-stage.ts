import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { VirtualClock } from '../../../localcloud/core/clock.ts';
import { seededRandom } from '../../../localcloud/core/random.ts';
import type { Queue } from '../../../localcloud/sqs/queue.ts';
import { Table } from '../../../shared/adapters/dynamodb/table.ts';
import type { Ask } from '../../simulation/engine/ask.ts';
import { askOf } from '../../simulation/engine/ask.ts';
import type { Stack } from '../../simulation/engine/deployment.ts';
import { deployStack } from '../../simulation/engine/deployment.ts';
import type { SimulatedCloud } from '../../simulation/engine/rooms.ts';
import { takeOverGlobals } from '../../simulation/engine/virtual-globals.ts';
import { VirtualTime } from '../../simulation/engine/virtual-time.ts';
import { loadClients } from './load-clients.ts';
import { createLoadCloud } from './load-cloud.ts';
import { LoadLambda } from './load-lambda.ts';
import { LoadWire } from './load-wire.ts';
import { LoadWorld } from './load-world.ts';
import type { LoadSettings } from './settings.ts';

/** Everything in one process, on a virtual clock: the world, the ways of events, and the functions of production code. */
export interface LoadStage extends Disposable {
  readonly time: VirtualTime;
  readonly cloud: SimulatedCloud;
  readonly ask: Ask;
  readonly wire: LoadWire;
  readonly lambda: LoadLambda;
  readonly world: LoadWorld;
  readonly table: Table;
  readonly queue: Queue;
  readonly deadLetters: Queue;
  /** Events and the schedule reach the functions from now on, and AWS's limits hold. */
  readonly goLive: () => Promise<void>;
}

const stackName = 'understudy';
const hourMs = 3_600_000;

export async function openLoadStage(settings: LoadSettings): Promise<LoadStage> {
  const time = new VirtualTime(new VirtualClock());
  const random = seededRandom(1).fork('load');
  const scheduled: (() => void)[] = [];
  const cloud = createLoadCloud(time.clock, () => {
    for (const run of scheduled) run();
  });
  cloud.throttles.isEnabled = false;
  const ask = askOf(cloud);
  const stack = await deployQuietly(ask);
  const wire = new LoadWire(cloud, time);
  const documents = DynamoDBDocumentClient.from(loadClients(wire.handle, settings).dynamodb);
  const table = new Table(documents, stack.tableName, (durationMs) => time.sleep(durationMs));
  const lambda = new LoadLambda({ time, random, wire, settings, tableName: stack.tableName });
  scheduled.push(() => void lambda.resync());
  const world = await LoadWorld.open({ ask, table, clock: time.clock });
  const globals = takeOverGlobals(time, random);
  const queue = cloud.rooms.sqs.queueByArn(stack.queueArn);
  queue.settings = {
    ...queue.settings,
    VisibilityTimeout: settings.visibilityTimeoutSeconds,
    RedrivePolicy: { deadLetterTargetArn: stack.deadLetterArn, maxReceiveCount: settings.maxReceiveCount },
  };
  return {
    time,
    cloud,
    ask,
    wire,
    lambda,
    world,
    table,
    queue,
    deadLetters: cloud.rooms.sqs.queueByArn(stack.deadLetterArn),
    goLive: async () => {
      cloud.throttles.refill();
      cloud.throttles.isEnabled = true;
      await switchRules(ask, 'EnableRule');
      lambda.listen(queue);
    },
    [Symbol.dispose]: () => globals[Symbol.dispose](),
  };
}

/** Nothing reaches the functions while the world is built. */
async function deployQuietly(ask: Ask): Promise<Stack> {
  const stack = await deployStack(ask, stackName, 1);
  await switchRules(ask, 'DisableRule');
  return stack;
}

async function switchRules(ask: Ask, operation: 'EnableRule' | 'DisableRule'): Promise<void> {
  const { Rules } = await ask('events', 'ListRules', {});
  for (const rule of Array.isArray(Rules) ? Rules : []) {
    await ask('events', operation, { Name: Reflect.get(Object(rule), 'Name') });
  }
}

/** Lets virtual time pass until the promise is settled. */
export async function whileTimePasses<Result>(time: VirtualTime, promise: Promise<Result>): Promise<Result> {
  let isSettled = false;
  const settled = (): void => {
    isSettled = true;
  };
  promise.then(settled, settled);
  await time.passUntil(time.now() + 24 * hourMs, () => isSettled);
  return promise;
}

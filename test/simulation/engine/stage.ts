import type { Controller } from '../../../functions/compose.ts';
import { VirtualClock } from '../../../localcloud/core/clock.ts';
import type { Random } from '../../../localcloud/core/random.ts';
import { seededRandom } from '../../../localcloud/core/random.ts';
import type { WireRequest, WireResponse } from '../../../localcloud/core/service.ts';
import { createDocumentClient } from '../../../shared/adapters/dynamodb/document-client.ts';
import { createRoleCatalogue } from '../../../shared/adapters/dynamodb/role-catalogue.ts';
import { Table } from '../../../shared/adapters/dynamodb/table.ts';
import { parseRoleTag } from '../../../shared/plan/role-tag.ts';
import type { RoleCatalogue } from '../../../shared/reconcile/ports.ts';
import type { Story } from '../story/story.ts';
import type { Ask } from './ask.ts';
import { askOf } from './ask.ts';
import type { Chronicle, InstanceLife } from './chronicle.ts';
import { emptyChronicle, Timeline } from './chronicle.ts';
import { simulatedClients } from './clients.ts';
import { deliveryWithFaults } from './delivery.ts';
import type { Stack } from './deployment.ts';
import { controllerOfResync, createArchive, deployStack } from './deployment.ts';
import type { Break, Environment } from './environment.ts';
import { composeController } from './environment.ts';
import { Faults } from './faults.ts';
import type { InvocationWatcher } from './lambda.ts';
import { SimulatedLambda } from './lambda.ts';
import type { Names } from './network.ts';
import { buildNetwork } from './network.ts';
import type { SimulatedCloud } from './rooms.ts';
import { createSimulatedCloud } from './rooms.ts';
import { VirtualTime } from './virtual-time.ts';
import type { CallWatcher, Meddle } from './wire.ts';
import { Wire } from './wire.ts';

/** How a variant of the code differs from the real one. */
export interface Mutation {
  readonly breakController?: Break;
  readonly breakEnvironment?: (environment: Environment) => Environment;
  readonly meddle?: Meddle;
}

/** One controller of the stage. */
export interface StagedController {
  readonly stack: Stack;
  /** As it is written, whatever variant of it runs. */
  readonly intact: Controller;
  readonly catalogue: RoleCatalogue;
}

/** The whole world of one run. */
export interface Stage {
  readonly story: Story;
  readonly time: VirtualTime;
  readonly startMs: number;
  readonly random: Random;
  readonly cloud: SimulatedCloud;
  readonly ask: Ask;
  readonly names: Names;
  readonly faults: Faults;
  readonly lambda: SimulatedLambda;
  readonly chronicle: Chronicle;
  readonly controllers: readonly StagedController[];
  readonly archiveArn: string;
}

/** Builds the world of a story, as it is before the first step. */
export async function buildStage(
  story: Story,
  watcher: CallWatcher & InvocationWatcher,
  mutation: Mutation,
): Promise<Stage> {
  const random = seededRandom(story.seed).fork('simulation');
  const time = new VirtualTime(new VirtualClock());
  const faults = new Faults(story, time);
  const lambda = new SimulatedLambda({ time, faults, batchSize: story.batchSize, watcher });
  const cloud = createSimulatedCloud({
    clock: time.clock,
    seed: story.seed,
    invokeAsynchronously: (functionArn) => {
      const name = controllerOfResync(functionArn);
      if (name !== undefined) lambda.resync(name);
    },
    onDelivery: (deliver) => deliveryWithFaults(deliver, { time, faults }),
  });
  const chronicle = emptyChronicle();
  followInstances(cloud, time, chronicle);
  const ask = askOf(cloud);
  const names = await buildNetwork(ask);
  const { meddle = asItIs } = mutation;
  const wire = new Wire({ cloud, time, faults, watcher, meddle });
  const controllers = await deployControllers(
    { story, ask, cloud, time, random, lambda, handle: wire.handle },
    mutation,
  );
  const archiveArn = await createArchive(ask);
  const startMs = time.now();
  return {
    story,
    time,
    startMs,
    random,
    cloud,
    ask,
    names,
    faults,
    lambda,
    chronicle,
    controllers,
    archiveArn,
  };
}

/** Notes the lives of instances as they come about, whoever is told of them. */
function followInstances(cloud: SimulatedCloud, time: VirtualTime, { instances }: Chronicle): void {
  cloud.rooms.events.onEvent((event) => {
    if ('replay-name' in event) return;
    const { source, detail } = event;
    const id = Reflect.get(detail, 'instance-id');
    const state = Reflect.get(detail, 'state');
    if (source !== 'aws.ec2' || typeof id !== 'string' || typeof state !== 'string') return;
    const life = instances.get(id) ?? lifeOf(cloud, time, id);
    life.states.note(time.now(), state);
    instances.set(id, life);
  });
}

/** The life of an instance that was just launched. */
function lifeOf(cloud: SimulatedCloud, time: VirtualTime, id: string): InstanceLife {
  const { world } = cloud.rooms.ec2;
  const instance = world.instances.get(id);
  const subnetIds = [...world.networkInterfaces.all()]
    .filter(({ attachment }) => attachment?.instanceId === id)
    .map(({ subnetId }) => subnetId);
  const roles = new Timeline<readonly string[]>();
  roles.note(time.now(), parseRoleTag(instance?.tags.get('role')));
  const tags = new Map(instance?.tags);
  return { states: new Timeline(), roles, subnetId: subnetIds[0] ?? '', tags };
}

function asItIs<Thing>(thing: Thing): Thing {
  return thing;
}

interface DeployParts extends Pick<Stage, 'story' | 'ask' | 'cloud' | 'time' | 'random' | 'lambda'> {
  readonly handle: (request: WireRequest) => Promise<WireResponse>;
}

async function deployControllers(
  { story, ask, cloud, time, random, lambda, handle }: DeployParts,
  { breakController = asItIs, breakEnvironment = asItIs }: Mutation,
): Promise<readonly StagedController[]> {
  const clients = simulatedClients(handle);
  const documents = createDocumentClient(clients.dynamodb);
  const controllers: StagedController[] = [];
  for (const name of ['understudy', 'understudy-2'].slice(0, story.controllers)) {
    const stack = await deployStack(ask, name, story.resyncMinutes);
    const parts = {
      tableName: stack.tableName,
      clients,
      time,
      random,
      leaseDurationMs: story.leaseSeconds * 1_000,
    };
    const intact = composeController(parts);
    lambda.deploy({
      name,
      controller: breakController(composeController(parts)),
      queue: cloud.rooms.sqs.queueByArn(stack.queueArn),
      breakEnvironment,
    });
    const table = new Table(documents, stack.tableName, (durationMs) => time.sleep(durationMs));
    controllers.push({ stack, intact, catalogue: createRoleCatalogue(table) });
  }
  return controllers;
}

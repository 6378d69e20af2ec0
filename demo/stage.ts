import type { Cloud } from '../localcloud/cloud.ts';
import { createCloud } from '../localcloud/cloud.ts';
import type { Clock } from '../localcloud/core/clock.ts';
import type { HttpFront } from '../localcloud/front/http-server.ts';
import { startHttpFront } from '../localcloud/front/http-server.ts';
import type { RoomOptions } from '../localcloud/rooms.ts';
import type { StageClients } from './clients.ts';
import { clientsOf } from './clients.ts';
import type { Deployment } from './deploy.ts';
import { deploy } from './deploy.ts';
import { assemblyDirectory, synthesize } from './synthesize.ts';
import type { World } from './world.ts';
import { createWorld } from './world.ts';

export const stageRegion = 'eu-west-1';

/** The cloud with the controller deployed in it and a small world around it. */
export interface Stage {
  readonly cloud: Cloud;
  readonly front: HttpFront;
  readonly clients: StageClients;
  readonly deployment: Deployment;
  readonly world: World;
  readonly close: () => Promise<void>;
}

export interface StageOptions {
  /** 0 takes any free port. */
  readonly port: number;
  readonly clock?: Clock;
  readonly seed?: number;
  /** Off for tests that run what was synthesized before them. */
  readonly isBuilding?: boolean;
  /** Deployed instead of the synthesized template: an edited copy of it. */
  readonly template?: unknown;
  /** Where the cloud is to be another than AWS's usual. */
  readonly roomOptions?: RoomOptions;
}

/**
 * Round trips of the functions, in milliseconds, about as long as in AWS. Without them a call would end before the next
 * one begins, and what is done side by side would look like one thing after the other.
 */
const roundTripsMs = { dynamodb: 6, ec2: 60, route53: 80 };

/** Synthesizes the stack, starts localcloud, and deploys the stack into it. */
export async function setStage({
  port,
  clock,
  seed = 1,
  isBuilding = true,
  template,
  roomOptions = {},
}: StageOptions): Promise<Stage> {
  if (isBuilding) await synthesize();
  const cloud = createCloud({
    region: stageRegion,
    seed,
    isCheckingInvariants: true,
    roomOptions,
    ...(clock === undefined ? {} : { clock }),
  });
  const front = await startHttpFront(cloud, { port, host: '127.0.0.1' });
  const clients = clientsOf(cloud);
  const deployment = await deploy(clients, cloud.rooms.cloudFormation, { assemblyDirectory, template });
  for (const { accessKeyId } of cloud.rooms.lambda.functions()) {
    for (const [service, delayMs] of Object.entries(roundTripsMs)) {
      cloud.faults.add({ accessKeyId, service, fault: { kind: 'latency', delayMs } });
    }
  }
  const world = await createWorld(clients, stageRegion);
  return {
    cloud,
    front,
    clients,
    deployment,
    world,
    close: async () => {
      await cloud.close();
      await front.close();
    },
  };
}

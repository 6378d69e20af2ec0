import { EC2Client, RunInstancesCommand, type RunInstancesCommandInput } from '@aws-sdk/client-ec2';
import { createCloud } from '../../../../localcloud/cloud.ts';
import { VirtualClock } from '../../../../localcloud/core/clock.ts';
import type { BusEvent, Lag } from '../../../../localcloud/core/surroundings.ts';
import { createEc2, type Ec2 } from '../../../../localcloud/ec2/ec2.ts';
import type { Ec2Settings } from '../../../../localcloud/ec2/state/settings.ts';
import { createRequestHandler } from '../../../../localcloud/front/request-handler.ts';

export interface Ec2Room {
  readonly client: EC2Client;
  readonly room: Ec2;
  readonly clock: VirtualClock;
  /** All events that the room has published. */
  readonly events: readonly BusEvent[];
  setLag(lag: Partial<Lag>): void;
}

export interface RoomOptions {
  readonly settings?: Partial<Ec2Settings>;
  readonly region?: string;
  readonly seed?: number;
}

/** EC2 alone on a virtual clock, asked through the SDK; its invariants are checked after every write. */
export function anEc2Room({ settings, region = 'us-east-1', seed = 1 }: RoomOptions = {}): Ec2Room {
  const clock = new VirtualClock();
  const events: BusEvent[] = [];
  const cloud = createCloud({
    clock,
    region,
    seed,
    throttles: false,
    isCheckingInvariants: true,
    rooms: (surroundings) => ({
      ec2: createEc2({ ...surroundings, publish: (event) => events.push(event) }, settings),
    }),
  });
  const client = new EC2Client({
    region,
    credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'unchecked' },
    requestHandler: createRequestHandler(cloud.handle),
    maxAttempts: 1,
  });
  return { client, room: cloud.rooms.ec2, clock, events, setLag: (lag) => cloud.setLag(lag) };
}

/** Launches one instance and answers its id. */
export async function aLaunch(
  { client }: Ec2Room,
  input: Partial<RunInstancesCommandInput> = {},
): Promise<string> {
  const { Instances } = await client.send(
    new RunInstancesCommand({
      ImageId: 'ami-0123456789abcdef0',
      InstanceType: 't3.medium',
      MinCount: 1,
      MaxCount: 1,
      ...input,
    }),
  );
  const id = Instances?.[0]?.InstanceId;
  if (id === undefined) throw new Error('nothing was launched');
  return id;
}

/** Launches one instance and lets time pass until it runs. */
export async function aRunningInstance(
  ec2Room: Ec2Room,
  input: Partial<RunInstancesCommandInput> = {},
): Promise<string> {
  const id = await aLaunch(ec2Room, input);
  ec2Room.clock.advanceBy(ec2Room.room.world.settings.pendingMs);
  return id;
}

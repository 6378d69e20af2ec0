import { DescribeInstancesCommand } from '@aws-sdk/client-ec2';
import { type BenchWorld, buildWorld, roleName } from './bench-world.ts';
import { cpuMsOf } from './cpu-time.ts';
import { type CallTimes, measureCall } from './measure-call.ts';
import { changeBatch, ec2Writes, prepareSimpleCalls, type SimpleCall } from './simple-calls.ts';

export interface NamedCallTimes extends CallTimes {
  readonly service: string;
  readonly name: string;
}

/** One answer that describes many instances. */
export interface LargeAnswer extends CallTimes {
  readonly instances: number;
  readonly answerBytes: number;
}

/** A world with as many records as instances. */
export interface LargeWorld {
  readonly instances: number;
  readonly records: number;
  readonly buildMs: number;
  readonly calls: readonly NamedCallTimes[];
}

export type Progress = (text: string) => void;

/** A handful of calls of each service, in a world of 100 instances and 1,000 records. */
export async function measureSimpleCalls(progress: Progress): Promise<readonly NamedCallTimes[]> {
  const world = await buildWorld(100);
  const calls: NamedCallTimes[] = [];
  for (const call of await prepareSimpleCalls(world)) {
    progress(`${call.service} ${call.name}`);
    const times = await measureCall(world.cloud, call, { count: 300, runs: 5, warmUps: 2 });
    calls.push({ service: call.service, name: call.name, ...times });
  }
  return calls;
}

/** DescribeInstances over all instances of a world. */
export async function measureLargeAnswer(instances: number, progress: Progress): Promise<LargeAnswer> {
  progress(`DescribeInstances over ${instances} instances`);
  const { cloud } = await buildWorld(instances);
  const describeAll: SimpleCall = {
    service: 'ec2',
    name: 'DescribeInstances',
    send: () => cloud.ec2.send(new DescribeInstancesCommand({ MaxResults: instances })),
  };
  const { body } = await cloud.answerOf(() => describeAll.send(0));
  const times = await measureCall(cloud, describeAll, { count: 2, runs: 9, warmUps: 5 });
  return { instances, answerBytes: Buffer.byteLength(body), ...times };
}

/** Building a world, and reads and writes in it. */
export async function measureLargeWorld(size: number, progress: Progress): Promise<LargeWorld> {
  progress(`a world of ${size} instances and ${size} records`);
  const built: BenchWorld[] = [];
  const buildMs = await cpuMsOf(async () => {
    built.push(await buildWorld(size));
  });
  const calls: NamedCallTimes[] = [];
  for (const world of built)
    for (const call of [...reads(world, size), ...ec2Writes(world), changeBatch(world)]) {
      progress(`${call.name} in a world of ${size} instances`);
      const times = await measureCall(world.cloud, call, { count: 100, runs: 5, warmUps: 2 });
      calls.push({ service: call.service, name: call.name, ...times });
    }
  return { instances: size, records: size, buildMs, calls };
}

function reads({ cloud, pair }: BenchWorld, size: number): readonly SimpleCall[] {
  const service = 'ec2';
  return [
    {
      service,
      name: 'DescribeInstances (by id)',
      send: (turn) => cloud.ec2.send(new DescribeInstancesCommand({ InstanceIds: [pair[turn].instanceId] })),
    },
    {
      service,
      name: 'DescribeInstances (by tag, 10 of all)',
      send: (turn) => {
        const Values = [roleName(size / 20 + turn)];
        return cloud.ec2.send(new DescribeInstancesCommand({ Filters: [{ Name: 'tag:role', Values }] }));
      },
    },
  ];
}

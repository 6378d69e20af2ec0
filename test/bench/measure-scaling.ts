import { TerminateInstancesCommand } from '@aws-sdk/client-ec2';
import { type BenchWorld, buildWorld, launch } from './bench-world.ts';
import { medianCpuMs, type Task } from './cpu-time.ts';
import { replay } from './measure-call.ts';
import type { Progress } from './measure-worlds.ts';
import { changeBatch, ec2Writes } from './simple-calls.ts';

/** What a state change costs localcloud itself, in milliseconds, by the size of the world. */
export interface Scaling {
  /** Instances, and as many records. */
  readonly sizes: readonly number[];
  readonly changes: readonly { readonly name: string; readonly ownMs: readonly number[] }[];
}

const changesOfRun = 300;

/** The same state changes in worlds of each size. */
export async function measureScaling(sizes: readonly number[], progress: Progress): Promise<Scaling> {
  const ownMs = new Map<string, number[]>();
  for (const size of sizes) {
    progress(`state changes in a world of ${size} instances and ${size} records`);
    const world = await buildWorld(size);
    const medians = await medianCpuMs(await changesOf(world), { runs: 5, warmUps: 1 });
    for (const [name, cpuMs] of Object.entries(medians))
      ownMs.set(name, [...(ownMs.get(name) ?? []), cpuMs / changesOfRun]);
  }
  return { sizes, changes: [...ownMs].map(([name, each]) => ({ name, ownMs: each })) };
}

async function changesOf(world: BenchWorld): Promise<Readonly<Record<string, Task>>> {
  const changes: Record<string, Task> = {
    'RunInstances, TerminateInstances': await launchAndTerminate(world),
  };
  for (const call of [...ec2Writes(world), changeBatch(world)])
    changes[call.name] = await replay(world.cloud, call, changesOfRun);
  return changes;
}

/** Launches instances one by one until they run, and terminates them one by one until they are forgotten. */
async function launchAndTerminate({ cloud, subnetId }: BenchWorld): Promise<Task> {
  const launching = await cloud.requestOf(() => cloud.ec2.send(launch(subnetId, 'short-lived', 1)));
  const placeholder = 'i-00000000000000000';
  const terminating = await cloud.requestOf(() =>
    cloud.ec2.send(new TerminateInstancesCommand({ InstanceIds: [placeholder] })),
  );
  // With the token that the SDK adds, all launches after the first would be repetitions of it.
  const launchBody = launching.body.replace(/&ClientToken=[^&]*/, '');
  return async () => {
    const ids: string[] = [];
    for (let count = 0; count < changesOfRun; count += 1) {
      const { body } = await cloud.perform({ ...launching, body: launchBody });
      ids.push(/<instanceId>(.*?)</.exec(body)?.[1] ?? '');
    }
    await cloud.settle();
    for (const id of ids)
      await cloud.perform({ ...terminating, body: terminating.body.replace(placeholder, id) });
    await cloud.settle();
  };
}

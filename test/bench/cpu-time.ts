import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

export type Task = () => Promise<void>;

/**
 * Processor time of the whole program in milliseconds, with its garbage collection and compilation: what one core
 * would take, however busy the machine is.
 */
export async function cpuMsOf(task: Task): Promise<number> {
  collectGarbage();
  const before = process.cpuUsage();
  await task();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/**
 * The median processor time of each task in milliseconds. The tasks take turns, so that what changes meanwhile
 * changes for all of them; the first turns only warm up.
 */
export async function medianCpuMs<Name extends string>(
  tasks: Readonly<Record<Name, Task>>,
  { runs, warmUps }: { readonly runs: number; readonly warmUps: number },
): Promise<Readonly<Record<Name, number>>> {
  const entries = Object.entries(tasks) as [Name, Task][];
  const samples = new Map<Name, number[]>(entries.map(([name]) => [name, []]));
  for (let turn = -warmUps; turn < runs; turn += 1)
    for (const [name, task] of entries) {
      const cpuMs = await cpuMsOf(task);
      if (turn >= 0) samples.get(name)?.push(cpuMs);
    }
  return Object.fromEntries([...samples].map(([name, each]) => [name, medianOf(each)])) as Record<
    Name,
    number
  >;
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}

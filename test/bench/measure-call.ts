import type { BenchCloud } from './bench-cloud.ts';
import { medianCpuMs, type Task } from './cpu-time.ts';
import type { SimpleCall } from './simple-calls.ts';

/** Where the processor time of one call goes, in milliseconds. */
export interface CallTimes {
  /** Through the SDK client, all in all. */
  readonly wholeMs: number;
  /** The same call answered from a can: the SDK's own part, and so the least that it can take. */
  readonly cannedMs: number;
  /** From wire request to wire response: localcloud's own part. */
  readonly ownMs: number;
}

interface Effort {
  /** Calls of one run. */
  readonly count: number;
  readonly runs: number;
  readonly warmUps: number;
}

export async function measureCall(cloud: BenchCloud, call: SimpleCall, effort: Effort): Promise<CallTimes> {
  const response = await cloud.answerOf(() => call.send(0));
  const sendAll = async (): Promise<void> => {
    for (let number = 0; number < effort.count; number += 1) await call.send(turnOf(number));
  };
  const { whole, canned, own } = await medianCpuMs(
    {
      whole: async () => {
        await sendAll();
        await cloud.settle();
      },
      canned: () => cloud.withCanned(response, sendAll),
      own: await replay(cloud, call, effort.count),
    },
    effort,
  );
  const perCall = 1 / effort.count;
  return { wholeMs: whole * perCall, cannedMs: canned * perCall, ownMs: own * perCall };
}

/** Makes a call that many times without the SDK, from requests that it made before. */
export async function replay(cloud: BenchCloud, call: SimpleCall, count: number): Promise<Task> {
  const requests = [
    await cloud.requestOf(() => call.send(0)),
    await cloud.requestOf(() => call.send(1)),
  ] as const;
  return async () => {
    for (let number = 0; number < count; number += 1) await cloud.perform(requests[turnOf(number)]);
    await cloud.settle();
  };
}

function turnOf(number: number): 0 | 1 {
  return number % 2 === 0 ? 0 : 1;
}

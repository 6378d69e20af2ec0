import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { ResyncResult } from '../../../functions/resync/create-handler.ts';
import { functions } from '../../../infra/functions.ts';
import { startHttpFront } from '../../../localcloud/front/http-server.ts';
import { region } from '../../simulation/engine/rooms.ts';
import type { LoadStage } from './load-stage.ts';

/** The most memory that one pass over all roles took, and what came of it. */
export interface ResyncMemory {
  /** Sampled. */
  readonly heapBytes: number;
  /** Of the whole process, as the operating system counts it: what Lambda's limit is about. */
  readonly residentBytes: number;
  readonly outcomes: ResyncResult['outcomes'];
}

export const resyncMemoryMb = functions.find(({ name }) => name === 'resync')?.memoryMb ?? 0;

/** What Node takes beside its heap, roughly, in megabytes. */
const besideHeapMb = 100;

/** One pass by the deployed function's own handler and clients, in a process that shares nothing with the cloud. */
export async function measureResyncMemory({ cloud, table }: LoadStage): Promise<ResyncMemory> {
  const front = await startHttpFront(cloud, { port: 0 });
  try {
    const child = fork(new URL('resync-process.ts', import.meta.url), {
      execArgv: [`--max-old-space-size=${resyncMemoryMb - besideHeapMb}`],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: {
        TABLE_NAME: table.name,
        AWS_REGION: region,
        AWS_ENDPOINT_URL: front.url,
        AWS_ACCESS_KEY_ID: 'AKIALOAD',
        AWS_SECRET_ACCESS_KEY: 'not-checked',
        POWERTOOLS_METRICS_NAMESPACE: 'Understudy',
        POWERTOOLS_SERVICE_NAME: 'understudy',
      },
    });
    const words: string[] = [];
    child.stderr?.setEncoding('utf8').on('data', (text: string) => words.push(text));
    const [message] = await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(([code]) => {
        throw new Error(`the process of the resync ended with ${code} before it was done: ${words.join('')}`);
      }),
    ]);
    return message as ResyncMemory;
  } finally {
    await front.close();
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Ask } from '../simulation/engine/ask.ts';
import type { SoakStage } from './stage.ts';

/** What must not grow from day to day, all measured at night, when everybody is at rest. */
export interface Vitals {
  /** Of this process after a full collection; workers have heaps of their own. */
  readonly heapBytes: number;
  /** Buffers outside the heap. */
  readonly externalBytes: number;
  /** Of the whole process, workers included. */
  readonly rssBytes: number;
  /** Timers, sockets and the like that Node's event loop knows. */
  readonly handles: number;
  /** Execution environments of the functions, before those that are idle end. */
  readonly workers: number;
  /** Items in the controller's table. */
  readonly items: number;
  /** Events in the archive. */
  readonly events: number;
  /** Instances that EC2 shows, terminated ones among them. */
  readonly instances: number;
}

// Here and not on the command line, so that the soak can be run as it is.
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Real time in which workers that were told to end have ended, and their connections with them. */
const endingMs = 1_000;

/**
 * Measures. Before that, idle execution environments end, as Lambda ends them after a while: how many of them a day leaves
 * is chance, and each is worth a hundred megabytes.
 */
export async function takeVitals({ ask, cloud, deployment }: SoakStage): Promise<Vitals> {
  const counts = {
    workers: cloud.rooms.lambda.environmentCount,
    items: await countItems(ask, deployment.tableName),
    events: await countEvents(ask),
    instances: await countInstances(ask),
  };
  for (const { name } of cloud.rooms.lambda.functions()) cloud.rooms.lambda.updateFunction(name, {});
  await sleep(endingMs);
  // Twice: what the first one frees may let go of more.
  collectGarbage();
  await new Promise((resolve) => void setImmediate(resolve));
  collectGarbage();
  const { heapUsed, external, rss } = process.memoryUsage();
  const handles = process.getActiveResourcesInfo().length;
  return { heapBytes: heapUsed, externalBytes: external, rssBytes: rss, handles, ...counts };
}

async function countItems(ask: Ask, TableName: string): Promise<number> {
  let count = 0;
  let ExclusiveStartKey: unknown;
  do {
    const page = await ask('dynamodb', 'Scan', { TableName, Select: 'COUNT', ExclusiveStartKey });
    count += Number(page['Count']);
    ExclusiveStartKey = page['LastEvaluatedKey'];
  } while (ExclusiveStartKey !== undefined);
  return count;
}

async function countEvents(ask: Ask): Promise<number> {
  const { Archives = [] } = await ask('events', 'ListArchives', {});
  return (Archives as readonly { readonly EventCount?: number }[]).reduce(
    (sum, { EventCount = 0 }) => sum + EventCount,
    0,
  );
}

async function countInstances(ask: Ask): Promise<number> {
  const { Reservations = [] } = await ask('ec2', 'DescribeInstances', {});
  return (Reservations as readonly { readonly Instances?: readonly unknown[] }[]).reduce(
    (sum, { Instances = [] }) => sum + Instances.length,
    0,
  );
}

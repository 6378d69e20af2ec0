import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { AwsError } from '../core/aws-error.ts';
import type { DynamodbEngine } from './dynalite-engine.ts';

const tableOperations: ReadonlySet<string> = new Set(['CreateTable', 'UpdateTable', 'DeleteTable']);

const tableChange = z.looseObject({ TableName: z.string() });
const describedStatus = z.object({ Table: z.object({ TableStatus: z.string() }) });

/** Whether an operation makes, changes or removes a table, as against items. */
export function isTableChange(operation: string): boolean {
  return tableOperations.has(operation);
}

/**
 * Waits until a table that was just made, changed or deleted is ACTIVE or gone. dynalite takes no time for it, but it
 * does take a timer of Node's; the clock of the cloud knows nothing of that.
 */
export async function untilTableStands(engine: DynamodbEngine, change: object): Promise<void> {
  const { TableName } = tableChange.parse(change);
  for (;;) {
    const status = await statusOf(engine, TableName);
    if (status === undefined || status === 'ACTIVE') return;
    await pause(0);
  }
}

async function statusOf(engine: DynamodbEngine, TableName: string): Promise<string | undefined> {
  try {
    const { Table } = describedStatus.parse(await engine('DescribeTable', { TableName }));
    return Table.TableStatus;
  } catch (error) {
    if (error instanceof AwsError && error.code === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}

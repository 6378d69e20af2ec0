import { z } from 'zod';
import { AwsError } from '../core/aws-error.ts';
import type { Clock } from '../core/clock.ts';
import type { Random } from '../core/random.ts';
import type { DynamodbAnswer, DynamodbEngine } from './dynalite-engine.ts';
import { isTableChange, untilTableStands } from './table-change.ts';

interface LaggingCopyParts {
  readonly createEngine: () => DynamodbEngine;
  readonly clock: Clock;
  readonly random: Random;
  /** The longest delay of a write, in milliseconds; read at each write. */
  readonly lagMs: () => number;
}

const describedTable = z.object({
  Table: z.object({
    TableName: z.string(),
    AttributeDefinitions: z.array(z.unknown()),
    KeySchema: z.array(z.unknown()),
    GlobalSecondaryIndexes: z.array(indexShape()).optional(),
    LocalSecondaryIndexes: z.array(indexShape()).optional(),
  }),
});

function indexShape(): z.ZodType {
  return z.object({ IndexName: z.string(), KeySchema: z.array(z.unknown()), Projection: z.unknown() });
}

/**
 * What eventually consistent reads see: a second store that gets every successful write again, in the same order, each
 * after a seeded delay in [0, lagMs]. As it evaluates the same writes against the same earlier state, it is always a
 * state in which the real store has been.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.ReadConsistency.html
 */
export class LaggingCopy {
  readonly read: DynamodbEngine;
  readonly #parts: LaggingCopyParts;
  #lastDueMs = 0;
  #applied: Promise<unknown> = Promise.resolve();

  private constructor(copy: DynamodbEngine, parts: LaggingCopyParts) {
    this.read = copy;
    this.#parts = parts;
  }

  /** Starts as an exact copy; nobody may write to `source` meanwhile. */
  static async of(source: DynamodbEngine, parts: LaggingCopyParts): Promise<LaggingCopy> {
    const copy = parts.createEngine();
    for (const table of await tableNames(source)) await copyTable(source, copy, table);
    return new LaggingCopy(copy, parts);
  }

  /** Repeats a write that the real store has done: later, or at once if it is one that makes or removes a table. */
  async follow(operation: string, input: object): Promise<void> {
    const { clock, random, lagMs } = this.#parts;
    if (isTableChange(operation)) {
      await this.#apply(operation, input);
      return;
    }
    const delayMs = random.integer(lagMs() + 1);
    this.#lastDueMs = Math.max(this.#lastDueMs, clock.now() + delayMs);
    clock.after(this.#lastDueMs - clock.now(), () => void this.#apply(operation, input));
  }

  #apply(operation: string, input: object): Promise<unknown> {
    this.#applied = this.#applied.then(async () => {
      try {
        await this.read(operation, input);
        if (isTableChange(operation)) await untilTableStands(this.read, input);
      } catch (error) {
        // A write whose table was deleted before its delay was over.
        if (!(error instanceof AwsError && error.code === 'ResourceNotFoundException')) throw error;
      }
    });
    return this.#applied;
  }
}

async function tableNames(source: DynamodbEngine): Promise<readonly string[]> {
  const names: string[] = [];
  for (let start: string | undefined; ; ) {
    const page: DynamodbAnswer = await source(
      'ListTables',
      start === undefined ? {} : { ExclusiveStartTableName: start },
    );
    names.push(...z.array(z.string()).parse(page['TableNames']));
    if (typeof page['LastEvaluatedTableName'] !== 'string') return names;
    start = page['LastEvaluatedTableName'];
  }
}

async function copyTable(source: DynamodbEngine, copy: DynamodbEngine, TableName: string): Promise<void> {
  const { Table } = describedTable.parse(await source('DescribeTable', { TableName }));
  await copy('CreateTable', { ...Table, BillingMode: 'PAY_PER_REQUEST' });
  await untilTableStands(copy, { TableName });
  for (let next: object | undefined = {}; next !== undefined; ) {
    const page: DynamodbAnswer = await source('Scan', { TableName, ...next });
    for (const Item of z.array(z.unknown()).parse(page['Items'])) await copy('PutItem', { TableName, Item });
    next =
      page['LastEvaluatedKey'] === undefined ? undefined : { ExclusiveStartKey: page['LastEvaluatedKey'] };
  }
}

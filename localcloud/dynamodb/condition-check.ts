import { z } from 'zod';
import { AwsError } from '../core/aws-error.ts';
import type { DynamodbAnswer, DynamodbEngine } from './dynalite-engine.ts';

/** A write whose condition did not hold, with the item that stood in its way if the write asked for it. */
export class ConditionalCheckFailed extends AwsError {
  readonly item: unknown;

  constructor(message: string, item: unknown) {
    super('ConditionalCheckFailedException', message);
    this.item = item;
  }
}

const conditionalWrite = z.looseObject({
  TableName: z.string(),
  Key: z.record(z.string(), z.unknown()).optional(),
  Item: z.record(z.string(), z.unknown()).optional(),
  ReturnValuesOnConditionCheckFailure: z.enum(['NONE', 'ALL_OLD']).optional(),
});
type ConditionalWrite = z.infer<typeof conditionalWrite>;

const describedKey = z.object({
  Table: z.object({ KeySchema: z.array(z.object({ AttributeName: z.string() })) }),
});

/**
 * Runs a write with `ReturnValuesOnConditionCheckFailure`, which dynalite drops. No other write may run meanwhile, so
 * that the item read after the failure is the one that failed the condition.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html
 */
export async function writeTellingBlocker(
  engine: DynamodbEngine,
  operation: string,
  input: object,
): Promise<DynamodbAnswer> {
  try {
    return await engine(operation, input);
  } catch (error) {
    if (!(error instanceof AwsError && error.code === 'ConditionalCheckFailedException')) throw error;
    const write = conditionalWrite.parse(input);
    if (write.ReturnValuesOnConditionCheckFailure !== 'ALL_OLD') throw error;
    const { TableName } = write;
    const Key = write.Key ?? (await keyOf(engine, write));
    const { Item } = await engine('GetItem', { TableName, Key, ConsistentRead: true });
    throw new ConditionalCheckFailed(error.message, Item);
  }
}

async function keyOf(engine: DynamodbEngine, { TableName, Item }: ConditionalWrite): Promise<object> {
  const { Table } = describedKey.parse(await engine('DescribeTable', { TableName }));
  return Object.fromEntries(Table.KeySchema.map(({ AttributeName: name }) => [name, Item?.[name]]));
}

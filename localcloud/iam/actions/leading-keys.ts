import { notModelled } from '../../core/aws-error.ts';
import { ask, type CallToJudge } from './request.ts';

type AttributeValue = Readonly<Record<string, unknown>>;
type Item = Readonly<Record<string, AttributeValue>>;

interface ItemInput {
  readonly Key?: Item;
  readonly Item?: Item;
  readonly RequestItems?: Readonly<Record<string, unknown>>;
  readonly KeyConditionExpression?: string;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: Readonly<Record<string, AttributeValue>>;
}

interface TableDescription {
  readonly Table: { readonly KeySchema?: readonly { AttributeName?: string; KeyType?: string }[] };
}

/**
 * The values of the partition key that a call is about in one table: `dynamodb:LeadingKeys`. Undefined for calls that are
 * about no items.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
 */
export async function leadingKeys(
  call: CallToJudge,
  tableName: string,
): Promise<readonly string[] | undefined> {
  const input = call.input as ItemInput;
  const items = itemsIn(input, tableName);
  if (items === undefined && input.KeyConditionExpression === undefined) return undefined;
  const described = await ask<TableDescription>(call.surveyed, 'dynamodb', 'DescribeTable', {
    TableName: tableName,
  });
  const key = described?.Table?.KeySchema?.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName ?? '';
  const values = items?.map((item) => item[key]) ?? [
    valueOfCondition(input, key, input.KeyConditionExpression ?? ''),
  ];
  return [...new Set(values.map((value) => String(Object.values(value ?? {})[0])))];
}

function itemsIn({ Key, Item, RequestItems }: ItemInput, tableName: string): readonly Item[] | undefined {
  const single = Key ?? Item;
  if (single !== undefined) return [single];
  const requested = RequestItems?.[tableName];
  if (requested === undefined) return undefined;
  if (!Array.isArray(requested)) return (requested as { readonly Keys?: readonly Item[] }).Keys ?? [];
  return (requested as { PutRequest?: { Item: Item }; DeleteRequest?: { Key: Item } }[]).map(
    ({ PutRequest, DeleteRequest }) => PutRequest?.Item ?? DeleteRequest?.Key ?? {},
  );
}

/** A query has exactly one value for the partition key: `#pk = :pk`, on either side of an AND. */
function valueOfCondition(
  { ExpressionAttributeNames = {}, ExpressionAttributeValues = {} }: ItemInput,
  key: string,
  expression: string,
): AttributeValue {
  for (const [, name = '', value = ''] of expression.matchAll(/(#?\w+)\s*=\s*(:\w+)/g))
    if ((ExpressionAttributeNames[name] ?? name) === key) return ExpressionAttributeValues[value] ?? {};
  throw notModelled(`the leading keys of the condition ${expression}`);
}

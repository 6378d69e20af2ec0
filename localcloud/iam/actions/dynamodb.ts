import type { Requirement } from '../evaluate.ts';
import { leadingKeys } from './leading-keys.ts';
import { arnOf, type CallToJudge, contextOf, type RequirementsOf } from './request.ts';

interface TableInput {
  readonly TableName?: string;
  readonly IndexName?: string;
  readonly ResourceArn?: string;
  readonly RequestItems?: Readonly<Record<string, unknown>>;
}

const leadingKeysKey = 'dynamodb:leadingkeys';

/**
 * What each DynamoDB call needs: itself, on each of its tables, or on the index that it reads.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
 */
export const dynamodbRequirements: RequirementsOf = (call) => {
  const { TableName, IndexName, ResourceArn, RequestItems } = call.input as TableInput;
  const action = `dynamodb:${call.operation}`;
  if (call.operation === 'ListTables') return [{ action, resource: '*', context: contextOf(call) }];
  if (RequestItems !== undefined)
    return Promise.all(Object.keys(RequestItems).map((table) => requirement(call, table, undefined)));
  const table = TableName ?? ResourceArn;
  return table === undefined ? undefined : Promise.all([requirement(call, table, IndexName)]);
};

async function requirement(
  call: CallToJudge,
  table: string,
  index: string | undefined,
): Promise<Requirement> {
  const tableArn = table.startsWith('arn:') ? table : arnOf(call.surveyed, 'dynamodb', `table/${table}`);
  const keys = call.asksFor(leadingKeysKey) ? await leadingKeys(call, table) : undefined;
  return {
    action: `dynamodb:${call.operation}`,
    resource: index === undefined ? tableArn : `${tableArn}/index/${index}`,
    context: contextOf(call, keys === undefined ? [] : [[leadingKeysKey, keys]]),
  };
}

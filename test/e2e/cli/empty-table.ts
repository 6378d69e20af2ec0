import { BatchWriteItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import type { Theatre } from '../controller/theatre.ts';

/** Takes everything out of the table: one that was deleted and deployed again is an empty one. */
export async function emptyTable({ stage: { clients, deployment } }: Theatre): Promise<void> {
  const { tableName } = deployment;
  const { Items = [] } = await clients.dynamodb.send(new ScanCommand({ TableName: tableName }));
  const requests = Items.map(({ pk, sk }) => ({
    DeleteRequest: { Key: { pk: pk ?? { S: '' }, sk: sk ?? { S: '' } } },
  }));
  while (requests.length > 0) {
    const batch = { [tableName]: requests.splice(0, 25) };
    await clients.dynamodb.send(new BatchWriteItemCommand({ RequestItems: batch }));
  }
}

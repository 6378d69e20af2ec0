import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/**
 * A client that takes and gives items as plain values. A number that is too large or too exact for JavaScript is rounded:
 * Understudy writes none, and the SDK would fail for the sake of one with all that was read together.
 */
export function createDocumentClient(client: DynamoDBClient): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(client, {
    // A map with a key "constructor", which is a tag like any other, looks like no plain object to the SDK.
    marshallOptions: { removeUndefinedValues: true, convertClassInstanceToMap: true },
    unmarshallOptions: { wrapNumbers: Number },
  });
}

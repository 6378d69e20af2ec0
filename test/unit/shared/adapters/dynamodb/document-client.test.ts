import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { createDocumentClient } from '../../../../../shared/adapters/dynamodb/document-client.ts';
import { CannedAws, jsonAnswer } from '../../../../fakes/canned-aws.ts';

describe('createDocumentClient', () => {
  it('writes a map whatever its keys are: a tag may be called "constructor"', async () => {
    const aws = new CannedAws(() => jsonAnswer({}));
    const client = createDocumentClient(new DynamoDBClient(aws.options));

    await client.send(new PutCommand({ TableName: 'roles', Item: { tags: { constructor: 'x' } } }));

    expect(JSON.parse(aws.requests[0]?.body ?? '{}')).toMatchObject({
      Item: { tags: { M: { constructor: { S: 'x' } } } },
    });
  });
});

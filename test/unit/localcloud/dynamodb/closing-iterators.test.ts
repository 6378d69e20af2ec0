import { createRequire } from 'node:module';
import { expect, test, vi } from 'vitest';
import { createDynaliteEngine } from '../../../../localcloud/dynamodb/dynalite-engine.ts';

test('a Query and a Scan leave no iterator open in the store', async () => {
  const { prototype } = abstractLevel().AbstractLevel;
  const engine = createDynaliteEngine('arn:aws:dynamodb:eu-west-1:123456789012:');
  await engine('CreateTable', {
    TableName: 'roles',
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    BillingMode: 'PAY_PER_REQUEST',
  });
  // The table is being made for a moment.
  await vi.waitFor(() => engine('PutItem', { TableName: 'roles', Item: { pk: { S: 'db' } } }));
  const opened = vi.spyOn(prototype, 'attachResource');
  const closed = vi.spyOn(prototype, 'detachResource');

  await engine('Query', {
    TableName: 'roles',
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': { S: 'db' } },
  });
  await engine('Scan', { TableName: 'roles', Limit: 1 });

  await vi.waitFor(() => expect(closed).toHaveBeenCalledTimes(opened.mock.calls.length));
  expect(opened).toHaveBeenCalled();
});

interface Store {
  attachResource(resource: object): void;
  detachResource(resource: object): void;
}

function abstractLevel(): { readonly AbstractLevel: { readonly prototype: Store } } {
  const require = createRequire(import.meta.url);
  const requireOfDynalite = createRequire(require.resolve('dynalite'));
  return createRequire(requireOfDynalite.resolve('memory-level'))('abstract-level');
}

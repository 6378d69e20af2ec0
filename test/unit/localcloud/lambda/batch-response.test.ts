import { expect, test } from 'vitest';
import { failedItems } from '../../../../localcloud/lambda/batch-response.ts';

const batch = ['m-1', 'm-2', 'm-3'];

test.each([
  ['null', 'null', []],
  ['an empty object', '{}', []],
  ['an empty list', '{"batchItemFailures":[]}', []],
  ['no list', '{"batchItemFailures":null}', []],
  ['one failure', '{"batchItemFailures":[{"itemIdentifier":"m-2"}]}', ['m-2']],
  ['an unknown id', '{"batchItemFailures":[{"itemIdentifier":"m-9"},{"itemIdentifier":"m-2"}]}', batch],
  ['a null id', '{"batchItemFailures":[{"itemIdentifier":null}]}', batch],
  ['an empty id', '{"batchItemFailures":[{"itemIdentifier":""}]}', batch],
  ['a misspelt key', '{"batchItemFailures":[{"itemId":"m-2"}]}', batch],
  ['no object', '"done"', batch],
])('a response with %s fails the right messages', (_what, payload, expected) => {
  const failed = failedItems(payload, batch);

  expect([...failed]).toEqual(expected);
});

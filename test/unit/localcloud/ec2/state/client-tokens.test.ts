import { expect, test } from 'vitest';
import { ClientTokens } from '../../../../../localcloud/ec2/state/client-tokens.ts';

test('the oldest of very many tokens is forgotten, so that a long-lived cloud does not grow', () => {
  const tokens = new ClientTokens();

  for (let count = 0; count <= 10_000; count += 1)
    tokens.remember('RunInstances', `token-${count}`, {}, ['i-1']);

  expect(tokens.recall('RunInstances', 'token-0', {})).toBeUndefined();
  expect(tokens.recall('RunInstances', 'token-1', {})).toEqual(['i-1']);
});

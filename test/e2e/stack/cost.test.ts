import { expect, test } from 'vitest';
import { idleResyncCalls, resyncLogBytes } from '../../../docs/cost-model.ts';
import { Theatre } from '../controller/theatre.ts';

test('a resync where nothing differs calls and logs what its cost is computed from', async () => {
  await using theatre = await Theatre.open();
  await theatre.defineDb();
  await theatre.launch('db');
  await theatre.settle(60_000);
  const { callLog, rooms } = theatre.stage.cloud;
  const resync = rooms.lambda.functions().find(({ name }) => name.endsWith('resync'));
  const linesBefore = rooms.lambda.logLines(String(resync?.name)).length;
  const before = callLog.sequence;

  await theatre.settle(60_000);

  const calls = callLog
    .calls({ since: before })
    .filter(({ accessKeyId, service }) => accessKeyId === resync?.accessKeyId && service === 'dynamodb');
  expect(calls.map(({ operation }) => operation).toSorted()).toEqual(idleResyncCalls);
  const lines = rooms.lambda.logLines(String(resync?.name)).slice(linesBefore);
  const [aboutRole, metrics] = lines.map(({ text }) => text.length);
  expect(lines).toHaveLength(2);
  expect(aboutRole).toBeLessThanOrEqual(resyncLogBytes.perRole);
  expect(metrics).toBeLessThanOrEqual(resyncLogBytes.all);
});

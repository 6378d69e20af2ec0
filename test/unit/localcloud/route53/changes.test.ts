import { expect, test } from 'vitest';
import { VirtualClock } from '../../../../localcloud/core/clock.ts';
import { seededRandom } from '../../../../localcloud/core/random.ts';
import { Changes } from '../../../../localcloud/route53/changes.ts';
import type { HostedZone } from '../../../../localcloud/route53/hosted-zone.ts';

test('the oldest of very many changes is forgotten, so that a long-lived cloud does not grow', () => {
  const changes = new Changes(
    new VirtualClock(),
    () => ({ describeMs: 0, route53SyncMs: 0, dynamodbReadMs: 0 }),
    seededRandom(1),
  );
  const zone = { changedAtMs: 0, inSyncAtMs: 0 } as HostedZone;

  const ids = Array.from({ length: 10_001 }, () => changes.submit(zone).Id.replace('/change/', ''));

  expect(() => changes.info(ids[0] ?? '')).toThrow('Could not find resource');
  expect(changes.info(ids[1] ?? '')).toMatchObject({ Status: 'PENDING' });
});

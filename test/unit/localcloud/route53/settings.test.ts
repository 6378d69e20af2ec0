import {
  CreateHostedZoneCommand,
  DeleteHostedZoneCommand,
  GetChangeCommand,
  UpdateHostedZoneCommentCommand,
} from '@aws-sdk/client-route-53';
import { expect, test } from 'vitest';
import { createDnsWorld, creating, deleting, record, upserting } from './dns-world.ts';

test('without lag a change is PENDING first, and INSYNC at the next tick of the clock', async () => {
  const world = createDnsWorld({ route53SyncMs: 0 });
  const zone = await world.createZone('one.net');
  const change = await world.change(zone, creating(record('db.one.net', 'A', '10.0.0.1')));

  const before = await world.client.send(new GetChangeCommand({ Id: change.Id }));
  world.clock.advanceBy(0);
  const after = await world.client.send(new GetChangeCommand({ Id: change.Id }));

  expect(before.ChangeInfo?.Status).toBe('PENDING');
  expect(after.ChangeInfo?.Status).toBe('INSYNC');
});

test('within the window of a change its zone refuses the next one, and no other zone does', async () => {
  const world = createDnsWorld();
  const [one, two] = [await world.createZone('one.net'), await world.createZone('two.net')];
  world.clock.advanceBy(1_000);
  world.route53.setPriorRequestWindow(500);
  await world.change(one, creating(record('a.one.net', 'A', '10.0.0.1')));

  world.clock.advanceBy(499);
  const refused = world.change(one, creating(record('b.one.net', 'A', '10.0.0.1')));

  await expect(refused).rejects.toMatchObject({
    name: 'PriorRequestNotComplete',
    message: 'The request was rejected because Route 53 was still processing a prior request.',
    $metadata: { httpStatusCode: 400 },
  });
  await world.change(two, creating(record('a.two.net', 'A', '10.0.0.1')));
  world.clock.advanceBy(1);
  await world.change(one, creating(record('b.one.net', 'A', '10.0.0.1')));
  expect(await world.listed(one)).toEqual(['a.one.net. A', 'b.one.net. A']);
});

test('the window of a change also holds for deleting and commenting its zone', async () => {
  const world = createDnsWorld();
  const zone = await world.createZone('one.net');
  world.route53.setPriorRequestWindow(500);

  const deletion = world.client.send(new DeleteHostedZoneCommand({ Id: zone }));
  await expect(deletion).rejects.toMatchObject({ name: 'PriorRequestNotComplete' });

  const comment = world.client.send(new UpdateHostedZoneCommentCommand({ Id: zone, Comment: 'new' }));
  await expect(comment).rejects.toMatchObject({ name: 'PriorRequestNotComplete' });
});

test('a zone holds as many record sets as its quota allows', async () => {
  const world = createDnsWorld({ quotas: { recordSetsPerZone: 4 } });
  const zone = await world.createZone('one.net');
  await world.change(zone, creating(record('a.one.net', 'A', '10.0.0.1')));
  await world.change(zone, creating(record('b.one.net', 'A', '10.0.0.1')));

  const tooMany = world.change(zone, creating(record('c.one.net', 'A', '10.0.0.1')));

  await expect(tooMany).rejects.toMatchObject({
    name: 'InvalidChangeBatch',
    message: `[Exceeded limit MAX_RRSETS_BY_ZONE for zone: ${zone}]`,
  });
  await world.change(
    zone,
    upserting(record('a.one.net', 'A', '10.0.0.2')),
    deleting(record('b.one.net', 'A', '10.0.0.1')),
    creating(record('c.one.net', 'A', '10.0.0.1')),
  );
  expect(await world.listed(zone)).toEqual(['a.one.net. A', 'c.one.net. A']);
});

test('an account has as many zones as its quota allows', async () => {
  const world = createDnsWorld({ quotas: { hostedZones: 1 } });
  await world.createZone('one.net');

  const second = world.createZone('two.net');

  await expect(second).rejects.toMatchObject({ name: 'TooManyHostedZones' });
});

test('a VPC that does not exist has no private zone', async () => {
  const world = createDnsWorld({ hasVpc: (id, region) => id === 'vpc-1' && region === 'us-east-1' });

  const missing = world.createZone('corp.internal', 'vpc-2');

  await expect(missing).rejects.toMatchObject({ name: 'InvalidVPCId', $metadata: { httpStatusCode: 400 } });
  await world.createZone('corp.internal', 'vpc-1');
});

test('a private zone may have a single label, and PrivateZone must agree with the VPC', async () => {
  const world = createDnsWorld();
  const contradiction = world.client.send(
    new CreateHostedZoneCommand({
      Name: 'corp.internal',
      CallerReference: 'one',
      HostedZoneConfig: { PrivateZone: true },
    }),
  );

  await expect(contradiction).rejects.toMatchObject({ name: 'InvalidInput' });
  await world.createZone('corp', 'vpc-1');
});

test('the same seed gives the same ids', async () => {
  const ids = async (): Promise<readonly unknown[]> => {
    const world = createDnsWorld();
    const zone = await world.createZone('one.net');
    return [zone, (await world.change(zone, creating(record('a.one.net', 'A', '10.0.0.1')))).Id];
  };

  expect(await ids()).toEqual(await ids());
});

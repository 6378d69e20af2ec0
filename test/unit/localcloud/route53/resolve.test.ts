import { DeleteHostedZoneCommand } from '@aws-sdk/client-route-53';
import { expect, test } from 'vitest';
import { createDnsWorld, creating, deleting, record, upserting } from './dns-world.ts';

function answer(...values: readonly string[]): object {
  return { kind: 'answer', ttlSeconds: 60, values };
}

test('clients see a change when it is INSYNC, not before', async () => {
  const world = createDnsWorld({ route53SyncMs: 30_000 });
  const zone = await world.createZone('example.com');
  await world.change(zone, creating(record('db.example.com', 'A', '10.0.0.1')));
  world.sync();

  await world.change(zone, upserting(record('db.example.com', 'A', '10.0.0.2')));
  world.clock.advanceBy(29_999);
  const before = world.route53.resolve('db.example.com', 'A');
  world.clock.advanceBy(1);
  const after = world.route53.resolve('DB.Example.com.', 'A');

  expect(before).toMatchObject(answer('10.0.0.1'));
  expect(after).toMatchObject(answer('10.0.0.2'));
});

test('a replacement by DELETE and CREATE never leaves clients without an answer', async () => {
  const world = createDnsWorld({ route53SyncMs: 10 });
  const zone = await world.createZone('example.com');
  await world.change(zone, creating(record('db.example.com', 'A', '10.0.0.1')));
  world.sync();

  await world.change(
    zone,
    deleting(record('db.example.com', 'A', '10.0.0.1')),
    creating(record('db.example.com', 'A', '10.0.0.2')),
  );

  const seen = Array.from({ length: 12 }, () => {
    world.clock.advanceBy(1);
    return world.route53.resolve('db.example.com', 'A');
  });
  expect(seen[0]).toMatchObject(answer('10.0.0.1'));
  expect(seen.every(({ kind }) => kind === 'answer')).toBe(true);
  expect(seen.at(-1)).toMatchObject(answer('10.0.0.2'));
});

test('changes of one zone arrive in their order when the lag grows shorter between them', async () => {
  const world = createDnsWorld({ route53SyncMs: 60_000 });
  const zone = await world.createZone('example.com');
  await world.change(zone, creating(record('db.example.com', 'A', '10.0.0.1')));
  world.cloud.setLag({ route53SyncMs: 1_000 });

  await world.change(zone, upserting(record('db.example.com', 'A', '10.0.0.2')));
  world.clock.advanceBy(60_000);

  expect(world.route53.resolve('db.example.com', 'A')).toMatchObject(answer('10.0.0.2'));
});

test('a private zone answers its VPC, the public zone everybody else', async () => {
  const world = createDnsWorld();
  const publicZone = await world.createZone('example.com');
  const privateZone = await world.createZone('example.com', 'vpc-1');
  await world.change(publicZone, creating(record('db.example.com', 'A', '203.0.113.1')));
  await world.change(privateZone, creating(record('db.example.com', 'A', '10.0.0.1')));
  world.sync();

  const inside = world.route53.resolve('db.example.com', 'A', { fromVpc: 'vpc-1' });
  const elsewhere = world.route53.resolve('db.example.com', 'A', { fromVpc: 'vpc-2' });
  const outside = world.route53.resolve('db.example.com', 'A');

  expect(inside).toMatchObject(answer('10.0.0.1'));
  expect(elsewhere).toMatchObject(answer('203.0.113.1'));
  expect(outside).toMatchObject(answer('203.0.113.1'));
});

test('a name that the private zone lacks does not exist for its VPC', async () => {
  const world = createDnsWorld();
  const publicZone = await world.createZone('example.com');
  await world.createZone('example.com', 'vpc-1');
  await world.change(publicZone, creating(record('db.example.com', 'A', '203.0.113.1')));
  world.sync();

  const inside = world.route53.resolve('db.example.com', 'A', { fromVpc: 'vpc-1' });

  expect(inside).toEqual({ kind: 'nxdomain', path: ['db.example.com.'] });
});

test('the most specific zone is asked', async () => {
  const world = createDnsWorld();
  const parent = await world.createZone('example.com', 'vpc-1');
  const child = await world.createZone('eu.example.com', 'vpc-1');
  await world.change(parent, creating(record('db.eu.example.com', 'A', '10.0.0.1')));
  await world.change(child, creating(record('db.eu.example.com', 'A', '10.0.0.2')));
  world.sync();

  const found = world.route53.resolve('db.eu.example.com', 'A', { fromVpc: 'vpc-1' });

  expect(found).toMatchObject(answer('10.0.0.2'));
});

test('a CNAME is followed across zones, and to where this account does not answer', async () => {
  const world = createDnsWorld();
  const one = await world.createZone('one.net');
  const two = await world.createZone('two.net');
  await world.change(one, creating(record('www.one.net', 'CNAME', 'www.two.net')));
  await world.change(
    one,
    creating(record('eip.one.net', 'CNAME', 'ec2-203-0-113-1.compute-1.amazonaws.com')),
  );
  await world.change(two, creating(record('www.two.net', 'A', '203.0.113.1')));
  world.sync();

  const followed = world.route53.resolve('www.one.net', 'A');
  const left = world.route53.resolve('eip.one.net', 'A');

  expect(followed).toMatchObject({ ...answer('203.0.113.1'), path: ['www.one.net.', 'www.two.net.'] });
  expect(left).toEqual({
    kind: 'elsewhere',
    path: ['eip.one.net.', 'ec2-203-0-113-1.compute-1.amazonaws.com.'],
  });
});

test('CNAMEs that point at each other end', async () => {
  const world = createDnsWorld();
  const zone = await world.createZone('one.net');
  await world.change(zone, creating(record('a.one.net', 'CNAME', 'b.one.net')));
  await world.change(zone, creating(record('b.one.net', 'CNAME', 'a.one.net')));
  world.sync();

  expect(world.route53.resolve('a.one.net', 'A').kind).toBe('loop');
});

test('an alias answers with the values and the TTL of its target', async () => {
  const world = createDnsWorld();
  const zone = await world.createZone('one.net');
  await world.change(zone, creating(record('db.one.net', 'A', '10.0.0.1')));
  const AliasTarget = { HostedZoneId: zone, DNSName: 'db.one.net', EvaluateTargetHealth: false };
  await world.change(zone, creating({ Name: 'one.net', Type: 'A', AliasTarget }));
  world.sync();

  expect(world.route53.resolve('one.net', 'A')).toMatchObject(answer('10.0.0.1'));
});

test('a wildcard answers for names that do not exist, and for no others', async () => {
  const world = createDnsWorld();
  const zone = await world.createZone('one.net');
  await world.change(
    zone,
    creating(record('*.one.net', 'A', '10.0.0.1')),
    creating(record('db.one.net', 'TXT', '"text"')),
    creating(record('a.empty.one.net', 'A', '10.0.0.2')),
  );
  world.sync();
  const kindOf = (name: string, type: string): string => world.route53.resolve(name, type).kind;

  expect(world.route53.resolve('x.y.one.net', 'A')).toMatchObject(answer('10.0.0.1'));
  expect(kindOf('x.one.net', 'AAAA')).toBe('nodata');
  expect(kindOf('db.one.net', 'A')).toBe('nodata');
  expect(kindOf('empty.one.net', 'A')).toBe('nodata');
  expect(kindOf('b.empty.one.net', 'A')).toBe('nxdomain');
});

test('a multivalue group answers with up to eight values', async () => {
  const world = createDnsWorld();
  const zone = await world.createZone('one.net');
  const group = Array.from({ length: 10 }, (_, index) => ({
    ...record('web.one.net', 'A', `10.0.0.${index}`),
    SetIdentifier: `id ${index}`,
    MultiValueAnswer: true,
  }));
  await world.change(zone, ...group.map(creating));
  world.sync();

  const found = world.route53.resolve('web.one.net', 'A');

  expect(found).toMatchObject(answer(...Array.from({ length: 8 }, (_, index) => `10.0.0.${index}`)));
});

test('a weighted group never answers with a weight of zero unless all are zero', async () => {
  const world = createDnsWorld();
  const zone = await world.createZone('one.net');
  const weighted = (host: string, SetIdentifier: string, Weight: number) =>
    creating({ ...record(`${host}.one.net`, 'A', `10.0.0.${SetIdentifier}`), SetIdentifier, Weight });
  await world.change(zone, weighted('web', '1', 0), weighted('web', '2', 5), weighted('web', '3', 5));
  await world.change(zone, weighted('idle', '1', 0), weighted('idle', '2', 0));
  world.sync();
  const valuesOf = (name: string): Set<string> =>
    new Set(
      Array.from({ length: 100 }, () => world.route53.resolve(name, 'A')).flatMap((found) =>
        found.kind === 'answer' ? found.values : [],
      ),
    );

  expect(valuesOf('web.one.net')).toEqual(new Set(['10.0.0.2', '10.0.0.3']));
  expect(valuesOf('idle.one.net')).toEqual(new Set(['10.0.0.1', '10.0.0.2']));
});

test('a reverse zone answers for addresses', async () => {
  const world = createDnsWorld();
  const zone = await world.createZone('1.0.10.in-addr.arpa', 'vpc-1');
  await world.change(zone, creating(record('50.1.0.10.in-addr.arpa', 'PTR', 'db.corp.internal')));
  world.sync();

  const found = world.route53.resolve('50.1.0.10.in-addr.arpa', 'PTR', { fromVpc: 'vpc-1' });

  expect(found).toMatchObject(answer('db.corp.internal'));
});

test('nobody answers for a deleted zone', async () => {
  const world = createDnsWorld();
  const zone = await world.createZone('one.net');
  world.sync();

  await world.client.send(new DeleteHostedZoneCommand({ Id: zone }));

  expect(world.route53.resolve('one.net', 'SOA').kind).toBe('elsewhere');
});

import { describe, expect, it } from 'vitest';
import { normalizeDnsName } from '../../../../shared/model/dns-name.ts';
import { hostedZoneIdSchema, vpcIdSchema } from '../../../../shared/model/ids.ts';
import type { RoleSpec } from '../../../../shared/model/role-spec.ts';
import { roleSpecSchema } from '../../../../shared/model/role-spec.ts';
import type { HostedZone, ZoneDirectory } from '../../../../shared/reconcile/ports.ts';
import { resolveZones } from '../../../../shared/reconcile/resolve-zones.ts';

const vpc = 'vpc-12345678';
const otherVpc = 'vpc-87654321';

/** A public zone, or a private one of these VPCs. */
function aZone(id: string, name: string, ...vpcs: readonly string[]): HostedZone {
  return {
    id: hostedZoneIdSchema.parse(id),
    name: normalizeDnsName(name),
    isPrivate: vpcs.length > 0,
    vpcIds: vpcs.map((each) => vpcIdSchema.parse(each)),
  };
}

class FakeDirectory implements ZoneDirectory {
  readonly #zones: readonly HostedZone[];
  lookups = 0;

  constructor(...zones: readonly HostedZone[]) {
    this.#zones = zones;
  }

  byName = async (name: string) => {
    this.lookups++;
    return this.#zones.filter((each) => each.name === name);
  };

  byId = async (id: string) => {
    this.lookups++;
    return this.#zones.find((each) => each.id === id);
  };

  reverseZones = async () => {
    this.lookups++;
    return this.#zones.filter(({ name }) => name.endsWith('.arpa'));
  };
}

const record = (zone: unknown, name = 'a.example.com', rest: object = {}) => ({
  zone,
  name,
  value: 'privateIp',
  ...rest,
});

function aSpec(...records: readonly object[]): RoleSpec {
  return roleSpecSchema.parse({ records });
}

async function resolve(directory: ZoneDirectory, ...records: readonly object[]) {
  const [resolved] = await resolveZones(directory, [aSpec(...records)]);
  if (resolved === undefined) throw new Error('no answer for the spec');
  return resolved;
}

const publicZone = aZone('ZPUBLIC1', 'example.com');
const privateZone = aZone('ZPRIVATE1', 'example.com', vpc);
const otherPrivateZone = aZone('ZPRIVATE2', 'example.com', otherVpc);
const split = [publicZone, privateZone, otherPrivateZone];

describe('resolveZones', () => {
  it('finds the one zone of a name, and looks each up once for all specs', async () => {
    const directory = new FakeDirectory(publicZone);
    const specs = [aSpec(record('example.com')), aSpec(record('example.com', 'b.example.com'))];

    const resolved = await resolveZones(directory, specs);

    expect(resolved).toEqual(
      specs.map(() => ({ zoneIds: { 'example.com': 'ZPUBLIC1' }, reverseZones: [], problems: [] })),
    );
    expect(directory.lookups).toBe(1);
  });

  it('tells the zones of one name apart, by id, by VPC, and as the public one', async () => {
    const { zoneIds, problems } = await resolve(
      new FakeDirectory(...split),
      record('ZPRIVATE2'),
      record({ name: 'example.com', vpc }),
      record({ name: 'example.com', public: true }),
    );

    expect(problems).toEqual([]);
    expect(zoneIds).toEqual({
      ZPRIVATE2: 'ZPRIVATE2',
      [`example.com in ${vpc}`]: 'ZPRIVATE1',
      'example.com (public)': 'ZPUBLIC1',
    });
  });

  it('refuses a name that several zones share, and lists them with their VPCs', async () => {
    const { problems } = await resolve(new FakeDirectory(...split), record('example.com'));

    expect(problems).toEqual([
      {
        path: ['records', 0, 'zone'],
        found: '"example.com", which 3 hosted zones are',
        allowed: `the id of the one that is meant, { name, vpc } or { name, public: true }: ZPUBLIC1 (public), ZPRIVATE1 (private, in ${vpc}), ZPRIVATE2 (private, in ${otherVpc})`,
      },
    ]);
  });

  it.each<[what: string, zone: unknown]>([
    ['a name', 'example.org'],
    ['an id', 'ZNOTHERE'],
    ['a VPC', { name: 'example.com', vpc: 'vpc-00000000' }],
  ])('refuses %s that no zone has', async (_, zone) => {
    const { problems } = await resolve(
      new FakeDirectory(...split),
      record(zone, zone === 'example.org' ? 'a.example.org' : 'a.example.com'),
    );

    expect(problems).toMatchObject([
      { path: ['records', 0, 'zone'], allowed: expect.stringContaining('there is none') },
    ]);
  });

  it('refuses a name outside the zone that an id turns out to be, and a CNAME at its apex', async () => {
    const { problems } = await resolve(
      new FakeDirectory(...split),
      record('ZPUBLIC1', 'a.example.org'),
      record('ZPUBLIC1', 'notexample.com'),
      record('ZPUBLIC1', 'example.com', { value: 'privateName' }),
      record('ZPRIVATE1', 'web-{slot}.example.com'),
    );

    expect(problems.map(({ path, found }) => `${path.join('.')}: ${found}`)).toEqual([
      'records.0.name: "a.example.org"',
      'records.1.name: "notexample.com"',
      'records.2.value: "privateName"',
    ]);
  });
});

describe('reverse zones', () => {
  const reverse = { reverse: true };
  const ofVpc = aZone('ZREVERSE1', '10.in-addr.arpa', vpc);
  const ofOther = aZone('ZREVERSE2', '10.in-addr.arpa', otherVpc);
  const publicReverse = aZone('ZREVERSE3', '113.0.203.in-addr.arpa');

  it('are those that are seen where the record is', async () => {
    const directory = new FakeDirectory(...split, ofVpc, ofOther, publicReverse);

    const { reverseZones, problems } = await resolve(
      directory,
      record('ZPRIVATE1', 'a.example.com', reverse),
    );

    expect(problems).toEqual([]);
    expect(reverseZones.map(({ zoneId }) => zoneId)).toEqual(['ZREVERSE1', 'ZREVERSE3']);
  });

  it('are not looked up for records that need none', async () => {
    const directory = new FakeDirectory(...split, ofVpc);

    const { reverseZones } = await resolve(directory, record('ZPRIVATE1'));

    expect(reverseZones).toEqual([]);
    expect(directory.lookups).toBe(1);
  });

  it('of one name are left out where they cannot be told apart', async () => {
    const directory = new FakeDirectory(...split, ofVpc, ofOther, publicReverse);

    const { reverseZones } = await resolve(directory, record('ZPUBLIC1', 'a.example.com', reverse));

    expect(reverseZones.map(({ zoneId }) => zoneId)).toEqual(['ZREVERSE3']);
  });

  it('are missed when there is none where the record is', async () => {
    const directory = new FakeDirectory(...split, ofOther);

    const { problems } = await resolve(directory, record('ZPRIVATE1', 'a.example.com', reverse));

    expect(problems).toEqual([
      {
        path: ['records', 0, 'reverse'],
        found: 'true, for a record in ZPRIVATE1',
        allowed: `true once there is exactly one hosted zone for the PTR, such as 1.0.10.in-addr.arpa that is associated with ${vpc}; or false`,
      },
    ]);
  });
});

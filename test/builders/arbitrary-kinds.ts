import fc from 'fast-check';
import { normalizeDnsName } from '../../shared/model/dns-name.ts';
import type { HostedZoneId } from '../../shared/model/ids.ts';
import { hostedZoneIdSchema } from '../../shared/model/ids.ts';
import type { ObservedElasticIp, Role } from '../../shared/model/observed.ts';
import type { RecordSet } from '../../shared/model/record-set.ts';
import { recordValueTypes } from '../../shared/model/record-spec.ts';
import { roleSpecSchema } from '../../shared/model/role-spec.ts';
import { Stage } from '../fakes/stage.ts';
import { arbitraryEc2World } from './arbitrary-network.ts';
import { holdable } from './arbitrary-records.ts';
import { aNetworkInterface, routeTableId, targetGroupArn } from './network.ts';
import {
  allocationId,
  type anInstance,
  aRecord,
  aRole,
  ipv6,
  networkInterfaceId,
  privateIp,
  publicIp,
} from './observed.ts';

const zoneOf = (id: string): HostedZoneId => hostedZoneIdSchema.parse(id);
const reverseZones = [
  { name: normalizeDnsName('10.in-addr.arpa'), zoneId: zoneOf('ZREVERSE4') },
  { name: normalizeDnsName('203.in-addr.arpa'), zoneId: zoneOf('ZREVERSE2') },
  { name: normalizeDnsName('ip6.arpa'), zoneId: zoneOf('ZREVERSE6') },
];

/** One address of every kind for each of so many slots. */
function addressesOf(slots: number, adopt: boolean): readonly object[] {
  const perSlot = <One>(one: (slot: number) => One) =>
    slots === 1 ? one(0) : Array.from({ length: slots }, (_, slot) => one(slot));
  const common = [
    { privateIp: perSlot((slot) => privateIp(50 + slot)), adopt },
    { ipv6: perSlot((slot) => ipv6(0x50 + slot)), adopt },
    { networkInterface: perSlot((slot) => networkInterfaceId(7 + 10 * slot)), adopt },
    { targetGroup: targetGroupArn('web'), port: 80 },
  ];
  const pool = { elasticIp: { pool: { tags: { pool: 'web' } } }, adopt };
  if (slots > 1) return [...common, pool, { ...pool, on: 'primary' }];
  return [
    ...common,
    pool,
    { elasticIp: allocationId(0xe1), adopt },
    { elasticIp: allocationId(0xe1), adopt, reverseName: 'elastic-ip.corp.internal' },
    { elasticIp: { tags: { Name: 'second' } }, on: 'primary', adopt },
    { route: '10.99.0.1/32', routeTables: [routeTableId(1), routeTableId(2)], adopt },
  ];
}

const singleValues = Object.keys(recordValueTypes);

/** One record of every kind, each at a name of its own. */
function recordsOf(slots: number, { adopt, parks }: { adopt: boolean; parks: boolean }): readonly object[] {
  const at = (name: string) => ({
    zone: 'corp.internal',
    name: `${name}${slots > 1 ? '-{slot}' : ''}.corp.internal`,
    adopt,
  });
  const parking = (value: string) => (parks ? { parking: [value] } : {});
  return [
    ...singleValues.map((value) => ({ ...at(hyphened(value)), value })),
    { ...at('reversed'), value: 'privateIp', reverse: true, ...parking('192.0.2.9') },
    { ...at('elastic-reversed'), value: 'elasticIp', reverse: true },
    { ...at('six-reversed'), value: 'ipv6', reverse: true },
    { ...at('text'), type: 'TXT', values: ['"{role}" "{slot}"', '{tag:app} {zone}'], ...parking('nobody') },
    { ...at('untagged'), type: 'TXT', values: ['{tag:constructor}'] },
    { ...at('_db._tcp.srv'), type: 'SRV', values: ['0 5 5432 {tag:app}.corp.internal'] },
    {
      ...at('canonical'),
      type: 'CNAME',
      values: ['{instanceId}.example.com'],
      ...parking('off.example.com'),
    },
    { ...at('both'), type: 'A', values: ['{privateIp}', '192.0.2.1'] },
    { ...at('*.wild'), value: 'privateIp' },
    { ...at('alias'), alias: { target: 'lb.eu-west-1.elb.amazonaws.com', zone: 'Z32O12XQLNTSW2' } },
    { ...at('shared'), name: 'shared.corp.internal', value: 'privateIp', routing: 'multivalue' },
    {
      ...at('weighted'),
      name: 'weighted.corp.internal',
      value: 'privateIp',
      routing: { weight: 10 },
      ttl: 30,
    },
  ];
}

function hyphened(value: string): string {
  return value.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The role `db`, alone or a group, with some addresses and records of all kinds, as far as they go together. */
export const arbitraryKindsRole: fc.Arbitrary<Role> = fc
  .record({
    slots: fc.constantFrom(1, 1, 2, 3),
    adoptsAddresses: fc.boolean(),
    adoptsRecords: fc.boolean(),
    parks: fc.boolean(),
  })
  .chain(({ slots, adoptsAddresses, adoptsRecords, parks }) =>
    fc.record({
      slots: fc.constant(slots),
      addresses: fc.shuffledSubarray([...addressesOf(slots, adoptsAddresses)], { maxLength: 4 }),
      records: fc.shuffledSubarray([...recordsOf(slots, { adopt: adoptsRecords, parks })], { maxLength: 5 }),
      vacant: fc.constant(parks ? 'park' : 'keep'),
    }),
  )
  .filter((spec) => roleSpecSchema.safeParse(spec).success)
  .map((spec) => ({ ...aRole(spec), reverseZones }));

/** What others wrote at names that such roles have. */
const arbitraryStrangers: fc.Arbitrary<readonly RecordSet[]> = fc
  .array(
    fc.record({
      name: fc.constantFrom(
        'private-ip',
        'private-ip-0',
        'reversed',
        'text',
        'text-1',
        'canonical',
        'alias',
        'shared',
      ),
      type: fc.constantFrom('A' as const, 'CNAME' as const, 'TXT' as const),
    }),
    { maxLength: 3 },
  )
  .map((all) =>
    holdable(
      all.map(({ name, type }) => {
        const value = { A: '198.51.100.1', CNAME: 'theirs.example.com', TXT: '"theirs"' }[type];
        return aRecord(value, { name: normalizeDnsName(`${name}.corp.internal`), type });
      }),
    ),
  );

/** A stage with a world for such roles: everything anywhere, with whoever may have it or a stranger. */
export const arbitraryKindsStage: fc.Arbitrary<{
  readonly open: (role: Role) => Stage;
  readonly strangers: readonly RecordSet[];
}> = fc
  .record({
    world: arbitraryEc2World,
    strangers: arbitraryStrangers,
    named: fc.subarray([1, 2, 3]),
    pool: fc.integer({ min: 0, max: 5 }),
  })
  .map(({ world, strangers, named, pool }) => ({
    strangers,
    open: (role) => {
      const stage = new Stage();
      stage.store.define(role);
      stage.ec2.put(
        ...world.instances.map((each, index) => ({
          ...each,
          tags: { role: 'db', ...(named.includes(index + 1) ? { app: 'up' } : {}) },
          ...(named.includes(index + 1) ? namesOf(index + 1) : {}),
        })),
      );
      stage.ec2.putElasticIp(...world.elasticIps, ...poolOf(pool));
      const more = [17, 27].map((number) => aNetworkInterface(number));
      stage.ec2.putNetwork({ ...world.network, interfaces: [...world.network.interfaces, ...more] });
      stage.route53.put(...strangers);
      return stage;
    },
  }));

function namesOf(number: number): Partial<ReturnType<typeof anInstance>> {
  return {
    publicIp: publicIp(100 + number),
    publicName: normalizeDnsName(`ec2-${number}.compute.amazonaws.com`),
    privateName: normalizeDnsName(`ip-10-0-1-${number}.ec2.internal`),
  };
}

function poolOf(size: number): readonly ObservedElasticIp[] {
  return Array.from({ length: size }, (_, index) => ({
    allocationId: allocationId(0xf0 + index),
    publicIp: publicIp(40 + index),
    tags: { pool: 'web' },
  }));
}

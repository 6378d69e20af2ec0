import fc from 'fast-check';
import type {
  Observed,
  ObservedAttachment,
  ObservedElasticIp,
  ObservedInstance,
  ObservedNetworkInterface,
  ObservedRoute,
  Role,
} from '../../shared/model/observed.ts';
import { roleSpecSchema } from '../../shared/model/role-spec.ts';
import type { Ec2World } from '../fakes/memory-ec2-world.ts';
import { interfacesIn } from '../fakes/memory-ec2-world.ts';
import {
  aNetwork,
  aNetworkInterface,
  aRouteTable,
  attachedTo,
  ipv4Cidr,
  routeTableId,
  targetGroupArn,
} from './network.ts';
import {
  allocationId,
  anAttachment,
  anElasticIp,
  anInstance,
  aRole,
  associationId,
  instanceId,
  ipv6,
  networkInterfaceId,
  privateIp,
  publicIp,
  subnetId,
} from './observed.ts';

/** Candidates are 1 to 3; 9 is a stranger; 0 is nobody. */
const numbers = [1, 2, 3];
const somebody = fc.constantFrom(0, ...numbers, 9);

/** What the role of these worlds may have: an interface that it moves, its own addresses, and the rest. */
const movedInterface = networkInterfaceId(7);
const ownPrivateIp = privateIp(50);
const ownIpv6 = ipv6(0x50);
const overlay = '10.99.0.1/32';

/** A role with some of all kinds of address, in any order. */
export const arbitraryAddressRole: fc.Arbitrary<Role> = fc
  .record({ on: fc.constantFrom(undefined, 'primary', 'privateIp'), adopt: fc.boolean(), port: fc.boolean() })
  .chain(({ on, adopt, port }) =>
    fc.shuffledSubarray(
      [
        { elasticIp: allocationId(0xe1), adopt, ...(on === undefined ? {} : { on }) },
        { elasticIp: { tags: { Name: 'second' } }, on: 'primary', adopt },
        { privateIp: ownPrivateIp, adopt },
        { networkInterface: movedInterface, adopt },
        { route: overlay, routeTables: [routeTableId(1), routeTableId(2)], adopt },
        { ipv6: ownIpv6, adopt },
        { targetGroup: targetGroupArn('web'), ...(port ? { port: 80 } : {}) },
      ],
      { minLength: 1 },
    ),
  )
  .filter((addresses) => roleSpecSchema.safeParse({ addresses }).success)
  .map((addresses) => aRole({ addresses, records: [] }));

interface Places {
  readonly zones: readonly number[];
  readonly types: readonly string[];
  readonly checks: readonly boolean[];
  readonly movedInterface: number;
  readonly privateIp: number;
  readonly ipv6: number;
  readonly elasticIps: readonly number[];
  readonly routes: readonly number[];
  readonly targets: readonly number[];
}

const arbitraryPlaces: fc.Arbitrary<Places> = fc.record({
  zones: fc.array(fc.constantFrom(1, 1, 2), { minLength: 3, maxLength: 3 }),
  types: fc.array(fc.constantFrom('t3.medium', 't3.medium', 't3.nano'), { minLength: 3, maxLength: 3 }),
  checks: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
  movedInterface: somebody,
  privateIp: fc.oneof(somebody, fc.constant(7)),
  ipv6: fc.oneof(somebody, fc.constant(7)),
  elasticIps: fc.array(fc.oneof(somebody, fc.constantFrom(50, 7)), { minLength: 2, maxLength: 2 }),
  routes: fc.array(somebody, { minLength: 2, maxLength: 2 }),
  targets: fc.uniqueArray(fc.constantFrom(...numbers, 9), { maxLength: 3 }),
});

/** Everything of the role anywhere: with nobody, with a candidate of either zone, with a stranger. */
export const arbitraryEc2World: fc.Arbitrary<Ec2World> = arbitraryPlaces.map((places) => {
  const instances = numbers.map((number) => anInstanceAt(number, places));
  const stranger = aNetworkInterface(9, {
    ...attachedTo(9, { deviceIndex: 0 }),
    ...addressesOn(9, [privateIp(9)], places),
  });
  const moved = aNetworkInterface(7, addressesOn(7, [privateIp(7)], places));
  const isWithCandidate = instances.some(({ attachments }) =>
    attachments.some((each) => each.networkInterfaceId === movedInterface),
  );
  const free = { ...moved, ...(places.movedInterface === 9 ? attachedTo(9) : {}) };
  const limits = {
    't3.medium': { interfacesMax: 3, ipv4PerInterfaceMax: 6, ipv6PerInterfaceMax: 6 },
    't3.nano': { interfacesMax: 1, ipv4PerInterfaceMax: 1, ipv6PerInterfaceMax: 1 },
  };
  const world: Ec2World = {
    instances,
    elasticIps: [],
    network: aNetwork({
      limits,
      interfaces: isWithCandidate ? [stranger] : [stranger, free],
      routeTables: places.routes.map((on, index) => aRouteTable(index + 1, ...routesTo(on))),
      targets: places.targets.map((number) => ({
        targetGroupArn: targetGroupArn('web'),
        instanceId: instanceId(number),
        port: 80,
      })),
    }),
  };
  return { ...world, elasticIps: elasticIpsIn(interfacesIn(world), places) };
});

/** A world as it would be read for the role. */
export function observedIn(world: Ec2World): Pick<Observed, 'instances' | 'elasticIps' | 'network'> {
  return { ...world, network: { ...world.network, interfaces: interfacesIn(world) } };
}

function anInstanceAt(number: number, places: Places): ObservedInstance {
  const zone = places.zones[number - 1] ?? 1;
  const first = anAttachment(number, {
    subnetId: subnetId(zone),
    checksSourceDest: places.checks[number - 1] ?? true,
    ...addressesOn(number, [privateIp(number)], zone === 1 ? places : undefined),
  });
  const isMover = places.movedInterface === number && zone === 1;
  const moved = anAttachment(7, { deviceIndex: 1, ...addressesOn(7, [privateIp(7)], places) });
  const attachments: readonly ObservedAttachment[] = isMover ? [first, moved] : [first];
  return anInstance(number, {
    subnetId: subnetId(zone),
    zone: `eu-west-1${zone === 1 ? 'a' : 'b'}`,
    instanceType: places.types[number - 1] ?? 't3.medium',
    attachments,
    privateIps: attachments.flatMap(({ networkInterfaceId: id, privateIps, deviceIndex }) =>
      privateIps.map((each, index) => ({
        networkInterfaceId: id,
        privateIp: each,
        isPrimary: deviceIndex === 0 && index === 0,
      })),
    ),
  });
}

function addressesOn(
  number: number,
  primary: ObservedAttachment['privateIps'],
  places: Places | undefined,
): Pick<ObservedAttachment, 'privateIps' | 'ipv6s'> {
  return {
    privateIps: places?.privateIp === number ? [...primary, ownPrivateIp] : primary,
    ipv6s: places?.ipv6 === number ? [ownIpv6] : [],
  };
}

function routesTo(on: number): readonly ObservedRoute[] {
  if (on === 0) return [];
  const id = networkInterfaceId(on);
  return [{ cidr: ipv4Cidr(overlay), networkInterfaceId: id, isBlackhole: on === 9, target: id }];
}

/** Each on the first address of an interface, or on the role's own address; two never on one. */
function elasticIpsIn(
  interfaces: readonly ObservedNetworkInterface[],
  { elasticIps: [first = 0, second = 0] }: Places,
): readonly ObservedElasticIp[] {
  const tags = { Name: 'second' };
  return [
    elasticIpAt(interfaces, first, anElasticIp()),
    elasticIpAt(
      interfaces,
      second === first ? 0 : second,
      anElasticIp(undefined, { allocationId: allocationId(0xe2), publicIp: publicIp(26), tags }),
    ),
  ];
}

function elasticIpAt(
  interfaces: readonly ObservedNetworkInterface[],
  on: number,
  elasticIp: ObservedElasticIp,
): ObservedElasticIp {
  const address = on === 50 ? ownPrivateIp : privateIp(on);
  const carrier = interfaces.find(({ privateIps }) => privateIps.includes(address));
  if (on === 0 || carrier === undefined) return elasticIp;
  const { networkInterfaceId: id, attachment } = carrier;
  return {
    ...elasticIp,
    association: {
      associationId: associationId(on),
      networkInterfaceId: id,
      privateIp: address,
      ...(attachment?.instanceId === undefined ? {} : { instanceId: attachment.instanceId }),
    },
  };
}

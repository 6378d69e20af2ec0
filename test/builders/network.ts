import { ipv4CidrSchema, routeTableIdSchema, targetGroupArnSchema } from '../../shared/model/ids.ts';
import type {
  ObservedNetwork,
  ObservedNetworkInterface,
  ObservedRoute,
  ObservedRouteTable,
  ObservedSubnet,
} from '../../shared/model/observed.ts';
import { noNetwork } from '../../shared/model/observed.ts';
import type { NetworkNeeds } from '../../shared/reconcile/ports.ts';
import {
  allocationId,
  attachmentId,
  instanceId,
  ipv6,
  networkInterfaceId,
  privateIp,
  subnetId,
  vpcId,
} from './observed.ts';

export const routeTableId = (number: number) =>
  routeTableIdSchema.parse(`rtb-${number.toString(16).padStart(17, '0')}`);
export const ipv4Cidr = (cidr: string) => ipv4CidrSchema.parse(cidr);
export const targetGroupArn = (name: string) =>
  targetGroupArnSchema.parse(
    `arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/${name}/0123456789abcdef`,
  );

/** An available interface in subnet 1 of VPC 1. */
export function aNetworkInterface(
  number: number,
  overrides: Partial<ObservedNetworkInterface> = {},
): ObservedNetworkInterface {
  return {
    networkInterfaceId: networkInterfaceId(number),
    subnetId: subnetId(1),
    vpcId: vpcId(1),
    zone: 'eu-west-1a',
    privateIps: [privateIp(number)],
    ipv6s: [],
    ...overrides,
  };
}

/** How an interface says that it is attached to the instance of that number, as its second one. */
export function attachedTo(
  number: number,
  overrides: Partial<NonNullable<ObservedNetworkInterface['attachment']>> = {},
): Pick<ObservedNetworkInterface, 'attachment'> {
  return {
    attachment: {
      attachmentId: attachmentId(number),
      instanceId: instanceId(number),
      deviceIndex: 1,
      deletesOnTermination: false,
      status: 'attached',
      ...overrides,
    },
  };
}

/** Subnet 1 has 10.0.1.0/24 and 2600:1f18:1:1::/64, subnet 2 the next ones in the next zone. */
export function aSubnet(number: number, overrides: Partial<ObservedSubnet> = {}): ObservedSubnet {
  return {
    subnetId: subnetId(number),
    zone: `eu-west-1${'abcdef'[number - 1]}`,
    cidr: ipv4Cidr(`10.0.${number}.0/24`),
    ipv6Cidrs: [`2600:1f18:1:${number}::/64`],
    ...overrides,
  };
}

/** A route table of VPC 1, with its local route and those given. */
export function aRouteTable(number: number, ...routes: readonly ObservedRoute[]): ObservedRouteTable {
  const local = { cidr: ipv4Cidr('10.0.0.0/16'), isBlackhole: false, target: 'local' };
  return { routeTableId: routeTableId(number), vpcId: vpcId(1), routes: [local, ...routes] };
}

/** The network with subnets 1 and 2, and the limits of a t3.medium. */
export function aNetwork(overrides: Partial<ObservedNetwork> = {}): ObservedNetwork {
  return {
    ...noNetwork,
    subnets: [aSubnet(1), aSubnet(2)],
    limits: { 't3.medium': { interfacesMax: 3, ipv4PerInterfaceMax: 6, ipv6PerInterfaceMax: 6 } },
    ...overrides,
  };
}

/** What a role with one of each kind of address needs to see: interface 7, addresses 50, route table 1, subnet 1. */
export function someNetworkNeeds(overrides: Partial<NetworkNeeds> = {}): NetworkNeeds {
  return {
    networkInterfaceIds: [networkInterfaceId(7)],
    privateIps: [privateIp(50)],
    ipv6s: [ipv6(0x50)],
    routeTableIds: [routeTableId(1)],
    subnetIds: [subnetId(1)],
    instanceTypes: ['t3.medium'],
    targetGroupArns: [targetGroupArn('web')],
    reverseNamesOf: [allocationId(0xe1)],
    ...overrides,
  };
}

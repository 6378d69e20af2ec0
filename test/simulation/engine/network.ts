import { reverseDnsName } from '../../../shared/model/dns-name.ts';
import type { Ask } from './ask.ts';
import { textAt } from './ask.ts';
import { region } from './rooms.ts';

/** Things of the world by the names that stories use. */
export type Names = Map<string, string>;

/** How many Elastic IPs there are. */
const elasticIpsCount = 8;
const poolCount = 3;
const interfaces = ['$eni0', '$eni1', '$eni2', '$foreignEni'];

export const publicZone = 'example.com';
export const privateZone = 'corp.internal';
export const reverseZone = '1.0.10.in-addr.arpa';
/** Of the addresses of the subnet that has IPv6. */
export const ipv6ReverseZone = '$ipv6ReverseZone';

/**
 * A VPC with two zones and an internet gateway, hosted zones, Elastic IPs `$eip0` and on (the last ones a pool), interfaces,
 * route tables, a target group, an IPv6 address; and one each that has to do with nobody's role: `$foreignEip`,
 * `foreign.corp.internal`. `legacy.corp.internal` is somebody else's too, until a role adopts it.
 */
export async function buildNetwork(ask: Ask): Promise<Names> {
  const names: Names = new Map();
  const { Vpc } = await ask('ec2', 'CreateVpc', {
    CidrBlock: '10.0.0.0/16',
    AmazonProvidedIpv6CidrBlock: true,
  });
  const VpcId = textAt(Vpc, 'VpcId');
  const ipv6Block = textAt(Vpc, 'Ipv6CidrBlockAssociationSet 0 Ipv6CidrBlock').replace('/56', '/64');
  names.set('$ipv6', ipv6Block.replace('::/64', '::a1'));
  await ask('ec2', 'ModifyVpcAttribute', { VpcId, EnableDnsHostnames: { Value: true } });
  const { InternetGateway } = await ask('ec2', 'CreateInternetGateway', {});
  const InternetGatewayId = textAt(InternetGateway, 'InternetGatewayId');
  await ask('ec2', 'AttachInternetGateway', { VpcId, InternetGatewayId });
  names.set('$vpc', VpcId);
  for (const [name, CidrBlock, letter, more] of [
    ['$subnetA', '10.0.1.0/24', 'a', { Ipv6CidrBlock: ipv6Block }],
    ['$subnetB', '10.0.2.0/24', 'b', {}],
  ] as const) {
    const AvailabilityZone = `${region}${letter}`;
    const { Subnet } = await ask('ec2', 'CreateSubnet', { VpcId, CidrBlock, AvailabilityZone, ...more });
    const SubnetId = textAt(Subnet, 'SubnetId');
    await ask('ec2', 'ModifySubnetAttribute', { SubnetId, MapPublicIpOnLaunch: { Value: true } });
    names.set(name, SubnetId);
  }
  for (const name of ['$routeTable', '$routeTable2']) {
    const { RouteTable } = await ask('ec2', 'CreateRouteTable', { VpcId });
    names.set(name, textAt(RouteTable, 'RouteTableId'));
  }
  const group = { Name: 'farm', Protocol: 'HTTP', Port: 80, VpcId };
  const answer = await ask('elasticloadbalancing', 'CreateTargetGroup', group);
  names.set('$targetGroup', textAt(answer, 'TargetGroups 0 TargetGroupArn'));
  await buildElasticIps(ask, names);
  await buildInterfaces(ask, names);
  await buildZones(ask, names);
  return names;
}

async function buildElasticIps(ask: Ask, names: Names): Promise<void> {
  const allocate = async (name: string, pool: string): Promise<void> => {
    const TagSpecifications = [{ ResourceType: 'elastic-ip', Tags: [{ Key: 'pool', Value: pool }] }];
    const address = await ask('ec2', 'AllocateAddress', { Domain: 'vpc', TagSpecifications });
    names.set(name, textAt(address, 'AllocationId'));
  };
  for (let index = 0; index < elasticIpsCount; index += 1) {
    await allocate(`$eip${index}`, index < elasticIpsCount - poolCount ? 'none' : 'web');
  }
  await allocate('$licenceEip', 'licence');
  await allocate('$foreignEip', 'foreign');
}

async function buildInterfaces(ask: Ask, names: Names): Promise<void> {
  for (const name of interfaces) {
    const { NetworkInterface } = await ask('ec2', 'CreateNetworkInterface', {
      SubnetId: names.get('$subnetA'),
    });
    names.set(name, textAt(NetworkInterface, 'NetworkInterfaceId'));
  }
  await ask('ec2', 'AssociateAddress', {
    AllocationId: names.get('$foreignEip'),
    NetworkInterfaceId: names.get('$foreignEni'),
  });
}

async function buildZones(ask: Ask, names: Names): Promise<void> {
  const VPC = { VPCId: names.get('$vpc'), VPCRegion: region };
  const zones = [
    { name: publicZone, more: {} },
    { name: privateZone, more: { VPC } },
    { name: reverseZone, more: { VPC } },
    { name: ipv6ReverseZone, more: { VPC } },
  ];
  for (const { name, more } of zones) {
    const Name = name === ipv6ReverseZone ? reverseZoneOf(names.get('$ipv6') ?? '') : name;
    const input = { Name, CallerReference: Name, ...more };
    const { HostedZone } = await ask('route53', 'CreateHostedZone', input);
    names.set(name, textAt(HostedZone, 'Id').replace('/hostedzone/', ''));
  }
  const Changes = ['foreign', 'legacy'].map((label) => ({
    Action: 'CREATE',
    ResourceRecordSet: {
      Name: `${label}.${privateZone}`,
      Type: 'A',
      TTL: 300,
      ResourceRecords: [{ Value: '192.0.2.1' }],
    },
  }));
  const HostedZoneId = names.get(privateZone);
  await ask('route53', 'ChangeResourceRecordSets', { HostedZoneId, ChangeBatch: { Changes } });
}

/** The zone of the /64 of an address. */
function reverseZoneOf(ipv6: string): string {
  return reverseDnsName(ipv6).split('.').slice(-18).join('.');
}

/** Puts the ids in the place of the names, wherever they stand in plain data. */
export function withIds(data: unknown, names: Names): unknown {
  if (typeof data === 'string') return names.get(data) ?? data;
  if (Array.isArray(data)) return data.map((each) => withIds(each, names));
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, withIds(value, names)]));
}

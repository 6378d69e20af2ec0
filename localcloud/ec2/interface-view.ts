import { privateDnsName, publicDnsName } from './dns-names.ts';
import { primaryIpOf } from './private-addresses.ts';
import { groupViews } from './security-groups.ts';
import type { NetworkInterface, PrivateIp, Vpc } from './state/resources.ts';
import type { World } from './state/world.ts';
import { tagList } from './tag-rules.ts';
import { expectZoneId } from './zones.ts';

/** The `status` of an interface: `in-use` from attach until it has let go. */
export function interfaceStatus({ attachment }: NetworkInterface): 'available' | 'in-use' {
  return attachment === undefined ? 'available' : 'in-use';
}

/** An interface as DescribeNetworkInterfaces shows it. */
export function interfaceView(world: World, eni: NetworkInterface): object {
  const { accountId } = world.surroundings;
  const vpc = world.vpcs.get(eni.vpcId);
  const primary = primaryIpOf(eni);
  const association = associationDetail(world, vpc, primary);
  const { attachment } = eni;
  return {
    Association: association,
    Attachment:
      attachment === undefined
        ? undefined
        : {
            AttachmentId: attachment.id,
            AttachTime: attachment.attachTime,
            DeleteOnTermination: attachment.isDeletedOnTermination,
            DeviceIndex: attachment.deviceIndex,
            NetworkCardIndex: 0,
            InstanceId: attachment.instanceId,
            InstanceOwnerId: accountId,
            Status: attachment.status,
          },
    AvailabilityZone: eni.availabilityZone,
    AvailabilityZoneId: expectZoneId(world, eni.availabilityZone),
    Description: eni.description,
    Groups: groupViews(world, eni.groupIds),
    InterfaceType: 'interface',
    Ipv6Addresses: eni.ipv6Addresses.map((Ipv6Address) => ({ Ipv6Address })),
    MacAddress: eni.macAddress,
    NetworkInterfaceId: eni.id,
    OwnerId: accountId,
    PrivateDnsName: hasDnsNames(vpc) ? privateDnsName(world.surroundings, primary.address) : undefined,
    PrivateIpAddress: primary.address,
    PrivateIpAddresses: eni.privateIps.map((ip) => ({
      Association: associationDetail(world, vpc, ip),
      Primary: ip.isPrimary,
      PrivateDnsName: hasDnsNames(vpc) ? privateDnsName(world.surroundings, ip.address) : undefined,
      PrivateIpAddress: ip.address,
    })),
    RequesterManaged: false,
    SourceDestCheck: eni.isSourceDestChecked,
    Status: interfaceStatus(eni),
    SubnetId: eni.subnetId,
    TagSet: tagList(eni.tags) ?? [],
    VpcId: eni.vpcId,
  };
}

/** An interface as it shows within its instance. */
export function instanceInterfaceView(world: World, vpc: Vpc | undefined, eni: NetworkInterface): object {
  const primary = primaryIpOf(eni);
  const { attachment } = eni;
  return {
    Association: associationBrief(world, vpc, primary),
    Attachment:
      attachment === undefined
        ? undefined
        : {
            AttachmentId: attachment.id,
            AttachTime: attachment.attachTime,
            DeleteOnTermination: attachment.isDeletedOnTermination,
            DeviceIndex: attachment.deviceIndex,
            NetworkCardIndex: 0,
            Status: attachment.status,
          },
    Description: eni.description,
    Groups: groupViews(world, eni.groupIds),
    InterfaceType: 'interface',
    Ipv6Addresses: eni.ipv6Addresses.map((Ipv6Address) => ({ Ipv6Address })),
    MacAddress: eni.macAddress,
    NetworkInterfaceId: eni.id,
    OwnerId: world.surroundings.accountId,
    PrivateDnsName: hasDnsNames(vpc) ? privateDnsName(world.surroundings, primary.address) : undefined,
    PrivateIpAddress: primary.address,
    PrivateIpAddresses: eni.privateIps.map((ip) => ({
      Association: associationBrief(world, vpc, ip),
      Primary: ip.isPrimary,
      PrivateDnsName: hasDnsNames(vpc) ? privateDnsName(world.surroundings, ip.address) : undefined,
      PrivateIpAddress: ip.address,
    })),
    SourceDestCheck: eni.isSourceDestChecked,
    Status: interfaceStatus(eni),
    SubnetId: eni.subnetId,
    VpcId: eni.vpcId,
  };
}

function hasDnsNames(vpc: Vpc | undefined): boolean {
  return vpc?.isDnsSupportEnabled === true && vpc.isDnsHostnamesEnabled;
}

function associationBrief(
  world: World,
  vpc: Vpc | undefined,
  { association }: PrivateIp,
): object | undefined {
  if (association === undefined) return undefined;
  const { publicIp } = association;
  return {
    IpOwnerId: association.kind === 'auto' ? 'amazon' : world.surroundings.accountId,
    PublicDnsName: publicDnsName(world.surroundings, vpc, publicIp),
    PublicIp: publicIp,
  };
}

function associationDetail(world: World, vpc: Vpc | undefined, ip: PrivateIp): object | undefined {
  const brief = associationBrief(world, vpc, ip);
  return ip.association?.kind === 'elastic'
    ? {
        AllocationId: ip.association.allocationId,
        AssociationId: ip.association.associationId,
        ...brief,
      }
    : brief;
}

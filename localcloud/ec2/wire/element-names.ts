/**
 * What EC2's XML calls a member that the SDK calls otherwise. A member not listed has the SDK's name with a small
 * first letter.
 */
const usualNames: Readonly<Record<string, string>> = {
  AssignedPrivateIpAddresses: 'assignedPrivateIpAddressesSet',
  Associations: 'associationSet',
  Attachments: 'attachmentSet',
  AvailabilityZones: 'availabilityZoneInfo',
  BlockDeviceMappings: 'blockDeviceMapping',
  Endpoint: 'regionEndpoint',
  Events: 'eventsSet',
  Groups: 'groupSet',
  Images: 'imagesSet',
  InstanceStatuses: 'instanceStatusSet',
  InstanceTypes: 'instanceTypeSet',
  Instances: 'instancesSet',
  InternetGateways: 'internetGatewaySet',
  Ipv6Addresses: 'ipv6AddressesSet',
  LaunchTemplateVersions: 'launchTemplateVersionSet',
  Messages: 'messageSet',
  NetworkInterfaces: 'networkInterfaceSet',
  PrivateIpAddresses: 'privateIpAddressesSet',
  PropagatingVgws: 'propagatingVgwSet',
  Regions: 'regionInfo',
  Reservations: 'reservationSet',
  RouteTables: 'routeTableSet',
  Routes: 'routeSet',
  SecurityGroups: 'securityGroupInfo',
  StartingInstances: 'instancesSet',
  StoppingInstances: 'instancesSet',
  Subnets: 'subnetSet',
  Tags: 'tagSet',
  TerminatingInstances: 'instancesSet',
  UserIdGroupPairs: 'groups',
  Vpcs: 'vpcSet',
};

/** Where a member has another name than elsewhere: by the operation whose output it is in, or the member it is within. */
const namesWithin: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  AvailabilityZones: { State: 'zoneState' },
  DescribeAddresses: { Addresses: 'addressesSet' },
  DescribeAddressesAttribute: { Addresses: 'addressSet' },
  Images: { OwnerId: 'imageOwnerId', Public: 'isPublic', State: 'imageState' },
  Instances: {
    PublicDnsName: 'dnsName',
    PublicIpAddress: 'ipAddress',
    SecurityGroups: 'groupSet',
    State: 'instanceState',
    StateTransitionReason: 'reason',
  },
  LaunchTemplateData: {
    SecurityGroupIds: 'securityGroupIdSet',
    SecurityGroups: 'securityGroupSet',
    TagSpecifications: 'tagSpecificationSet',
  },
  SecurityGroups: { Description: 'groupDescription' },
};

/** The element of a member; `owner` is the member or operation that its structure is the value of. */
export function elementName(owner: string, member: string): string {
  return (
    namesWithin[owner]?.[member] ?? usualNames[member] ?? member.charAt(0).toLowerCase() + member.slice(1)
  );
}

/** The element of one item in a list; the security groups of a launch template's interfaces are bare ids. */
export function itemName(member: string, item: unknown): string {
  return member === 'Groups' && typeof item === 'string' ? 'groupId' : 'item';
}

/**
 * What EC2's query protocol calls a parameter that the SDK calls otherwise: lists are named in the singular.
 * A parameter not listed has the same name on both sides.
 * Source: https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html
 */
const usualNames: Readonly<Record<string, string>> = {
  AllocationIds: 'AllocationId',
  Filters: 'Filter',
  GroupIds: 'GroupId',
  GroupNames: 'GroupName',
  Groups: 'SecurityGroupId',
  ImageIds: 'ImageId',
  InstanceIds: 'InstanceId',
  InstanceTypes: 'InstanceType',
  InternetGatewayIds: 'InternetGatewayId',
  LaunchTemplateIds: 'LaunchTemplateId',
  LaunchTemplateNames: 'LaunchTemplateName',
  NetworkInterfaceIds: 'NetworkInterfaceId',
  NetworkInterfaces: 'NetworkInterface',
  Owners: 'Owner',
  PublicIps: 'PublicIp',
  RegionNames: 'RegionName',
  Resources: 'ResourceId',
  RouteTableIds: 'RouteTableId',
  SecurityGroupIds: 'SecurityGroupId',
  SecurityGroups: 'SecurityGroup',
  SubnetIds: 'SubnetId',
  TagSpecifications: 'TagSpecification',
  Tags: 'Tag',
  Values: 'Value',
  VpcIds: 'VpcId',
  ZoneIds: 'ZoneId',
  ZoneNames: 'ZoneName',
};

/** Where an operation's own parameter has another name than elsewhere. */
const namesWithin: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  AssignPrivateIpAddresses: { PrivateIpAddresses: 'PrivateIpAddress' },
  UnassignPrivateIpAddresses: { PrivateIpAddresses: 'PrivateIpAddress' },
  CreateSecurityGroup: { Description: 'GroupDescription' },
  DescribeLaunchTemplateVersions: { Versions: 'LaunchTemplateVersion' },
  ModifyInstanceAttribute: { Groups: 'GroupId' },
  ModifyLaunchTemplate: { DefaultVersion: 'SetDefaultVersion' },
  RunInstances: { Ipv6Addresses: 'Ipv6Address' },
};

/** The wire name of a parameter: `owner` is the operation for its own parameters, undefined for nested ones. */
export function parameterName(owner: string | undefined, member: string): string {
  const within = owner === undefined ? undefined : namesWithin[owner];
  return within?.[member] ?? usualNames[member] ?? member;
}

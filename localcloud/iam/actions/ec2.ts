import type { Resource } from '../../ec2/state/resources.ts';
import type { World } from '../../ec2/state/world.ts';
import { tagContext } from '../condition-keys.ts';
import type { Requirement } from '../evaluate.ts';
import { arnOf, type CallToJudge, contextOf, type RequirementsOf } from './request.ts';

type Entries = readonly (readonly [string, readonly string[]])[];
type ResourceKind =
  | 'elastic-ip'
  | 'instance'
  | 'network-interface'
  | 'route-table'
  | 'security-group'
  | 'vpc';

interface AddressInput {
  readonly AllocationId?: string;
  readonly PublicIp?: string;
  readonly InstanceId?: string;
  readonly NetworkInterfaceId?: string;
  readonly AssociationId?: string;
}

interface InterfaceInput {
  readonly NetworkInterfaceId?: string;
  readonly InstanceId?: string;
  readonly AttachmentId?: string;
  readonly Groups?: readonly string[];
}

type Named = Partial<Record<ResourceKind, readonly (string | undefined)[]>>;

const interfaceOnly = ({ NetworkInterfaceId }: InterfaceInput): Named => ({
  'network-interface': [NetworkInterfaceId],
});
const routeTableOnly = ({ RouteTableId }: { readonly RouteTableId?: string }): Named => ({
  'route-table': [RouteTableId],
});
const vpcOnly = ({ VpcId }: { readonly VpcId?: string }): Named => ({ vpc: [VpcId] });
const addressOnly = ({ AllocationId }: AddressInput): Named => ({ 'elastic-ip': [AllocationId] });

/**
 * The resources whose permission each action needs: those that its input names, and those that are joined with them. Where
 * the reference calls a resource optional, it is unverified that AWS asks about it too: what is allowed here is allowed
 * there, whether it does or not.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
 */
const resourcesOf: Readonly<Record<string, (input: never, world: World) => Named>> = {
  AssociateAddress: (input: AddressInput, world) => ({
    'elastic-ip': [allocationOf(input, world)],
    instance: [input.InstanceId ?? instanceOf(input, world)],
    'network-interface': [input.NetworkInterfaceId ?? primaryInterfaceOf(input, world)],
  }),
  DisassociateAddress: (input: AddressInput, world) => {
    const allocationId = allocationOf(input, world);
    const association = world.addresses.get(allocationId ?? '')?.association;
    return { 'elastic-ip': [allocationId], 'network-interface': [association?.networkInterfaceId] };
  },
  ModifyAddressAttribute: addressOnly,
  ResetAddressAttribute: addressOnly,
  AssignPrivateIpAddresses: interfaceOnly,
  UnassignPrivateIpAddresses: interfaceOnly,
  AssignIpv6Addresses: interfaceOnly,
  UnassignIpv6Addresses: interfaceOnly,
  AttachNetworkInterface: ({ InstanceId, NetworkInterfaceId }: InterfaceInput) => ({
    instance: [InstanceId],
    'network-interface': [NetworkInterfaceId],
  }),
  DetachNetworkInterface: ({ AttachmentId }: InterfaceInput, world) => {
    const interfaceId = world.interfaceByAttachment.get(AttachmentId ?? '');
    const attachment = world.networkInterfaces.get(interfaceId ?? '')?.attachment;
    return { instance: [attachment?.instanceId], 'network-interface': [interfaceId] };
  },
  ModifyNetworkInterfaceAttribute: (input: InterfaceInput, world) => ({
    instance: [instanceOf(input, world)],
    'network-interface': [input.NetworkInterfaceId],
    'security-group': input.Groups ?? [],
  }),
  CreateRoute: routeTableOnly,
  ReplaceRoute: routeTableOnly,
  DeleteRoute: routeTableOnly,
  DescribeVpcAttribute: vpcOnly,
};

/** What each EC2 call needs. Describe calls but those of one resource know none, only the region. */
export const ec2Requirements: RequirementsOf = (call) => {
  const { operation, surveyed } = call;
  const world = surveyed.ec2;
  const action = `ec2:${operation}`;
  if (operation.startsWith('Describe') && resourcesOf[operation] === undefined)
    return [{ action, resource: '*', context: ec2Context(call, []) }];
  if (world === undefined) return undefined;
  if (operation === 'CreateTags' || operation === 'DeleteTags') return tagRequirements(call, world);
  const named = resourcesOf[operation]?.(call.input as never, world);
  if (named === undefined) return undefined;
  return Object.entries(named).flatMap(([kind, ids]) =>
    ids.flatMap((id) => requirement(call, world, kind as ResourceKind, id)),
  );
};

/** Nothing for what does not exist: EC2 answers NotFound before it could judge by tags (unverified). */
function requirement(
  call: CallToJudge,
  world: World,
  kind: ResourceKind,
  id: string | undefined,
): readonly Requirement[] {
  const entries = id === undefined ? undefined : keysOf[kind](id, world);
  if (id === undefined || entries === undefined) return [];
  const resource = arnOf(call.surveyed, 'ec2', `${kind}/${id}`);
  return [{ action: `ec2:${call.operation}`, resource, context: ec2Context(call, entries) }];
}

function tagRequirements(call: CallToJudge, world: World): readonly Requirement[] {
  const { Resources = [], Tags = [] } = call.input as {
    Resources?: readonly string[];
    Tags?: readonly { readonly Key?: string; readonly Value?: string }[];
  };
  const tags = Tags.map(({ Key = '', Value = '' }) => [Key, Value] as const);
  const asked: Entries = [
    ...tagContext(['aws:RequestTag/'], tags),
    ['aws:tagkeys', tags.map(([key]) => key)],
  ];
  return Resources.flatMap((id) => {
    const kind = kindByPrefix.get(id.slice(0, id.indexOf('-')));
    const own = kind === undefined ? undefined : keysOf[kind](id, world);
    if (kind === undefined || own === undefined) return [];
    const resource = arnOf(call.surveyed, 'ec2', `${kind}/${id}`);
    return [{ action: `ec2:${call.operation}`, resource, context: ec2Context(call, [...asked, ...own]) }];
  });
}

const kindByPrefix: ReadonlyMap<string, ResourceKind> = new Map<string, ResourceKind>([
  ['eipalloc', 'elastic-ip'],
  ['eni', 'network-interface'],
  ['i', 'instance'],
  ['rtb', 'route-table'],
  ['sg', 'security-group'],
]);

function ec2Context(call: CallToJudge, more: Entries): ReadonlyMap<string, readonly string[]> {
  return contextOf(call, [['ec2:region', [call.surveyed.region]], ...more]);
}

/** The condition keys of a resource that exists, by its kind. */
const keysOf: Readonly<Record<ResourceKind, (id: string, world: World) => Entries | undefined>> = {
  'elastic-ip': (id, world) =>
    entriesOf(world.addresses.get(id), ({ publicIp }) => [
      ['ec2:allocationid', [id]],
      ['ec2:publicipaddress', [publicIp]],
      ['ec2:domain', ['vpc']],
    ]),
  instance: (id, world) =>
    entriesOf(world.instances.get(id), ({ availabilityZone, instanceType, profile }) => [
      ['ec2:instanceid', [id]],
      ['ec2:availabilityzone', [availabilityZone]],
      ['ec2:instancetype', [instanceType]],
      ...(profile === undefined ? [] : [['ec2:instanceprofile', [profile.arn]] as const]),
    ]),
  'network-interface': (id, world) =>
    entriesOf(world.networkInterfaces.get(id), ({ availabilityZone, subnetId, vpcId }) => [
      ['ec2:networkinterfaceid', [id]],
      ['ec2:availabilityzone', [availabilityZone]],
      ['ec2:subnet', [world.arn('subnet', subnetId)]],
      ['ec2:vpc', [world.arn('vpc', vpcId)]],
    ]),
  'route-table': (id, world) =>
    entriesOf(world.routeTables.get(id), ({ vpcId }) => [
      ['ec2:routetableid', [id]],
      ['ec2:vpc', [world.arn('vpc', vpcId)]],
    ]),
  'security-group': (id, world) =>
    entriesOf(world.securityGroups.get(id), ({ vpcId }) => [['ec2:vpc', [world.arn('vpc', vpcId)]]]),
  vpc: (id, world) => entriesOf(world.vpcs.get(id), () => []),
};

function entriesOf<Found extends Resource>(
  resource: Found | undefined,
  own: (resource: Found) => Entries,
): Entries | undefined {
  if (resource === undefined) return undefined;
  return [...own(resource), ...tagContext(['aws:ResourceTag/', 'ec2:ResourceTag/'], resource.tags)];
}

/** The instance that a named interface is attached to. */
function instanceOf({ NetworkInterfaceId }: InterfaceInput, world: World): string | undefined {
  return world.networkInterfaces.get(NetworkInterfaceId ?? '')?.attachment?.instanceId;
}

function primaryInterfaceOf({ InstanceId }: AddressInput, world: World): string | undefined {
  return world.instances.get(InstanceId ?? '')?.networkInterfaceIds[0];
}

function allocationOf(
  { AllocationId, PublicIp, AssociationId }: AddressInput,
  world: World,
): string | undefined {
  if (AllocationId !== undefined) return AllocationId;
  if (AssociationId !== undefined) return world.addressByAssociation.get(AssociationId);
  return world.addressByPublicIp.get(PublicIp ?? '');
}

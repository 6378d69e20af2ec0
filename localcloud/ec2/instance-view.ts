import { privateDnsName, publicDnsName } from './dns-names.ts';
import { instanceTypes } from './instance-type-table.ts';
import { instanceInterfaceView } from './interface-view.ts';
import { primaryIpOf } from './private-addresses.ts';
import { groupViews } from './security-groups.ts';
import type { Instance, InstanceStateName, NetworkInterface, Vpc } from './state/resources.ts';
import type { World } from './state/world.ts';
import { tagList } from './tag-rules.ts';
import { expectZoneId } from './zones.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceState.html */
const stateCodes: Readonly<Record<InstanceStateName, number>> = {
  pending: 0,
  running: 16,
  'shutting-down': 32,
  terminated: 48,
  stopping: 64,
  stopped: 80,
};

export function stateCode(state: InstanceStateName): number {
  return stateCodes[state];
}

export function stateView(state: InstanceStateName): { readonly Code: number; readonly Name: string } {
  return { Code: stateCodes[state], Name: state };
}

/** An instance with the parts of the world that its description is made of. */
export interface InstanceSight {
  readonly instance: Instance;
  readonly vpc: Vpc | undefined;
  /** By device index, those that can be seen. */
  readonly interfaces: readonly NetworkInterface[];
}

/** The instance as Describe calls see it. */
export function instanceSight(world: World, instance: Instance): InstanceSight {
  return sightOf(world, instance, (id) => world.networkInterfaces.seen(id));
}

/** The instance as it really is: what the response of a write tells. */
export function realSight(world: World, instance: Instance): InstanceSight {
  return sightOf(world, instance, (id) => world.networkInterfaces.get(id));
}

function sightOf(
  world: World,
  instance: Instance,
  find: (id: string) => NetworkInterface | undefined,
): InstanceSight {
  const { place, networkInterfaceIds } = instance;
  return {
    instance,
    vpc: place === undefined ? undefined : world.vpcs.get(place.vpcId),
    interfaces: networkInterfaceIds.flatMap((id) => find(id) ?? []),
  };
}

/** What the instance's own address fields come from. */
export function primaryInterface({ interfaces }: InstanceSight): NetworkInterface | undefined {
  return interfaces.find(({ attachment }) => attachment?.deviceIndex === 0);
}

/** The public IP of the instance: that of the primary address of the primary interface. */
export function publicIpOf(sight: InstanceSight): string | undefined {
  const eni = primaryInterface(sight);
  return eni === undefined ? undefined : primaryIpOf(eni).association?.publicIp;
}

/** The public DNS name of the instance, empty when it has none. */
export function publicNameOf(world: World, sight: InstanceSight): string {
  const publicIp = publicIpOf(sight);
  return publicIp === undefined ? '' : publicDnsName(world.surroundings, sight.vpc, publicIp);
}

/** The private DNS name of the instance, empty when it has no address. */
export function privateNameOf(world: World, sight: InstanceSight): string {
  const eni = primaryInterface(sight);
  return eni === undefined ? '' : privateDnsName(world.surroundings, primaryIpOf(eni).address);
}

/** An instance as DescribeInstances shows it. */
export function instanceView(world: World, sight: InstanceSight): object {
  const { instance, vpc, interfaces } = sight;
  const type = instanceTypes.get(instance.instanceType);
  const eni = primaryInterface(sight);
  return {
    InstanceId: instance.id,
    ImageId: instance.imageId,
    State: stateView(instance.state),
    PrivateDnsName: privateNameOf(world, sight),
    PublicDnsName: publicNameOf(world, sight),
    StateTransitionReason: instance.transitionReason,
    KeyName: instance.keyName,
    AmiLaunchIndex: instance.launchIndex,
    ProductCodes: [],
    InstanceType: instance.instanceType,
    LaunchTime: instance.launchTime,
    Placement: {
      AvailabilityZone: instance.availabilityZone,
      AvailabilityZoneId: expectZoneId(world, instance.availabilityZone),
      GroupName: '',
      Tenancy: 'default',
    },
    Monitoring: { State: instance.isMonitored ? 'enabled' : 'disabled' },
    SubnetId: instance.place?.subnetId,
    VpcId: instance.place?.vpcId,
    PrivateIpAddress: eni === undefined ? undefined : primaryIpOf(eni).address,
    PublicIpAddress: publicIpOf(sight),
    Ipv6Address: eni?.ipv6Addresses[0],
    SourceDestCheck: eni?.isSourceDestChecked,
    SecurityGroups: eni === undefined ? [] : groupViews(world, eni.groupIds),
    NetworkInterfaces: interfaces.map((each) => instanceInterfaceView(world, vpc, each)),
    StateReason:
      instance.stateReason === undefined
        ? undefined
        : { Code: instance.stateReason.code, Message: instance.stateReason.message },
    Architecture: type?.architecture,
    RootDeviceType: 'ebs',
    RootDeviceName: '/dev/xvda',
    BlockDeviceMappings: blockDevices(instance),
    VirtualizationType: 'hvm',
    ClientToken: instance.clientToken ?? '',
    Tags: tagList(instance.tags),
    Hypervisor: 'xen',
    IamInstanceProfile:
      instance.profile === undefined ? undefined : { Arn: instance.profile.arn, Id: instance.profile.id },
    EbsOptimized: false,
    EnaSupport: true,
  };
}

function blockDevices({ rootVolumeId, launchTime }: Instance): object[] {
  if (rootVolumeId === undefined) return [];
  const Ebs = {
    AttachTime: launchTime,
    DeleteOnTermination: true,
    Status: 'attached',
    VolumeId: rootVolumeId,
  };
  return [{ DeviceName: '/dev/xvda', Ebs }];
}

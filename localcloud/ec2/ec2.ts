import { operationMap, type Service } from '../core/service.ts';
import type { Surroundings } from '../core/surroundings.ts';
import { addressAssociationOperations } from './address-association.ts';
import { addressAttributeOperations } from './address-attributes.ts';
import { addressOperations } from './addresses.ts';
import { createDefaultVpc } from './default-vpc.ts';
import { describeInstances } from './describe-instances.ts';
import { dump } from './dump.ts';
import { createEc2Hooks, type Ec2Hooks } from './hooks.ts';
import { describeImages } from './images.ts';
import { createEc2Initiative, type Ec2Initiative } from './initiative.ts';
import { instanceAttributeOperations } from './instance-attributes.ts';
import { instanceLifeCycleOperations } from './instance-life-cycle.ts';
import { describeInstanceStatus } from './instance-status.ts';
import { describeInstanceTypes } from './instance-types.ts';
import { interfaceAttachmentOperations } from './interface-attachments.ts';
import { modifyNetworkInterfaceAttribute } from './interface-attributes.ts';
import { internetGatewayOperations } from './internet-gateways.ts';
import { checkInvariants } from './invariants.ts';
import { ipv6AddressOperations } from './ipv6-addresses.ts';
import { launchTemplateVersionOperations } from './launch-template-versions.ts';
import { launchTemplateOperations } from './launch-templates.ts';
import { networkInterfaceOperations } from './network-interfaces.ts';
import { privateIpAddressOperations } from './private-ip-addresses.ts';
import { routeTableOperations } from './route-tables.ts';
import { routeOperations } from './routes.ts';
import { runInstances } from './run-instances.ts';
import { securityGroupOperations } from './security-groups.ts';
import { defaultEc2Settings, type Ec2Settings } from './state/settings.ts';
import { World } from './state/world.ts';
import { subnetOperations } from './subnets.ts';
import { tagOperations } from './tags.ts';
import { vpcOperations } from './vpcs.ts';
import { createEc2Protocol } from './wire/ec2-protocol.ts';
import { zoneOperations } from './zones.ts';

/** The EC2 room: the service, and what tests and other rooms may ask of it directly. */
export interface Ec2 extends Service, Ec2Hooks, Ec2Initiative {}

/** An account's EC2 in one region, with its default VPC. */
export function createEc2(surroundings: Surroundings, settings: Partial<Ec2Settings> = {}): Ec2 {
  const world = new World(
    { ...surroundings, random: surroundings.random.fork('ec2') },
    { ...defaultEc2Settings, ...settings },
  );
  createDefaultVpc(world);
  const operations = operationMap([
    ...zoneOperations(world),
    ...vpcOperations(world),
    ...subnetOperations(world),
    ...internetGatewayOperations(world),
    ...securityGroupOperations(world),
    ...routeTableOperations(world),
    ...routeOperations(world),
    ...networkInterfaceOperations(world),
    ...interfaceAttachmentOperations(world),
    modifyNetworkInterfaceAttribute(world),
    ...privateIpAddressOperations(world),
    ...ipv6AddressOperations(world),
    ...addressOperations(world),
    ...addressAssociationOperations(world),
    ...addressAttributeOperations(world),
    ...launchTemplateOperations(world),
    ...launchTemplateVersionOperations(world),
    runInstances(world),
    describeInstances(world),
    ...instanceLifeCycleOperations(world),
    ...instanceAttributeOperations(world),
    describeInstanceStatus(world),
    describeInstanceTypes(),
    describeImages(world),
    ...tagOperations(world),
  ]);
  return {
    name: 'ec2',
    protocol: createEc2Protocol(operations),
    operations,
    checkInvariants: () => checkInvariants(world),
    dump: () => dump(world),
    ...createEc2Hooks(world),
    ...createEc2Initiative(world),
  };
}

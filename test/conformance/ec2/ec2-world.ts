import {
  type Address,
  AllocateAddressCommand,
  AttachInternetGatewayCommand,
  CreateInternetGatewayCommand,
  CreateNetworkInterfaceCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DescribeAddressesCommand,
  DescribeAvailabilityZonesCommand,
  DescribeInstancesCommand,
  DescribeNetworkInterfacesCommand,
  type Instance,
  type NetworkInterface,
  RunInstancesCommand,
  type RunInstancesCommandInput,
} from '@aws-sdk/client-ec2';
import { expect } from 'vitest';
import type { Target } from '../target.ts';

/** Localcloud takes any image id; this one exists in moto. Another target needs its own. */
export const imageId = 'ami-12c6146b';

/** The API reference page of an EC2 action. */
export function ec2Page(action: string): string {
  return `https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_${action}.html`;
}

/** A value that the response must have. */
export function present<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('the response lacks a value that AWS always gives');
  return value;
}

/** What EC2 says to a call that it must refuse. */
export async function refusal(
  call: Promise<unknown>,
): Promise<{ readonly code: string; readonly message: string; readonly status: number | undefined }> {
  try {
    await call;
  } catch (error) {
    const { name, message, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
    return { code: name, message, status: $metadata?.httpStatusCode };
  }
  throw new Error('EC2 accepted a call that it must refuse');
}

export interface Network {
  readonly vpcId: string;
  readonly zones: readonly string[];
  /** One in each of the first two zones. */
  readonly subnetIds: readonly [string, string];
}

/** A VPC 10.0.0.0/16 with the subnets 10.0.0.0/24 and 10.0.1.0/24, and an internet gateway unless told otherwise. */
export async function aNetwork(
  { clients: { ec2 } }: Target,
  { hasGateway = true }: { readonly hasGateway?: boolean } = {},
): Promise<Network> {
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  const vpcId = present(Vpc?.VpcId);
  const { AvailabilityZones } = await ec2.send(new DescribeAvailabilityZonesCommand({}));
  const zones = present(AvailabilityZones).map(({ ZoneName }) => present(ZoneName));
  const makeSubnet = async (index: number): Promise<string> => {
    const { Subnet } = await ec2.send(
      new CreateSubnetCommand({
        VpcId: vpcId,
        CidrBlock: `10.0.${index}.0/24`,
        AvailabilityZone: present(zones[index]),
      }),
    );
    return present(Subnet?.SubnetId);
  };
  const subnetIds = [await makeSubnet(0), await makeSubnet(1)] as const;
  if (hasGateway) {
    const { InternetGateway } = await ec2.send(new CreateInternetGatewayCommand({}));
    await ec2.send(
      new AttachInternetGatewayCommand({
        InternetGatewayId: present(InternetGateway?.InternetGatewayId),
        VpcId: vpcId,
      }),
    );
  }
  return { vpcId, zones, subnetIds };
}

/** An instance that has just been launched: pending. */
export async function launched(
  { clients: { ec2 } }: Target,
  input: Partial<RunInstancesCommandInput> = {},
): Promise<Instance> {
  const { Instances } = await ec2.send(
    new RunInstancesCommand({
      ImageId: imageId,
      InstanceType: 't3.medium',
      MinCount: 1,
      MaxCount: 1,
      ...input,
    }),
  );
  return present(Instances?.[0]);
}

/** An instance that runs, as DescribeInstances shows it. */
export async function running(
  target: Target,
  input: Partial<RunInstancesCommandInput> = {},
): Promise<Instance> {
  const { InstanceId } = await launched(target, input);
  return inState(target, present(InstanceId), 'running');
}

/** Waits until the instance is in the state. */
export function inState(target: Target, instanceId: string, state: string): Promise<Instance> {
  return target.eventually(async () => {
    const instance = await described(target, instanceId);
    expect(instance.State?.Name).toBe(state);
    return instance;
  });
}

export async function described({ clients: { ec2 } }: Target, instanceId: string): Promise<Instance> {
  const { Reservations } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [instanceId] }));
  return present(Reservations?.[0]?.Instances?.[0]);
}

export function primaryInterfaceId({ NetworkInterfaces }: Instance): string {
  return present(
    NetworkInterfaces?.find(({ Attachment }) => Attachment?.DeviceIndex === 0)?.NetworkInterfaceId,
  );
}

export async function anInterface(
  { clients: { ec2 } }: Target,
  subnetId: string,
  input: { readonly PrivateIpAddress?: string; readonly SecondaryPrivateIpAddressCount?: number } = {},
): Promise<string> {
  const { NetworkInterface } = await ec2.send(
    new CreateNetworkInterfaceCommand({ SubnetId: subnetId, ...input }),
  );
  return present(NetworkInterface?.NetworkInterfaceId);
}

export async function describedInterface(
  { clients: { ec2 } }: Target,
  networkInterfaceId: string,
): Promise<NetworkInterface> {
  const { NetworkInterfaces } = await ec2.send(
    new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: [networkInterfaceId] }),
  );
  return present(NetworkInterfaces?.[0]);
}

export function privateIpsOf({ PrivateIpAddresses }: NetworkInterface): string[] {
  return present(PrivateIpAddresses).map(({ PrivateIpAddress }) => present(PrivateIpAddress));
}

export interface ElasticIp {
  readonly allocationId: string;
  readonly publicIp: string;
}

export async function anElasticIp({ clients: { ec2 } }: Target): Promise<ElasticIp> {
  const { AllocationId, PublicIp } = await ec2.send(new AllocateAddressCommand({ Domain: 'vpc' }));
  return { allocationId: present(AllocationId), publicIp: present(PublicIp) };
}

export async function describedAddress({ clients: { ec2 } }: Target, allocationId: string): Promise<Address> {
  const { Addresses } = await ec2.send(new DescribeAddressesCommand({ AllocationIds: [allocationId] }));
  return present(Addresses?.[0]);
}

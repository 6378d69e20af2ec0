import {
  AllocateAddressCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DescribeInstanceAttributeCommand,
  DescribeInstanceStatusCommand,
  DescribeInstancesCommand,
  ModifyInstanceAttributeCommand,
  RunInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import { describe, expect, test } from 'vitest';
import { aLaunch, anEc2Room, aRunningInstance } from './ec2-room.ts';

describe('a terminated instance', () => {
  test('owns nothing, loses its tags after a while and shows for an hour', async () => {
    const ec2Room = anEc2Room();
    const { client, clock, room } = ec2Room;
    const id = await aRunningInstance(ec2Room, {
      TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'role', Value: 'db' }] }],
    });
    const { shuttingDownMs, terminatedTagsMs, terminatedVisibleMs } = room.world.settings;

    await client.send(new TerminateInstancesCommand({ InstanceIds: [id] }));
    clock.advanceBy(shuttingDownMs);
    const atOnce = room.instance(id);
    clock.advanceBy(terminatedTagsMs);
    const later = room.instance(id);
    clock.advanceBy(terminatedVisibleMs);

    expect(atOnce).toMatchObject({ state: 'terminated', networkInterfaceIds: [], place: undefined });
    expect(atOnce?.tags.get('role')).toBe('db');
    expect(later?.tags.size).toBe(0);
    expect(room.instance(id)).toBeUndefined();
    expect(room.world.networkInterfaces.size).toBe(0);
    expect(room.world.volumes.size).toBe(0);
    const { Reservations } = await client.send(new DescribeInstancesCommand({}));
    expect(Reservations).toEqual([]);
  });
});

describe('a launch', () => {
  test('gets as many instances as the subnet has addresses for, within its bounds', async () => {
    const ec2Room = anEc2Room();
    const launch = (MinCount: number, MaxCount: number) =>
      ec2Room.client.send(
        new RunInstancesCommand({
          ImageId: 'ami-12345678',
          InstanceType: 't3.micro',
          MinCount,
          MaxCount,
        }),
      );

    const first = await launch(1, 5_000);
    const second = launch(1, 1);

    expect(first.Instances).toHaveLength(4_091);
    await expect(second).rejects.toMatchObject({ name: 'InsufficientFreeAddressesInSubnet' });
  });

  test('without a type is of the type that the API reference names', async () => {
    const ec2Room = anEc2Room();

    const { Instances } = await ec2Room.client.send(
      new RunInstancesCommand({ ImageId: 'ami-12345678', MinCount: 1, MaxCount: 1 }),
    );

    expect(Instances?.[0]).toMatchObject({ InstanceType: 'm1.small', Architecture: 'x86_64' });
  });

  test('random addresses leave fixed ones alone, on one interface and between several', async () => {
    const ec2Room = anEc2Room();
    const fixed = ['10.9.0.5', '10.9.0.6', '10.9.0.7', '10.9.0.8'];
    const { Vpc } = await ec2Room.client.send(new CreateVpcCommand({ CidrBlock: '10.9.0.0/28' }));
    const { Subnet } = await ec2Room.client.send(
      new CreateSubnetCommand({ VpcId: Vpc?.VpcId, CidrBlock: '10.9.0.0/28' }),
    );

    const id = await aLaunch(ec2Room, {
      NetworkInterfaces: [
        {
          DeviceIndex: 0,
          SubnetId: Subnet?.SubnetId,
          SecondaryPrivateIpAddressCount: 5,
        },
        {
          DeviceIndex: 1,
          SubnetId: Subnet?.SubnetId,
          PrivateIpAddresses: fixed.map((PrivateIpAddress) => ({ PrivateIpAddress })),
        },
      ],
    });

    const [first, second] = ec2Room.room.instance(id)?.networkInterfaceIds ?? [];
    const addressesOf = (eni = '') =>
      ec2Room.room.world.networkInterfaces.get(eni)?.privateIps.map(({ address }) => address);
    expect(addressesOf(first)).toHaveLength(6);
    expect(addressesOf(second)).toHaveLength(5);
    expect(addressesOf(second)).toEqual(expect.arrayContaining(fixed));
  });

  test('a refused launch leaves nothing behind', async () => {
    const ec2Room = anEc2Room();
    const refused = aLaunch(ec2Room, {
      NetworkInterfaces: [{ DeviceIndex: 0 }, { DeviceIndex: 1, PrivateIpAddress: '172.31.0.3' }],
    });

    await expect(refused).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    expect(ec2Room.room.world.networkInterfaces.size).toBe(0);
    expect(ec2Room.room.world.instances.size).toBe(0);
    expect(ec2Room.events).toEqual([]);
  });
});

describe('status checks', () => {
  test('fail when a test says so, since then, and pass again when healed', async () => {
    const ec2Room = anEc2Room();
    const { client, clock, room } = ec2Room;
    const id = await aRunningInstance(ec2Room);
    clock.advanceBy(room.world.settings.statusCheckMs);
    const status = async () =>
      (await client.send(new DescribeInstanceStatusCommand({ InstanceIds: [id] }))).InstanceStatuses?.[0];

    room.failStatusCheck(id, 'system');
    const failing = await status();
    room.healStatusChecks(id);

    expect(failing).toMatchObject({
      InstanceStatus: { Status: 'ok' },
      SystemStatus: {
        Status: 'impaired',
        Details: [{ Name: 'reachability', Status: 'failed', ImpairedSince: new Date(clock.now()) }],
      },
    });
    expect(await status()).toMatchObject({ SystemStatus: { Status: 'ok' } });
  });

  test('are filtered by result', async () => {
    const ec2Room = anEc2Room();
    const [impaired] = [await aRunningInstance(ec2Room), await aRunningInstance(ec2Room)];
    ec2Room.room.failStatusCheck(impaired, 'instance');

    const { InstanceStatuses } = await ec2Room.client.send(
      new DescribeInstanceStatusCommand({
        Filters: [{ Name: 'instance-status.status', Values: ['impaired'] }],
      }),
    );

    expect(InstanceStatuses?.map(({ InstanceId }) => InstanceId)).toEqual([impaired]);
  });
});

describe('attributes', () => {
  test('the user data of a launch can be read, and changed while stopped only', async () => {
    const ec2Room = anEc2Room();
    const UserData = Buffer.from('#!/bin/sh').toString('base64');
    const InstanceId = await aRunningInstance(ec2Room, { UserData });

    const shown = await ec2Room.client.send(
      new DescribeInstanceAttributeCommand({ InstanceId, Attribute: 'userData' }),
    );
    const changed = ec2Room.client.send(
      new ModifyInstanceAttributeCommand({ InstanceId, InstanceType: { Value: 't3.large' } }),
    );

    expect(shown.UserData?.Value).toBe(UserData);
    await expect(changed).rejects.toMatchObject({ name: 'IncorrectInstanceState' });
  });
});

describe('hooks for other rooms', () => {
  test('after close nothing happens by itself', async () => {
    const ec2Room = anEc2Room();
    const id = await aLaunch(ec2Room);

    await ec2Room.room.close();
    ec2Room.clock.advanceBy(60_000);

    expect(ec2Room.room.instance(id)?.state).toBe('pending');
    expect(ec2Room.events).toHaveLength(1);
  });

  test('launch, tag with reserved keys and terminate as AWS itself does', async () => {
    const { room, clock } = anEc2Room();

    const [id = ''] = room.runInstances({
      ImageId: 'ami-12345678',
      MinCount: 1,
      MaxCount: 1,
      DisableApiTermination: true,
    });
    room.setAwsTags(id, { 'aws:autoscaling:groupName': 'web' });
    clock.advanceBy(60_000);
    const running = room.instance(id);
    room.terminateInstances([id]);
    clock.advanceBy(60_000);

    expect(running?.state).toBe('running');
    expect(running?.tags.get('aws:autoscaling:groupName')).toBe('web');
    expect(room.instance(id)?.state).toBe('terminated');
  });

  test('the dump is plain data', async () => {
    const ec2Room = anEc2Room();
    await aRunningInstance(ec2Room, {
      TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'role', Value: 'db' }] }],
    });

    const dump = JSON.parse(JSON.stringify(ec2Room.room.dump?.())) as object;

    expect(dump).toMatchObject({ instances: [{ state: 'running', tags: { role: 'db' } }] });
  });
});

describe('settings', () => {
  test('change the quota of Elastic IPs', async () => {
    const { client } = anEc2Room({ settings: { elasticIpQuota: 1 } });
    await client.send(new AllocateAddressCommand({}));

    const refused = client.send(new AllocateAddressCommand({}));

    await expect(refused).rejects.toMatchObject({ name: 'AddressLimitExceeded' });
  });
});

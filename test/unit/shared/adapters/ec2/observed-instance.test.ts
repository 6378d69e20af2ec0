import { describe, expect, it } from 'vitest';
import { toObservedInstance } from '../../../../../shared/adapters/ec2/observed-instance.ts';
import {
  attachmentId,
  instanceId,
  ipv6,
  networkInterfaceId,
  nowMs,
  privateIp,
  publicIp,
  subnetId,
  vpcId,
} from '../../../../builders/observed.ts';

/** An interface as DescribeInstances shows it: device 0 is the primary one. */
function anInterface(
  number: number,
  deviceIndex: number,
  addresses: readonly [privateIp: number, isPrimary: boolean][],
) {
  return {
    NetworkInterfaceId: networkInterfaceId(number),
    SubnetId: subnetId(1),
    SourceDestCheck: false,
    Ipv6Addresses: [{ Ipv6Address: '2600:1F18:1:1:0:0:0:50' }],
    Attachment: { AttachmentId: attachmentId(number), DeviceIndex: deviceIndex },
    PrivateIpAddresses: addresses.map(([last, Primary]) => ({ PrivateIpAddress: privateIp(last), Primary })),
  };
}

const described = {
  InstanceId: instanceId(1),
  State: { Name: 'running' as const },
  LaunchTime: new Date(nowMs),
  PublicIpAddress: publicIp(99),
  Tags: [
    { Key: 'role', Value: 'db' },
    { Key: 'empty', Value: '' },
  ],
  NetworkInterfaces: [anInterface(1, 0, [[1, true]])],
  PublicDnsName: 'ec2-203-0-113-99.eu-west-1.compute.amazonaws.com',
  PrivateDnsName: 'ip-10-0-1-1.eu-west-1.compute.internal',
  VpcId: vpcId(1),
  SubnetId: subnetId(1),
  Placement: { AvailabilityZone: 'eu-west-1a' },
  InstanceType: 't3.medium' as const,
  ImageId: 'ami-0123456789abcdef0',
  IamInstanceProfile: { Arn: 'arn:aws:iam::111122223333:instance-profile/db', Id: 'AIPA' },
  SecurityGroups: [{ GroupId: 'sg-0123456789abcdef0', GroupName: 'db' }],
};

describe('toObservedInstance', () => {
  it('keeps state, tags, launch time, addresses, interfaces, and what tells who it is', () => {
    expect(toObservedInstance(described, '111122223333')).toEqual({
      instanceId: instanceId(1),
      state: 'running',
      tags: { role: 'db', empty: '' },
      launchTimeMs: nowMs,
      privateIps: [{ networkInterfaceId: networkInterfaceId(1), privateIp: privateIp(1), isPrimary: true }],
      publicIp: publicIp(99),
      publicName: 'ec2-203-0-113-99.eu-west-1.compute.amazonaws.com',
      privateName: 'ip-10-0-1-1.eu-west-1.compute.internal',
      attachments: [
        {
          networkInterfaceId: networkInterfaceId(1),
          attachmentId: attachmentId(1),
          deviceIndex: 0,
          subnetId: subnetId(1),
          checksSourceDest: false,
          privateIps: [privateIp(1)],
          ipv6s: [ipv6(0x50)],
        },
      ],
      vpcId: vpcId(1),
      subnetId: subnetId(1),
      zone: 'eu-west-1a',
      instanceType: 't3.medium',
      imageId: 'ami-0123456789abcdef0',
      accountId: '111122223333',
      instanceProfileArn: 'arn:aws:iam::111122223333:instance-profile/db',
      securityGroupIds: ['sg-0123456789abcdef0'],
    });
  });

  it('puts the primary address of the primary interface first, in whatever order EC2 lists them', () => {
    const interfaces = [
      anInterface(3, 1, [
        [32, false],
        [31, true],
      ]),
      anInterface(1, 0, [
        [12, false],
        [11, true],
      ]),
    ];
    const observed = toObservedInstance({ ...described, NetworkInterfaces: interfaces }, undefined);

    expect(observed?.privateIps.map((each) => [each.privateIp, each.isPrimary])).toEqual([
      [privateIp(11), true],
      [privateIp(12), false],
      [privateIp(31), false],
      [privateIp(32), false],
    ]);
  });

  it('has an instance that is gone, which has neither tags nor addresses left', () => {
    const gone = {
      InstanceId: instanceId(1),
      State: { Name: 'terminated' as const },
      PublicIpAddress: '',
      PublicDnsName: '',
      VpcId: '',
    };

    expect(toObservedInstance(gone, undefined)).toEqual({
      instanceId: instanceId(1),
      state: 'terminated',
      tags: {},
      launchTimeMs: 0,
      privateIps: [],
      attachments: [],
      zone: '',
      instanceType: '',
      imageId: '',
      accountId: '',
      securityGroupIds: [],
    });
  });

  it.each([
    ['no id', { ...described, InstanceId: undefined }],
    ['no state yet', { ...described, State: undefined }],
    ['a state that is none', { ...described, State: { Name: 'rebooting' as never } }],
  ])('is nothing for an instance with %s', (_, instance) => {
    expect(toObservedInstance(instance, undefined)).toBeUndefined();
  });

  it('leaves out an interface and an address that cannot be named', () => {
    const odd = [
      { ...anInterface(1, 0, [[1, true]]), NetworkInterfaceId: undefined },
      { ...anInterface(2, 1, []), PrivateIpAddresses: [{ PrivateIpAddress: 'fe80::1', Primary: true }] },
    ];

    expect(toObservedInstance({ ...described, NetworkInterfaces: odd }, undefined)?.privateIps).toEqual([]);
  });
});

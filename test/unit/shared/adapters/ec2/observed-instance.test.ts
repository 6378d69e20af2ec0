import { describe, expect, it } from 'vitest';
import { toObservedInstance } from '../../../../../shared/adapters/ec2/observed-instance.ts';
import { instanceId, networkInterfaceId, nowMs, privateIp, publicIp } from '../../../../builders/observed.ts';

/** An interface as DescribeInstances shows it: device 0 is the primary one. */
function anInterface(
  number: number,
  deviceIndex: number,
  addresses: readonly [privateIp: number, isPrimary: boolean][],
) {
  return {
    NetworkInterfaceId: networkInterfaceId(number),
    Attachment: { DeviceIndex: deviceIndex },
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
};

describe('toObservedInstance', () => {
  it('keeps state, tags, launch time and addresses', () => {
    expect(toObservedInstance(described)).toEqual({
      instanceId: instanceId(1),
      state: 'running',
      tags: { role: 'db', empty: '' },
      launchTimeMs: nowMs,
      privateIps: [{ networkInterfaceId: networkInterfaceId(1), privateIp: privateIp(1), isPrimary: true }],
      publicIp: publicIp(99),
    });
  });

  it('puts the primary address of the primary interface first, in whatever order EC2 lists them', () => {
    const observed = toObservedInstance({
      ...described,
      NetworkInterfaces: [
        anInterface(3, 1, [
          [32, false],
          [31, true],
        ]),
        anInterface(1, 0, [
          [12, false],
          [11, true],
        ]),
      ],
    });

    expect(observed?.privateIps.map((each) => [each.privateIp, each.isPrimary])).toEqual([
      [privateIp(11), true],
      [privateIp(12), false],
      [privateIp(31), false],
      [privateIp(32), false],
    ]);
  });

  it('has an instance that is gone, which has neither tags nor addresses left', () => {
    const gone = { InstanceId: instanceId(1), State: { Name: 'terminated' as const }, PublicIpAddress: '' };

    expect(toObservedInstance(gone)).toEqual({
      instanceId: instanceId(1),
      state: 'terminated',
      tags: {},
      launchTimeMs: 0,
      privateIps: [],
    });
  });

  it.each([
    ['no id', { ...described, InstanceId: undefined }],
    ['no state yet', { ...described, State: undefined }],
    ['a state that is none', { ...described, State: { Name: 'rebooting' as never } }],
  ])('is nothing for an instance with %s', (_, instance) => {
    expect(toObservedInstance(instance)).toBeUndefined();
  });

  it('leaves out an interface and an address that cannot be named', () => {
    const odd = [
      { ...anInterface(1, 0, [[1, true]]), NetworkInterfaceId: undefined },
      { ...anInterface(2, 1, []), PrivateIpAddresses: [{ PrivateIpAddress: 'fe80::1', Primary: true }] },
    ];

    expect(toObservedInstance({ ...described, NetworkInterfaces: odd })?.privateIps).toEqual([]);
  });
});

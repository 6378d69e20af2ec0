import { describe, expect, it } from 'vitest';
import { toObservedNetworkInterface } from '../../../../../shared/adapters/ec2/observed-network-interface.ts';
import { aNetworkInterface, attachedTo } from '../../../../builders/network.ts';
import {
  attachmentId,
  instanceId,
  ipv6,
  networkInterfaceId,
  privateIp,
  subnetId,
  vpcId,
} from '../../../../builders/observed.ts';

const available = {
  NetworkInterfaceId: networkInterfaceId(7),
  SubnetId: subnetId(1),
  VpcId: vpcId(1),
  AvailabilityZone: 'eu-west-1a',
  PrivateIpAddresses: [
    { PrivateIpAddress: privateIp(50), Primary: false },
    { PrivateIpAddress: privateIp(7), Primary: true },
  ],
  Ipv6Addresses: [{ Ipv6Address: '2600:1f18:1:1:0::50' }],
};
const attachment = {
  AttachmentId: attachmentId(1),
  InstanceId: instanceId(1),
  DeviceIndex: 1,
  DeleteOnTermination: false,
  Status: 'attached' as const,
};

describe('toObservedNetworkInterface', () => {
  it('has an available one with its addresses, the primary one first', () => {
    expect(toObservedNetworkInterface(available)).toEqual(
      aNetworkInterface(7, { privateIps: [privateIp(7), privateIp(50)], ipv6s: [ipv6(0x50)] }),
    );
  });

  it('has where it is attached', () => {
    expect(toObservedNetworkInterface({ ...available, Attachment: attachment })).toMatchObject(attachedTo(1));
  });

  it.each(['attaching', 'attached', 'detaching', 'detached'] as const)('has the status %s', (Status) => {
    const observed = toObservedNetworkInterface({ ...available, Attachment: { ...attachment, Status } });

    expect(observed?.attachment?.status).toBe(Status);
  });

  it('takes a status that it does not know for attached, and a missing index and flag for the first and no', () => {
    const { AttachmentId } = attachment;
    const odd = { ...available, Attachment: { AttachmentId, Status: 'busy' as never } };

    expect(toObservedNetworkInterface(odd)?.attachment).toEqual({
      attachmentId: AttachmentId,
      deviceIndex: 0,
      deletesOnTermination: false,
      status: 'attached',
    });
  });

  it('has no attachment that cannot be named', () => {
    expect(toObservedNetworkInterface({ ...available, Attachment: {} })).not.toHaveProperty('attachment');
  });

  it.each(['NetworkInterfaceId', 'SubnetId', 'VpcId'])('is nothing for one without %s', (field) => {
    expect(toObservedNetworkInterface({ ...available, [field]: undefined })).toBeUndefined();
  });
});

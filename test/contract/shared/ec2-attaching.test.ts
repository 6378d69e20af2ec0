import {
  AttachNetworkInterfaceCommand,
  DetachNetworkInterfaceCommand,
  ModifyNetworkInterfaceAttributeCommand,
} from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import type { InstanceId } from '../../../shared/model/ids.ts';
import { attachmentIdSchema } from '../../../shared/model/ids.ts';
import { networkInterfaceId } from '../../builders/observed.ts';
import type { Ec2Bench } from './ec2-bench.ts';
import { anInterface, aPair, aRunningInstance, described } from './ec2-bench.ts';

/** The calls since then that wrote, in their order. */
function writesSince({ cloud }: Ec2Bench, since: number): readonly string[] {
  return cloud.callLog.calls({ since }).flatMap((call) => (call.effect === 'write' ? [call.operation] : []));
}

describe('attach-network-interface', () => {
  async function withInterface() {
    const { bench, first, second } = await aPair();
    const networkInterfaceId = await anInterface(bench);
    const change = {
      kind: 'attach-network-interface' as const,
      networkInterfaceId,
      instanceId: second.instanceId,
      deviceIndex: 1,
    };
    const attachToFirst = async () => {
      await bench.ec2.make({ ...change, instanceId: first.instanceId });
      const { Attachment } = await described(bench, networkInterfaceId);
      return attachmentIdSchema.parse(Attachment?.AttachmentId);
    };
    return { bench, first, second, networkInterfaceId, change, attachToFirst };
  }

  it('attaches an interface that is available, and returns when it is attached', async () => {
    const { bench, change, networkInterfaceId } = await withInterface();

    await bench.ec2.make(change);

    expect((await described(bench, networkInterfaceId)).Attachment).toMatchObject({
      InstanceId: change.instanceId,
      DeviceIndex: 1,
      Status: 'attached',
      DeleteOnTermination: false,
    });
  });

  it('detaches it from where it was seen, and waits until it is available', async () => {
    const { bench, change, networkInterfaceId, attachToFirst } = await withInterface();
    const from = await attachToFirst();

    await bench.ec2.make({ ...change, from });

    const { Attachment } = await described(bench, networkInterfaceId);
    expect(Attachment).toMatchObject({ InstanceId: change.instanceId, Status: 'attached' });
  });

  it('does so too where reads lag behind', async () => {
    const { bench, change, networkInterfaceId, attachToFirst } = await withInterface();
    const from = await attachToFirst();
    bench.cloud.setLag({ describeMs: 2_500 });

    await bench.ec2.make({ ...change, from });

    const { Attachment } = await described(bench, networkInterfaceId);
    expect(Attachment).toMatchObject({ InstanceId: change.instanceId, Status: 'attached' });
  });

  it('begins no call that it may not begin any more', async () => {
    const { bench, change, networkInterfaceId, attachToFirst } = await withInterface();
    const from = await attachToFirst();
    let callsLeft = 1;
    const mayBegin = () => {
      if (callsLeft === 0) throw new Error('too late');
      callsLeft -= 1;
    };

    const failing = bench.ec2.make({ ...change, from }, mayBegin);

    await expect(failing).rejects.toThrow('too late');
    expect((await described(bench, networkInterfaceId)).Attachment).toBeUndefined();
  });

  it('waits for one that is being detached already', async () => {
    const { bench, change, networkInterfaceId, attachToFirst } = await withInterface();
    const from = await attachToFirst();
    await bench.client.send(new DetachNetworkInterfaceCommand({ AttachmentId: from }));

    await bench.ec2.make({ ...change, from });

    expect((await described(bench, networkInterfaceId)).Attachment?.InstanceId).toBe(change.instanceId);
  });

  it('takes an attachment that is gone for detached', async () => {
    const { bench, change, networkInterfaceId, attachToFirst } = await withInterface();
    const from = await attachToFirst();
    await bench.client.send(new DetachNetworkInterfaceCommand({ AttachmentId: from, Force: true }));

    await bench.ec2.make({ ...change, from });

    expect((await described(bench, networkInterfaceId)).Attachment?.InstanceId).toBe(change.instanceId);
  });

  it('keeps one that is there from being deleted with its instance, and writes nothing else', async () => {
    const { bench, change, networkInterfaceId, attachToFirst } = await withInterface();
    const AttachmentId = await attachToFirst();
    await bench.client.send(
      new ModifyNetworkInterfaceAttributeCommand({
        NetworkInterfaceId: networkInterfaceId,
        Attachment: { AttachmentId, DeleteOnTermination: true },
      }),
    );
    const { sequence } = bench.cloud.callLog;
    const { Attachment } = await described(bench, networkInterfaceId);

    await bench.ec2.make({ ...change, instanceId: Attachment?.InstanceId as InstanceId });

    expect((await described(bench, networkInterfaceId)).Attachment?.DeleteOnTermination).toBe(false);
    expect(writesSince(bench, sequence)).toEqual(['ModifyNetworkInterfaceAttribute']);
  });

  it('leaves one alone that somebody attached elsewhere meanwhile', async () => {
    const { bench, change, attachToFirst } = await withInterface();
    await attachToFirst();

    const failing = bench.ec2.make(change);

    await expect(failing).rejects.toMatchObject({
      code: 'InvalidNetworkInterface.InUse',
      disposition: 'conflict',
    });
  });

  it('says that an instance in another zone is unfit, and one that has all it takes', async () => {
    const { bench, change } = await withInterface();
    const elsewhere = await aRunningInstance(bench, { subnet: bench.subnets.b });
    const full = await aRunningInstance(bench, { type: 't3.nano' });
    await bench.client.send(
      new AttachNetworkInterfaceCommand({
        NetworkInterfaceId: await anInterface(bench),
        InstanceId: full.instanceId,
        DeviceIndex: 1,
      }),
    );

    for (const { instanceId } of [elsewhere, full]) {
      await expect(bench.ec2.make({ ...change, instanceId, deviceIndex: 2 })).rejects.toMatchObject({
        code: 'CandidateUnfit',
      });
    }
  });

  it('says that an index was taken meanwhile, and that the interface is no more', async () => {
    const { bench, change } = await withInterface();
    await bench.ec2.make({ ...change, networkInterfaceId: await anInterface(bench) });

    await expect(bench.ec2.make(change)).rejects.toMatchObject({ code: 'DeviceIndexInUse' });
    await expect(
      bench.ec2.make({ ...change, networkInterfaceId: networkInterfaceId(7) }),
    ).rejects.toMatchObject({
      code: 'InvalidNetworkInterfaceID.NotFound',
      disposition: 'conflict',
    });
  });
});

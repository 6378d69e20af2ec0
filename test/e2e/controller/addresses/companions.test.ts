import {
  AssociateAddressCommand,
  DescribeAddressesAttributeCommand,
  DescribeNetworkInterfacesCommand,
} from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import { elasticIpOf } from './by-hand.ts';
import { Ground } from './ground.ts';

async function reverseNameOf({ ec2 }: Ground, allocationId: string): Promise<string | undefined> {
  const { Addresses = [] } = await ec2.send(
    new DescribeAddressesAttributeCommand({ AllocationIds: [allocationId], Attribute: 'domain-name' }),
  );
  return Addresses[0]?.PtrRecord;
}

describe('what an address brings along', () => {
  it('is the Elastic IP of an interface, which is not associated again, and the interface outlives its holder', async () => {
    await using ground = await Ground.open();
    const networkInterface = await ground.networkInterface();
    const elasticIp = await ground.elasticIp();
    await ground.ec2.send(
      new AssociateAddressCommand({ AllocationId: elasticIp, NetworkInterfaceId: networkInterface }),
    );
    await ground.theatre.define('licence', {
      addresses: [{ networkInterface }],
      records: [{ zone: 'corp.internal', name: 'licence.corp.internal', value: 'privateIp' }],
    });
    const [lead = '', understudy = ''] = await ground.launch('licence', 'a', 'a');
    const record = await ground.theatre.record('licence.corp.internal');

    const { sequence } = ground;
    await ground.theatre.terminate(lead);

    const { NetworkInterfaces = [] } = await ground.ec2.send(
      new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: [networkInterface] }),
    );
    expect(NetworkInterfaces[0]).toMatchObject({
      PrivateIpAddress: record,
      Attachment: { InstanceId: understudy, DeleteOnTermination: false },
    });
    expect(await elasticIpOf(ground, elasticIp)).toMatchObject({ InstanceId: understudy });
    expect(ground.writesSince(sequence)).not.toContain('AssociateAddress');
    // The name points at the address of the interface, which is the same wherever it is.
    expect(ground.writesSince(sequence)).not.toContain('ChangeResourceRecordSets');
  });

  it('is the reverse name of an Elastic IP, set once its forward record is there, and never again', async () => {
    await using ground = await Ground.open();
    const elasticIp = await ground.elasticIp();
    await ground.theatre.define('mail', {
      addresses: [{ elasticIp, reverseName: 'mail.example.com' }],
      records: [{ zone: 'example.com', name: 'mail.example.com', value: 'elasticIp' }],
    });

    const [lead = '', understudy = ''] = await ground.launch('mail', 'a', 'b');
    await ground.theatre.settle(120_000);
    const writes = ground.writesSince(0);
    const { sequence } = ground;
    await ground.theatre.terminate(lead);
    await ground.theatre.settle(120_000);

    expect(await reverseNameOf(ground, elasticIp)).toBe('mail.example.com.');
    expect(writes.filter((operation) => operation === 'ModifyAddressAttribute')).toHaveLength(1);
    expect(writes.indexOf('ModifyAddressAttribute')).toBeGreaterThan(
      writes.indexOf('ChangeResourceRecordSets'),
    );
    expect(await elasticIpOf(ground, elasticIp)).toMatchObject({ InstanceId: understudy });
    expect(ground.writesSince(sequence)).not.toContain('ModifyAddressAttribute');
  });

  it('is not the primary interface of anybody, which is refused', async () => {
    await using ground = await Ground.open();
    const [stranger = ''] = await ground.launch(undefined, 'a');
    const networkInterface = await ground.primaryInterface(stranger);
    await ground.theatre.define('licence', { addresses: [{ networkInterface, adopt: true }] });

    await ground.launch('licence', 'a');

    expect(ground.theatre.outcomes().at(-1)).toMatchObject({ outcome: 'refused' });
    expect(ground.theatre.outcomes().at(-1)?.refusals[0]?.words).toContain('is the primary one of');
    expect(await ground.primaryInterface(stranger)).toBe(networkInterface);
  });
});

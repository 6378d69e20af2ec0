import {
  AllocateAddressCommand,
  AssociateAddressCommand,
  DescribeAddressesAttributeCommand,
  DescribeAddressesCommand,
  DisassociateAddressCommand,
  ModifyAddressAttributeCommand,
  ReleaseAddressCommand,
  ResetAddressAttributeCommand,
} from '@aws-sdk/client-ec2';
import { expect } from 'vitest';
import { conformanceCase } from '../conformance-case.ts';
import {
  aNetwork,
  anElasticIp,
  anInterface,
  describedAddress,
  ec2Page,
  present,
  refusal,
} from './ec2-world.ts';

conformanceCase(
  'an allocated address is public, free and tagged',
  { source: ec2Page('AllocateAddress'), divergences: { moto: 'addresses are 127.x' } },
  async (target) => {
    const { ec2 } = target.clients;

    const allocated = await ec2.send(
      new AllocateAddressCommand({
        Domain: 'vpc',
        TagSpecifications: [{ ResourceType: 'elastic-ip', Tags: [{ Key: 'role', Value: 'db' }] }],
      }),
    );

    expect(allocated.PublicIp).not.toMatch(/^(?:127|10|192\.168)\./);
    const { AssociationId, InstanceId, ...address } = await describedAddress(
      target,
      present(allocated.AllocationId),
    );
    expect({ AssociationId, InstanceId }).toEqual({ AssociationId: undefined, InstanceId: undefined });
    expect(address).toMatchObject({
      PublicIp: allocated.PublicIp,
      Domain: 'vpc',
      Tags: [{ Key: 'role', Value: 'db' }],
    });
  },
);

conformanceCase(
  'a region has a quota of five addresses',
  {
    source: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/elastic-ip-addresses-eip.html',
    divergences: { moto: 'has no quota' },
  },
  async (target) => {
    for (let count = 0; count < 5; count += 1) await anElasticIp(target);

    const refused = await refusal(anElasticIp(target));

    expect(refused).toEqual({
      code: 'AddressLimitExceeded',
      message: 'The maximum number of addresses has been reached.',
      status: 400,
    });
  },
);

conformanceCase(
  'addresses are found by tag, by wildcard, by public IP and by association',
  { source: ec2Page('DescribeAddresses') },
  async (target) => {
    const { ec2 } = target.clients;
    const { subnetIds } = await aNetwork(target);
    const NetworkInterfaceId = await anInterface(target, subnetIds[0]);
    const key = `role-${Date.now()}`;
    const allocated = await ec2.send(
      new AllocateAddressCommand({
        TagSpecifications: [{ ResourceType: 'elastic-ip', Tags: [{ Key: key, Value: 'db-main' }] }],
      }),
    );
    await anElasticIp(target);
    const { AssociationId } = await ec2.send(
      new AssociateAddressCommand({ AllocationId: present(allocated.AllocationId), NetworkInterfaceId }),
    );
    const filters = [
      { Name: `tag:${key}`, Values: ['db-*'] },
      { Name: 'tag-key', Values: [key] },
      { Name: 'public-ip', Values: [present(allocated.PublicIp)] },
      { Name: 'association-id', Values: [present(AssociationId)] },
      { Name: 'network-interface-id', Values: [NetworkInterfaceId] },
    ];

    const found = await Promise.all(
      filters.map(async (filter) => {
        const { Addresses } = await ec2.send(new DescribeAddressesCommand({ Filters: [filter] }));
        return Addresses?.map(({ AllocationId }) => AllocationId);
      }),
    );

    expect(found).toEqual(filters.map(() => [allocated.AllocationId]));
  },
);

conformanceCase(
  'unknown addresses are refused by id and by public IP',
  { source: 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html' },
  async ({ clients: { ec2 } }) => {
    const byId = await refusal(
      ec2.send(new DescribeAddressesCommand({ AllocationIds: ['eipalloc-00000000000000000'] })),
    );
    const byPublicIp = await refusal(ec2.send(new DescribeAddressesCommand({ PublicIps: ['192.0.2.1'] })));
    const released = await refusal(
      ec2.send(new ReleaseAddressCommand({ AllocationId: 'eipalloc-00000000000000000' })),
    );

    expect(byId.code).toBe('InvalidAllocationID.NotFound');
    expect(byPublicIp.code).toBe('InvalidAddress.NotFound');
    expect(released.code).toBe('InvalidAllocationID.NotFound');
  },
);

conformanceCase(
  'associate, disassociate and release need ids: the public IP is not enough in a VPC',
  { source: ec2Page('DisassociateAddress'), divergences: { moto: 'takes the public IP' } },
  async (target) => {
    const { ec2 } = target.clients;
    const { publicIp: PublicIp } = await anElasticIp(target);

    const refused = [
      await refusal(ec2.send(new DisassociateAddressCommand({ PublicIp }))),
      await refusal(ec2.send(new ReleaseAddressCommand({ PublicIp }))),
      await refusal(ec2.send(new ReleaseAddressCommand({}))),
    ];

    expect(refused.map(({ code }) => code)).toEqual([
      'InvalidParameterValue',
      'InvalidParameterValue',
      'MissingParameter',
    ]);
  },
);

conformanceCase(
  'a reverse DNS record is pending at first, and locks its address until it is reset',
  {
    source: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Elastic_Addressing_Reverse_DNS.html',
    divergences: { moto: 'does not model the attribute' },
  },
  async (target) => {
    const { ec2 } = target.clients;
    const { allocationId: AllocationId } = await anElasticIp(target);
    const attributes = async () => {
      const { Addresses } = await ec2.send(
        new DescribeAddressesAttributeCommand({ AllocationIds: [AllocationId], Attribute: 'domain-name' }),
      );
      return present(Addresses?.[0]);
    };

    const modified = await ec2.send(
      new ModifyAddressAttributeCommand({ AllocationId, DomainName: 'db.example.com' }),
    );
    const set = await target.eventually(async () => {
      const attribute = await attributes();
      expect(attribute.PtrRecordUpdate).toBeUndefined();
      return attribute;
    });
    const refused = await refusal(ec2.send(new ReleaseAddressCommand({ AllocationId })));
    await ec2.send(new ResetAddressAttributeCommand({ AllocationId, Attribute: 'domain-name' }));
    await target.eventually(async () => {
      expect((await attributes()).PtrRecord).toBeUndefined();
    });
    await ec2.send(new ReleaseAddressCommand({ AllocationId }));

    expect(modified.Address).toMatchObject({
      PtrRecordUpdate: { Value: 'db.example.com.', Status: 'PENDING' },
    });
    expect(set.PtrRecord).toBe('db.example.com.');
    expect(refused.code).toBe('InvalidAddress.Locked');
  },
);

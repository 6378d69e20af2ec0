import { AssociateAddressCommand } from '@aws-sdk/client-ec2';
import { expect } from 'vitest';
import { conformanceCase } from '../conformance-case.ts';
import {
  aNetwork,
  anElasticIp,
  anInterface,
  described,
  describedAddress,
  describedInterface,
  ec2Page,
  launched,
  present,
  primaryInterfaceId,
  refusal,
  running,
} from './ec2-world.ts';

const associatePage = ec2Page('AssociateAddress');
const errorsPage = 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html';

conformanceCase(
  'an associated address shows on address, interface and instance',
  { source: associatePage },
  async (target) => {
    const { ec2 } = target.clients;
    const { subnetIds } = await aNetwork(target);
    const instance = await running(target, { SubnetId: subnetIds[0] });
    const eip = await anElasticIp(target);

    const { AssociationId } = await ec2.send(
      new AssociateAddressCommand({
        AllocationId: eip.allocationId,
        InstanceId: present(instance.InstanceId),
      }),
    );

    expect(AssociationId).toMatch(/^eipassoc-/);
    expect(await describedAddress(target, eip.allocationId)).toMatchObject({
      AssociationId,
      InstanceId: instance.InstanceId,
      NetworkInterfaceId: primaryInterfaceId(instance),
      PrivateIpAddress: instance.PrivateIpAddress,
    });
    expect(await described(target, present(instance.InstanceId))).toMatchObject({
      PublicIpAddress: eip.publicIp,
    });
    expect(await describedInterface(target, primaryInterfaceId(instance))).toMatchObject({
      Association: { PublicIp: eip.publicIp, AssociationId, AllocationId: eip.allocationId },
    });
  },
);

conformanceCase(
  'reassociation is automatic: the address moves, gets a new association id and leaves its old place',
  { source: associatePage, divergences: { moto: 'refuses reassociation unless it is allowed explicitly' } },
  async (target) => {
    const { ec2 } = target.clients;
    const { subnetIds } = await aNetwork(target);
    const [from, to] = [
      await running(target, { SubnetId: subnetIds[0] }),
      await running(target, { SubnetId: subnetIds[1] }),
    ];
    const { allocationId: AllocationId, publicIp } = await anElasticIp(target);
    const first = await ec2.send(
      new AssociateAddressCommand({ AllocationId, NetworkInterfaceId: primaryInterfaceId(from) }),
    );

    const second = await ec2.send(
      new AssociateAddressCommand({ AllocationId, NetworkInterfaceId: primaryInterfaceId(to) }),
    );

    expect(second.AssociationId).not.toBe(first.AssociationId);
    expect((await described(target, present(from.InstanceId))).PublicIpAddress).toBeUndefined();
    expect((await described(target, present(to.InstanceId))).PublicIpAddress).toBe(publicIp);
  },
);

conformanceCase(
  'AllowReassociation=false refuses an address that is associated elsewhere and changes nothing',
  { source: associatePage },
  async (target) => {
    const { ec2 } = target.clients;
    const { subnetIds } = await aNetwork(target);
    const [from, to] = [await anInterface(target, subnetIds[0]), await anInterface(target, subnetIds[0])];
    const { allocationId: AllocationId } = await anElasticIp(target);
    await ec2.send(new AssociateAddressCommand({ AllocationId, NetworkInterfaceId: from }));

    const refused = await refusal(
      ec2.send(
        new AssociateAddressCommand({ AllocationId, NetworkInterfaceId: to, AllowReassociation: false }),
      ),
    );

    expect(refused).toMatchObject({ code: 'Resource.AlreadyAssociated', status: 400 });
    expect((await describedAddress(target, AllocationId)).NetworkInterfaceId).toBe(from);
  },
);

conformanceCase(
  'the same association again succeeds and keeps its id',
  { source: associatePage, divergences: { moto: 'makes a new association id' } },
  async (target) => {
    const { ec2 } = target.clients;
    const { subnetIds } = await aNetwork(target);
    const association = {
      AllocationId: (await anElasticIp(target)).allocationId,
      NetworkInterfaceId: await anInterface(target, subnetIds[0]),
      AllowReassociation: true,
    };

    const first = await ec2.send(new AssociateAddressCommand(association));
    const second = await ec2.send(new AssociateAddressCommand(association));

    expect(second.AssociationId).toBe(first.AssociationId);
  },
);

conformanceCase(
  'an Elastic IP evicts the one that the private address had before',
  { source: associatePage, divergences: { moto: 'both stay associated' } },
  async (target) => {
    const { ec2 } = target.clients;
    const { subnetIds } = await aNetwork(target);
    const eni = await anInterface(target, subnetIds[0]);
    const [first, second] = [await anElasticIp(target), await anElasticIp(target)];
    await ec2.send(
      new AssociateAddressCommand({ AllocationId: first.allocationId, NetworkInterfaceId: eni }),
    );

    await ec2.send(
      new AssociateAddressCommand({ AllocationId: second.allocationId, NetworkInterfaceId: eni }),
    );

    expect((await describedAddress(target, first.allocationId)).AssociationId).toBeUndefined();
    expect((await describedInterface(target, eni)).Association?.PublicIp).toBe(second.publicIp);
  },
);

conformanceCase(
  'each private address of an interface takes an Elastic IP of its own',
  { source: associatePage, divergences: { moto: 'ignores PrivateIpAddress' } },
  async (target) => {
    const { ec2 } = target.clients;
    const { subnetIds } = await aNetwork(target);
    const eni = await anInterface(target, subnetIds[0], { SecondaryPrivateIpAddressCount: 1 });
    const secondary = present(
      (await describedInterface(target, eni)).PrivateIpAddresses?.[1]?.PrivateIpAddress,
    );
    const [first, second] = [await anElasticIp(target), await anElasticIp(target)];

    await ec2.send(
      new AssociateAddressCommand({ AllocationId: first.allocationId, NetworkInterfaceId: eni }),
    );
    await ec2.send(
      new AssociateAddressCommand({
        AllocationId: second.allocationId,
        NetworkInterfaceId: eni,
        PrivateIpAddress: secondary,
      }),
    );

    const { PrivateIpAddresses } = await describedInterface(target, eni);
    expect(PrivateIpAddresses?.map(({ Association }) => Association?.PublicIp)).toEqual([
      first.publicIp,
      second.publicIp,
    ]);
  },
);

conformanceCase(
  'a private address that the interface does not have is refused',
  { source: associatePage, divergences: { moto: 'ignores PrivateIpAddress' } },
  async (target) => {
    const { subnetIds } = await aNetwork(target);
    const eni = await anInterface(target, subnetIds[0], { PrivateIpAddress: '10.0.0.20' });
    const { allocationId } = await anElasticIp(target);

    const refused = await refusal(
      target.clients.ec2.send(
        new AssociateAddressCommand({
          AllocationId: allocationId,
          NetworkInterfaceId: eni,
          PrivateIpAddress: '10.0.0.21',
        }),
      ),
    );

    expect(refused).toMatchObject({ code: 'InvalidParameterValue', status: 400 });
  },
);

conformanceCase(
  'a pending instance is refused, by instance and by interface',
  { source: errorsPage, divergences: { moto: 'instances run at once' } },
  async (target) => {
    const { ec2 } = target.clients;
    const { subnetIds } = await aNetwork(target);
    const { allocationId: AllocationId } = await anElasticIp(target);
    const instance = await launched(target, { SubnetId: subnetIds[0] });

    const byInstance = await refusal(
      ec2.send(new AssociateAddressCommand({ AllocationId, InstanceId: present(instance.InstanceId) })),
    );
    const byInterface = await refusal(
      ec2.send(
        new AssociateAddressCommand({ AllocationId, NetworkInterfaceId: primaryInterfaceId(instance) }),
      ),
    );

    expect(byInstance).toEqual({
      code: 'InvalidInstanceID',
      message: `The pending instance '${instance.InstanceId}' is not in a valid state for this operation`,
      status: 400,
    });
    expect(byInterface.code).toBe('IncorrectInstanceState');
  },
);

conformanceCase(
  'InstanceId is refused for an instance with two interfaces',
  { source: errorsPage, divergences: { moto: 'takes the first interface' } },
  async (target) => {
    const { subnetIds } = await aNetwork(target);
    const instance = await running(target, {
      NetworkInterfaces: [
        { DeviceIndex: 0, SubnetId: subnetIds[0] },
        { DeviceIndex: 1, SubnetId: subnetIds[0] },
      ],
    });
    const { allocationId } = await anElasticIp(target);

    const refused = await refusal(
      target.clients.ec2.send(
        new AssociateAddressCommand({ AllocationId: allocationId, InstanceId: present(instance.InstanceId) }),
      ),
    );

    expect(refused).toMatchObject({ code: 'InvalidInstanceID', status: 400 });
  },
);

conformanceCase(
  'a VPC without an internet gateway is refused',
  { source: errorsPage, divergences: { moto: 'does not look for a gateway' } },
  async (target) => {
    const { subnetIds } = await aNetwork(target, { hasGateway: false });
    const eni = await anInterface(target, subnetIds[0]);
    const { allocationId } = await anElasticIp(target);

    const refused = await refusal(
      target.clients.ec2.send(
        new AssociateAddressCommand({ AllocationId: allocationId, NetworkInterfaceId: eni }),
      ),
    );

    expect(refused).toMatchObject({ code: 'Gateway.NotAttached', status: 400 });
  },
);

conformanceCase('unknown ids are refused by their own codes', { source: errorsPage }, async (target) => {
  const { ec2 } = target.clients;
  const { subnetIds } = await aNetwork(target);
  const NetworkInterfaceId = await anInterface(target, subnetIds[0]);
  const { allocationId: AllocationId } = await anElasticIp(target);

  const unknownAllocation = await refusal(
    ec2.send(new AssociateAddressCommand({ AllocationId: 'eipalloc-00000000000000000', NetworkInterfaceId })),
  );
  const unknownInterface = await refusal(
    ec2.send(new AssociateAddressCommand({ AllocationId, NetworkInterfaceId: 'eni-00000000000000000' })),
  );

  expect(unknownAllocation).toMatchObject({ code: 'InvalidAllocationID.NotFound', status: 400 });
  expect(unknownInterface).toMatchObject({ code: 'InvalidNetworkInterfaceID.NotFound', status: 400 });
});

import { RunInstancesCommand, TerminateInstancesCommand } from '@aws-sdk/client-ec2';
import { expect } from 'vitest';
import { conformanceCase } from '../conformance-case.ts';
import {
  aNetwork,
  described,
  describedInterface,
  ec2Page,
  imageId,
  inState,
  launched,
  present,
  primaryInterfaceId,
  refusal,
  running,
} from './ec2-world.ts';

const runPage = ec2Page('RunInstances');
const errorsPage = 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html';
const idempotencyPage = 'https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-idempotency.html';
const defaultVpcPage = 'https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc.html';

conformanceCase(
  'an image id is enough: the instance is pending, then runs in the default VPC with a public IP and names',
  { source: defaultVpcPage, divergences: { moto: 'the first description already shows running' } },
  async (target) => {
    const instance = await launched(target);
    const pending = await described(target, present(instance.InstanceId));

    const shown = await inState(target, present(instance.InstanceId), 'running');

    expect(instance.State).toEqual({ Code: 0, Name: 'pending' });
    expect(pending.State).toEqual({ Code: 0, Name: 'pending' });
    expect(shown.State).toEqual({ Code: 16, Name: 'running' });
    const dashed = shown.PublicIpAddress?.replaceAll('.', '-');
    expect(shown.PublicDnsName).toMatch(new RegExp(`^ec2-${dashed}\\.(?:compute-1|[a-z0-9-]+\\.compute)\\.`));
    expect(shown.PrivateDnsName).toMatch(
      new RegExp(`^ip-${shown.PrivateIpAddress?.replaceAll('.', '-')}\\.`),
    );
  },
);

conformanceCase(
  'the primary interface is deleted on termination',
  { source: runPage, divergences: { moto: 'says false' } },
  async (target) => {
    const instance = await running(target);

    const { Attachment } = await describedInterface(target, primaryInterfaceId(instance));

    expect(Attachment).toMatchObject({ DeviceIndex: 0, DeleteOnTermination: true, Status: 'attached' });
  },
);

conformanceCase(
  'tags, user data and a fixed address are given at launch',
  { source: runPage, divergences: { moto: 'does not tag interfaces at launch' } },
  async (target) => {
    const { subnetIds } = await aNetwork(target);

    const instance = await running(target, {
      SubnetId: subnetIds[0],
      PrivateIpAddress: '10.0.0.99',
      UserData: Buffer.from('#!/bin/sh').toString('base64'),
      TagSpecifications: [
        { ResourceType: 'instance', Tags: [{ Key: 'role', Value: 'db' }] },
        { ResourceType: 'network-interface', Tags: [{ Key: 'role', Value: 'db-nic' }] },
      ],
    });

    expect(instance).toMatchObject({ PrivateIpAddress: '10.0.0.99', Tags: [{ Key: 'role', Value: 'db' }] });
    expect((await describedInterface(target, primaryInterfaceId(instance))).TagSet).toEqual([
      { Key: 'role', Value: 'db-nic' },
    ]);
  },
);

conformanceCase(
  'an address that is taken cannot be launched with',
  { source: errorsPage, divergences: { moto: 'takes any address' } },
  async (target) => {
    const { subnetIds } = await aNetwork(target);
    await launched(target, { SubnetId: subnetIds[0], PrivateIpAddress: '10.0.0.99' });

    const refused = await refusal(
      launched(target, { SubnetId: subnetIds[0], PrivateIpAddress: '10.0.0.99' }),
    );

    expect(refused).toMatchObject({ code: 'InvalidIPAddress.InUse', status: 400 });
  },
);

conformanceCase(
  'the same client token answers the same instances, with other arguments it is refused',
  { source: idempotencyPage, divergences: { moto: 'ignores the token' } },
  async (target) => {
    const input = { ImageId: imageId, InstanceType: 't3.micro', MinCount: 1, MaxCount: 1 } as const;
    const { ec2 } = target.clients;
    const ClientToken = `conformance-${Date.now()}`;

    const first = await ec2.send(new RunInstancesCommand({ ...input, ClientToken }));
    const second = await ec2.send(new RunInstancesCommand({ ...input, ClientToken }));
    const other = await refusal(ec2.send(new RunInstancesCommand({ ...input, MaxCount: 2, ClientToken })));

    expect(second.ReservationId).toBe(first.ReservationId);
    expect(second.Instances?.map(({ InstanceId }) => InstanceId)).toEqual(
      first.Instances?.map(({ InstanceId }) => InstanceId),
    );
    expect(other).toEqual({
      code: 'IdempotentParameterMismatch',
      message:
        'Arguments on this idempotent request are inconsistent with arguments used in previous request(s).',
      status: 400,
    });
  },
);

conformanceCase(
  'a client token is of no use once its instance is terminated',
  { source: errorsPage, divergences: { moto: 'ignores the token' } },
  async (target) => {
    const { ec2 } = target.clients;
    const ClientToken = `conformance-${Date.now()}`;
    const { InstanceId } = await running(target, { ClientToken });
    await ec2.send(new TerminateInstancesCommand({ InstanceIds: [present(InstanceId)] }));
    await inState(target, present(InstanceId), 'terminated');

    const refused = await refusal(launched(target, { ClientToken }));

    expect(refused.code).toBe('IdempotentInstanceTerminated');
  },
);

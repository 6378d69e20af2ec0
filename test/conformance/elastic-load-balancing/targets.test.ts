import { StopInstancesCommand, TerminateInstancesCommand } from '@aws-sdk/client-ec2';
import { DeregisterTargetsCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { expect } from 'vitest';
import { conformanceCase } from '../conformance-case.ts';
import { inState, present, refusal, running } from '../ec2/ec2-world.ts';
import type { Target } from '../target.ts';
import { aTargetGroup, elbPage, healthOf, register } from './target-group-world.ts';

/** A group with an instance that runs in its VPC and is not registered. */
async function aGroupAndInstance(target: Target): Promise<{ readonly arn: string; readonly id: string }> {
  const { arn, subnetId } = await aTargetGroup(target);
  const { InstanceId } = await running(target, { SubnetId: subnetId });
  return { arn, id: present(InstanceId) };
}

async function idsOf(target: Target, arn: string): Promise<readonly string[]> {
  return (await healthOf(target, arn)).map((each) => each.split(' ')[0] ?? '');
}

function deregister({ clients }: Target, arn: string, id: string): Promise<unknown> {
  return clients.elasticLoadBalancing.send(
    new DeregisterTargetsCommand({ TargetGroupArn: arn, Targets: [{ Id: id }] }),
  );
}

conformanceCase(
  'an instance is a target once per port, however often it is registered',
  { source: elbPage('RegisterTargets'), divergences: { moto: 'keeps one port an instance' } },
  async (target) => {
    const { arn, id } = await aGroupAndInstance(target);

    await register(target, arn, { Id: id }, { Id: id, Port: 8080 });
    await register(target, arn, { Id: id });

    expect((await idsOf(target, arn)).toSorted()).toEqual([`${id}:80`, `${id}:8080`]);
  },
);

conformanceCase(
  'a target that is deregistered is gone, and can be deregistered again',
  { source: elbPage('DeregisterTargets'), divergences: { moto: 'the second time is refused' } },
  async (target) => {
    const { arn, id } = await aGroupAndInstance(target);
    await register(target, arn, { Id: id });

    await deregister(target, arn, id);
    await deregister(target, arn, id);

    await target.eventually(async () => expect(await idsOf(target, arn)).toEqual([]), {
      withinMs: 600_000,
    });
  },
);

conformanceCase(
  'the targets of a group that no load balancer uses are unused',
  { source: elbPage('TargetHealth'), divergences: { moto: 'all targets are healthy' } },
  async (target) => {
    const { arn, id } = await aGroupAndInstance(target);

    await register(target, arn, { Id: id });

    expect(await healthOf(target, arn)).toEqual([`${id}:80 unused Target.NotInUse`]);
  },
);

conformanceCase(
  'a target that is not registered is unused',
  { source: elbPage('TargetHealth') },
  async (target) => {
    const { arn, id } = await aGroupAndInstance(target);

    const health = await healthOf(target, arn, [{ Id: id, Port: 80 }]);

    expect(health).toEqual([`${id}:80 unused Target.NotRegistered`]);
  },
);

conformanceCase(
  'an instance that is stopped cannot be registered',
  { source: elbPage('RegisterTargets') },
  async (target) => {
    const { arn, id } = await aGroupAndInstance(target);
    await target.clients.ec2.send(new StopInstancesCommand({ InstanceIds: [id] }));
    await inState(target, id, 'stopped');

    const refused = await refusal(register(target, arn, { Id: id }));

    expect(refused).toEqual({
      code: 'InvalidTargetException',
      message: `The following targets are not in a running state and cannot be registered: '${id}'`,
      status: 400,
    });
  },
);

conformanceCase(
  'an instance that is not there cannot be registered',
  { source: elbPage('RegisterTargets'), divergences: { moto: 'registers it, or fails in EC2’s words' } },
  async (target) => {
    const { arn } = await aTargetGroup(target);

    const refused = await refusal(register(target, arn, { Id: 'i-0123456789abcdef0' }));

    expect(refused).toMatchObject({ code: 'InvalidTargetException', status: 400 });
  },
);

conformanceCase(
  'an instance of another VPC cannot be registered',
  { source: elbPage('RegisterTargets'), divergences: { moto: 'registers it' } },
  async (target) => {
    const { arn } = await aTargetGroup(target);
    const { id } = await aGroupAndInstance(target);

    const refused = await refusal(register(target, arn, { Id: id }));

    expect(refused).toMatchObject({ code: 'InvalidTargetException', status: 400 });
  },
);

conformanceCase(
  'an instance that is terminated leaves its groups by itself',
  {
    source:
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-register-targets.html',
  },
  async (target) => {
    const { arn, id } = await aGroupAndInstance(target);
    await register(target, arn, { Id: id });

    await target.clients.ec2.send(new TerminateInstancesCommand({ InstanceIds: [id] }));

    await target.eventually(async () => expect(await idsOf(target, arn)).toEqual([]), {
      withinMs: 600_000,
    });
  },
);

import {
  DescribeInstancesCommand,
  ModifyInstanceAttributeCommand,
  RebootInstancesCommand,
  StartInstancesCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import { expect } from 'vitest';
import { conformanceCase } from '../conformance-case.ts';
import { aNetwork, described, ec2Page, inState, launched, present, refusal, running } from './ec2-world.ts';

const lifeCyclePage = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-lifecycle.html';
const errorsPage = 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html';

conformanceCase(
  'stop, start and terminate answer both states and take their time',
  { source: lifeCyclePage, divergences: { moto: 'changes state at once' } },
  async (target) => {
    const { ec2 } = target.clients;
    const { InstanceId, PrivateIpAddress } = await running(target);
    const InstanceIds = [present(InstanceId)];

    const stop = await ec2.send(new StopInstancesCommand({ InstanceIds }));
    const stopped = await inState(target, present(InstanceId), 'stopped');
    const start = await ec2.send(new StartInstancesCommand({ InstanceIds }));
    await inState(target, present(InstanceId), 'running');
    const terminate = await ec2.send(new TerminateInstancesCommand({ InstanceIds }));
    const terminated = await inState(target, present(InstanceId), 'terminated');

    expect(stop.StoppingInstances).toEqual([
      {
        InstanceId,
        CurrentState: { Code: 64, Name: 'stopping' },
        PreviousState: { Code: 16, Name: 'running' },
      },
    ]);
    expect(stopped).toMatchObject({
      PrivateIpAddress,
      StateReason: { Code: 'Client.UserInitiatedShutdown' },
    });
    expect(stopped.StateTransitionReason).toMatch(/^User initiated \(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d GMT\)$/);
    expect(start.StartingInstances).toEqual([
      {
        InstanceId,
        CurrentState: { Code: 0, Name: 'pending' },
        PreviousState: { Code: 80, Name: 'stopped' },
      },
    ]);
    expect(terminate.TerminatingInstances).toEqual([
      {
        InstanceId,
        CurrentState: { Code: 32, Name: 'shutting-down' },
        PreviousState: { Code: 16, Name: 'running' },
      },
    ]);
    expect(terminated.NetworkInterfaces ?? []).toEqual([]);
    expect(terminated.PrivateIpAddress).toBeUndefined();
    expect(terminated.VpcId).toBeUndefined();
  },
);

conformanceCase(
  'an auto-assigned public IP is released by a stop and another one given by a start',
  {
    source: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html',
  },
  async (target) => {
    const { ec2 } = target.clients;
    const { InstanceId, PublicIpAddress: before } = await running(target);
    const InstanceIds = [present(InstanceId)];

    await ec2.send(new StopInstancesCommand({ InstanceIds }));
    const stopped = await inState(target, present(InstanceId), 'stopped');
    await ec2.send(new StartInstancesCommand({ InstanceIds }));
    const { PublicIpAddress: after } = await inState(target, present(InstanceId), 'running');

    expect(before).toBeDefined();
    expect(stopped.PublicIpAddress).toBeUndefined();
    expect(after).toBeDefined();
    expect(after).not.toBe(before);
  },
);

conformanceCase(
  'terminated is final: start and stop are refused, terminate again succeeds',
  { source: lifeCyclePage, divergences: { moto: 'starts terminated instances' } },
  async (target) => {
    const { ec2 } = target.clients;
    const { InstanceId } = await running(target);
    const InstanceIds = [present(InstanceId)];
    await ec2.send(new TerminateInstancesCommand({ InstanceIds }));
    await inState(target, present(InstanceId), 'terminated');

    const start = await refusal(ec2.send(new StartInstancesCommand({ InstanceIds })));
    const stop = await refusal(ec2.send(new StopInstancesCommand({ InstanceIds })));
    const { TerminatingInstances } = await ec2.send(new TerminateInstancesCommand({ InstanceIds }));

    expect(start).toEqual({
      code: 'IncorrectInstanceState',
      message: `The instance '${InstanceId}' is not in a state from which it can be started.`,
      status: 400,
    });
    expect(stop.code).toBe('IncorrectInstanceState');
    expect(TerminatingInstances?.[0]?.CurrentState?.Name).toBe('terminated');
  },
);

conformanceCase(
  'start of a running and stop of a stopped instance change nothing; reboot keeps it running',
  { source: lifeCyclePage, divergences: { moto: 'a running instance starts as pending' } },
  async (target) => {
    const { ec2 } = target.clients;
    const { InstanceId } = await running(target);
    const InstanceIds = [present(InstanceId)];

    const start = await ec2.send(new StartInstancesCommand({ InstanceIds }));
    await ec2.send(new RebootInstancesCommand({ InstanceIds }));
    const rebooted = await described(target, present(InstanceId));
    await ec2.send(new StopInstancesCommand({ InstanceIds }));
    await inState(target, present(InstanceId), 'stopped');
    const stop = await ec2.send(new StopInstancesCommand({ InstanceIds }));

    expect(start.StartingInstances?.[0]?.CurrentState?.Name).toBe('running');
    expect(rebooted.State?.Name).toBe('running');
    expect(stop.StoppingInstances?.[0]?.CurrentState?.Name).toBe('stopped');
  },
);

conformanceCase(
  'one unknown instance refuses the whole request',
  { source: ec2Page('TerminateInstances') },
  async (target) => {
    const { InstanceId } = await running(target);
    const unknown = 'i-00000000000000000';

    const refused = await refusal(
      target.clients.ec2.send(new TerminateInstancesCommand({ InstanceIds: [present(InstanceId), unknown] })),
    );

    expect(refused).toEqual({
      code: 'InvalidInstanceID.NotFound',
      message: `The instance ID '${unknown}' does not exist`,
      status: 400,
    });
    expect((await described(target, present(InstanceId))).State?.Name).toBe('running');
  },
);

conformanceCase(
  'termination protection refuses termination until it is taken away',
  { source: ec2Page('TerminateInstances'), divergences: { moto: 'ignores protection given at launch' } },
  async (target) => {
    const { ec2 } = target.clients;
    const { InstanceId } = await running(target, { DisableApiTermination: true });
    const InstanceIds = [present(InstanceId)];

    const refused = await refusal(ec2.send(new TerminateInstancesCommand({ InstanceIds })));
    await ec2.send(
      new ModifyInstanceAttributeCommand({ InstanceId, DisableApiTermination: { Value: false } }),
    );
    await ec2.send(new TerminateInstancesCommand({ InstanceIds }));

    expect(refused).toMatchObject({ code: 'OperationNotPermitted', status: 400 });
    await inState(target, present(InstanceId), 'terminated');
  },
);

conformanceCase(
  'malformed ids, unknown types and bad launch arguments are refused by their own codes',
  { source: errorsPage, divergences: { moto: 'takes any image and type, malformed ids are not found' } },
  async (target) => {
    const { ec2 } = target.clients;
    const { subnetIds } = await aNetwork(target);

    const codes = {
      instance: (await refusal(ec2.send(new DescribeInstancesCommand({ InstanceIds: ['i-12'] })))).code,
      image: (await refusal(launched(target, { ImageId: 'windows' }))).code,
      type: (await refusal(launched(target, { InstanceType: 't0.none' as 't3.micro' }))).code,
      subnet: (await refusal(launched(target, { SubnetId: 'subnet-00000000000000000' }))).code,
      group: (await refusal(launched(target, { SecurityGroupIds: ['sg-00000000000000000'] }))).code,
      both: (
        await refusal(launched(target, { SubnetId: subnetIds[0], NetworkInterfaces: [{ DeviceIndex: 0 }] }))
      ).code,
    };

    expect(codes).toEqual({
      instance: 'InvalidInstanceID.Malformed',
      image: 'InvalidAMIID.Malformed',
      type: 'InvalidParameterValue',
      subnet: 'InvalidSubnetID.NotFound',
      group: 'InvalidGroup.NotFound',
      both: 'InvalidParameterCombination',
    });
  },
);

conformanceCase(
  'a dry run answers DryRunOperation and changes nothing',
  { source: ec2Page('StopInstances') },
  async (target) => {
    const { InstanceId } = await running(target);

    const refused = await refusal(
      target.clients.ec2.send(new StopInstancesCommand({ InstanceIds: [present(InstanceId)], DryRun: true })),
    );

    expect(refused).toEqual({
      code: 'DryRunOperation',
      message: 'Request would have succeeded, but DryRun flag is set.',
      status: 412,
    });
    expect((await described(target, present(InstanceId))).State?.Name).toBe('running');
  },
);

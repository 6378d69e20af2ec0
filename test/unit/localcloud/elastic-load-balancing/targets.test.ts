import {
  CreateVpcCommand,
  StartInstancesCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import { DeregisterTargetsCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, test } from 'vitest';
import { aLaunch, aRunningInstance, aTargetGroup, aTargetRoom, healthOf, register } from './target-room.ts';

const absentInstance = 'i-0123456789abcdef0';
/** Registration, and one interval of health checks. */
const untilHealthyMs = 35_000;

/** A group in use, and an instance that is healthy in it. */
async function aHealthyTarget() {
  const room = aTargetRoom();
  const arn = await aTargetGroup(room);
  room.rooms.elasticLoadBalancing.setInUse(arn, true);
  const id = await aRunningInstance(room);
  await register(room, arn, { Id: id });
  room.pass(untilHealthyMs);
  return { room, arn, id };
}

describe('RegisterTargets', () => {
  test('registers an instance with the port of the group or its own, once', async () => {
    const room = aTargetRoom();
    const arn = await aTargetGroup(room);
    const id = await aRunningInstance(room);

    await register(room, arn, { Id: id }, { Id: id, Port: 8080 });
    await register(room, arn, { Id: id, Port: 80 });

    expect(await healthOf(room, arn)).toEqual([
      `${id}:80 unused Target.NotInUse`,
      `${id}:8080 unused Target.NotInUse`,
    ]);
  });

  test('takes all or none', async () => {
    const room = aTargetRoom();
    const arn = await aTargetGroup(room);
    const id = await aRunningInstance(room);

    await expect(register(room, arn, { Id: id }, { Id: absentInstance })).rejects.toMatchObject({
      name: 'InvalidTargetException',
      message: `The following instances do not exist: '${absentInstance}'`,
    });
    expect(await healthOf(room, arn)).toEqual([]);
  });

  test('refuses an instance that does not run, that is in another VPC, or whose id is malformed', async () => {
    const room = aTargetRoom();
    const arn = await aTargetGroup(room);
    const { Vpc } = await room.ec2.send(new CreateVpcCommand({ CidrBlock: '10.9.0.0/16' }));
    const elsewhere = await aTargetGroup(room, { Name: 'elsewhere', VpcId: Vpc?.VpcId });
    const id = await aRunningInstance(room);
    const pending = await aLaunch(room);

    await expect(register(room, elsewhere, { Id: id })).rejects.toMatchObject({
      name: 'InvalidTargetException',
      message: `The following targets are not in the target group VPC '${Vpc?.VpcId}': '${id}'`,
    });
    await expect(register(room, arn, { Id: pending })).rejects.toMatchObject({
      name: 'InvalidTargetException',
      message: `The following targets are not in a running state and cannot be registered: '${pending}'`,
    });
    await expect(register(room, arn, { Id: 'web-1' })).rejects.toMatchObject({
      name: 'ValidationError',
      message: "Instance ID 'web-1' is not valid",
    });
  });

  test('takes addresses of the VPC with the zone of their subnet, others with a zone', async () => {
    const room = aTargetRoom();
    const arn = await aTargetGroup(room, { TargetType: 'ip' });
    const id = await aRunningInstance(room, { Placement: { AvailabilityZone: 'us-east-1a' } });
    const [interfaceId = ''] = room.rooms.ec2.instance(id)?.networkInterfaceIds ?? [];
    const { address } = room.rooms.ec2.world.networkInterfaces.get(interfaceId)?.privateIps[0] ?? {};
    const own = { Id: address ?? '' };

    await register(room, arn, own, { Id: '10.99.0.1', AvailabilityZone: 'all' });

    expect(await healthOf(room, arn)).toHaveLength(2);
    await expect(register(room, arn, { ...own, AvailabilityZone: 'all' })).rejects.toThrow(
      `The IP address '${address}' is within the VPC, and cannot have its Availability Zone overridden to 'all' from 'us-east-1a'`,
    );
    await expect(register(room, arn, { Id: '10.99.0.2' })).rejects.toThrow(
      "The Availability Zone is required for IP address '10.99.0.2' because it is not in the VPC",
    );
    await expect(register(room, arn, { Id: '8.8.8.8', AvailabilityZone: 'all' })).rejects.toMatchObject({
      name: 'ValidationError',
    });
    await expect(register(room, arn, { Id: id })).rejects.toThrow(
      `The IP address '${id}' is not a valid IPv4 address`,
    );
  });

  test('has a limit', async () => {
    const room = aTargetRoom({ targetsPerGroupQuota: 1 });
    const arn = await aTargetGroup(room);
    const id = await aRunningInstance(room);

    await expect(register(room, arn, { Id: id }, { Id: id, Port: 81 })).rejects.toMatchObject({
      name: 'TooManyTargetsException',
    });
  });
});

describe('the health of a target', () => {
  test('is initial at first, and healthy after its first health check', async () => {
    const room = aTargetRoom();
    const arn = await aTargetGroup(room);
    room.rooms.elasticLoadBalancing.setInUse(arn, true);
    const id = await aRunningInstance(room);

    await register(room, arn, { Id: id });
    const states = [await healthOf(room, arn)];
    room.pass(5_000);
    states.push(await healthOf(room, arn));
    room.pass(30_000);
    states.push(await healthOf(room, arn));

    expect(states.flat()).toEqual([
      `${id}:80 initial Elb.RegistrationInProgress`,
      `${id}:80 initial Elb.InitialHealthChecking`,
      `${id}:80 healthy`,
    ]);
  });

  test('is unused while the instance is stopped, and initial again once it runs', async () => {
    const { room, arn, id } = await aHealthyTarget();

    await room.ec2.send(new StopInstancesCommand({ InstanceIds: [id] }));
    room.pass(60_000);
    const stopped = await healthOf(room, arn);
    await room.ec2.send(new StartInstancesCommand({ InstanceIds: [id] }));
    room.pass(room.rooms.ec2.world.settings.pendingMs);

    expect(stopped).toEqual([`${id}:80 unused Target.InvalidState`]);
    expect(await healthOf(room, arn)).toEqual([`${id}:80 initial Elb.RegistrationInProgress`]);
  });

  test('is unhealthy while a status check of the instance fails', async () => {
    const { room, arn, id } = await aHealthyTarget();

    room.rooms.ec2.failStatusCheck(id, 'instance');

    expect(await healthOf(room, arn)).toEqual([`${id}:80 unhealthy Target.Timeout`]);
  });

  test('of an address is that of the instance which has it', async () => {
    const room = aTargetRoom();
    const arn = await aTargetGroup(room, { TargetType: 'ip' });
    room.rooms.elasticLoadBalancing.setInUse(arn, true);
    const id = await aRunningInstance(room, { PrivateIpAddress: '172.31.0.50' });

    await register(room, arn, { Id: '172.31.0.50' }, { Id: '172.31.0.51' });
    room.pass(untilHealthyMs);

    expect(room.rooms.ec2.instance(id)?.state).toBe('running');
    expect(await healthOf(room, arn)).toEqual([
      '172.31.0.50:80 healthy',
      '172.31.0.51:80 unhealthy Target.Timeout',
    ]);
  });

  test('can be asked of some targets, of which the group may not know all', async () => {
    const { room, arn, id } = await aHealthyTarget();

    const health = await healthOf(room, arn, [{ Id: id, Port: 81 }, { Id: id }]);

    expect(health).toEqual([`${id}:81 unused Target.NotRegistered`, `${id}:80 healthy`]);
  });
});

describe('DeregisterTargets', () => {
  const deregister = ({ room, arn, id }: Awaited<ReturnType<typeof aHealthyTarget>>, port?: number) =>
    room.client.send(
      new DeregisterTargetsCommand({
        TargetGroupArn: arn,
        Targets: [{ Id: id, ...(port !== undefined && { Port: port }) }],
      }),
    );

  test('drains the target for the deregistration delay, and forgets it then', async () => {
    const target = await aHealthyTarget();
    const { room, arn, id } = target;

    await deregister(target);
    await deregister(target);
    room.pass(299_000);
    const draining = await healthOf(room, arn);
    room.pass(1_000);

    expect(draining).toEqual([`${id}:80 draining Target.DeregistrationInProgress`]);
    expect(await healthOf(room, arn)).toEqual([]);
    expect(await healthOf(room, arn, [{ Id: id }])).toEqual([`${id}:80 unused Target.NotRegistered`]);
  });

  test('is undone by registering the target again while it drains', async () => {
    const target = await aHealthyTarget();
    const { room, arn, id } = target;

    await deregister(target);
    room.pass(60_000);
    await register(room, arn, { Id: id });
    room.pass(300_000);

    expect(await healthOf(room, arn)).toEqual([`${id}:80 healthy`]);
  });

  test('forgets at once what no load balancer uses, and passes over what is not registered', async () => {
    const target = await aHealthyTarget();
    const { room, arn, id } = target;
    room.rooms.elasticLoadBalancing.setInUse(arn, false);

    await deregister(target, 8080);
    const before = await healthOf(room, arn);
    await deregister(target);

    expect(before).toEqual([`${id}:80 unused Target.NotInUse`]);
    expect(await healthOf(room, arn)).toEqual([]);
  });

  test('happens by itself when the instance is terminated', async () => {
    const { room, arn, id } = await aHealthyTarget();

    await room.ec2.send(new TerminateInstancesCommand({ InstanceIds: [id] }));
    room.pass(room.rooms.ec2.world.settings.shuttingDownMs);
    const terminated = await healthOf(room, arn);
    room.pass(300_000);

    expect(terminated).toEqual([`${id}:80 draining Target.DeregistrationInProgress`]);
    expect(await healthOf(room, arn)).toEqual([]);
  });
});

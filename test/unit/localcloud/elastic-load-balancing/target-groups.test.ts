import {
  CreateTargetGroupCommand,
  type CreateTargetGroupCommandInput,
  DeleteTargetGroupCommand,
  DescribeTargetGroupsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, test } from 'vitest';
import { aTargetGroup, aTargetRoom, healthOf } from './target-room.ts';

const absentArn = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/gone/0123456789abcdef';

describe('CreateTargetGroup', () => {
  test('makes a group with the health check that its protocol has by default', async () => {
    const room = aTargetRoom();

    const { TargetGroups } = await room.client.send(
      new CreateTargetGroupCommand({ Name: 'web', Protocol: 'HTTP', Port: 80, VpcId: room.vpcId }),
    );

    expect(TargetGroups).toEqual([
      {
        TargetGroupArn: expect.stringMatching(
          /^arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup\/web\/[0-9a-f]{16}$/,
        ),
        TargetGroupName: 'web',
        Protocol: 'HTTP',
        ProtocolVersion: 'HTTP1',
        Port: 80,
        VpcId: room.vpcId,
        HealthCheckProtocol: 'HTTP',
        HealthCheckPort: 'traffic-port',
        HealthCheckEnabled: true,
        HealthCheckIntervalSeconds: 30,
        HealthCheckTimeoutSeconds: 5,
        HealthyThresholdCount: 5,
        UnhealthyThresholdCount: 2,
        HealthCheckPath: '/',
        Matcher: { HttpCode: '200' },
        LoadBalancerArns: [],
        TargetType: 'instance',
        IpAddressType: 'ipv4',
      },
    ]);
  });

  test('keeps the settings of a health check that are given', async () => {
    const room = aTargetRoom();

    const { TargetGroups } = await room.client.send(
      new CreateTargetGroupCommand({
        Name: 'tcp',
        Protocol: 'TCP',
        Port: 5432,
        VpcId: room.vpcId,
        TargetType: 'ip',
        HealthCheckProtocol: 'HTTP',
        HealthCheckPath: '/ready',
        HealthCheckPort: '8008',
        HealthCheckIntervalSeconds: 10,
        HealthCheckTimeoutSeconds: 4,
        HealthyThresholdCount: 2,
        UnhealthyThresholdCount: 3,
      }),
    );

    expect(TargetGroups).toMatchObject([
      {
        TargetType: 'ip',
        HealthCheckProtocol: 'HTTP',
        HealthCheckPath: '/ready',
        HealthCheckPort: '8008',
        HealthCheckIntervalSeconds: 10,
        HealthCheckTimeoutSeconds: 4,
        HealthyThresholdCount: 2,
        UnhealthyThresholdCount: 3,
        Matcher: { HttpCode: '200-399' },
      },
    ]);
  });

  test('answers the same group for the same settings, and refuses others under its name', async () => {
    const room = aTargetRoom();
    const arn = await aTargetGroup(room);

    const again = await aTargetGroup(room);

    expect(again).toBe(arn);
    await expect(aTargetGroup(room, { Port: 8080 })).rejects.toMatchObject({
      name: 'DuplicateTargetGroupNameException',
      message: "A target group with the same name 'web' exists, but with different settings",
    });
  });

  const refusals: readonly (readonly [Partial<CreateTargetGroupCommandInput>, string])[] = [
    [{ Name: 'a'.repeat(33) }, `Target group name '${'a'.repeat(33)}' cannot be longer than '32' characters`],
    [
      { Name: 'a_b' },
      "Target group name 'a_b' can only contain characters that are alphanumeric characters or hyphens(-)",
    ],
    [{ Name: '-a' }, "Target group name '-a' cannot begin or end with '-'"],
    [{ Port: undefined }, 'A port must be specified'],
    [{ Protocol: undefined }, 'A protocol must be specified'],
    [{ VpcId: undefined }, 'A VPC ID must be specified'],
    [{ VpcId: 'vpc-0123456789abcdef0' }, "The VPC ID 'vpc-0123456789abcdef0' is not found"],
  ];
  test.each(refusals)('refuses %j', async (input, message) => {
    const room = aTargetRoom();

    const creation = aTargetGroup(room, input);

    await expect(creation).rejects.toMatchObject({ name: 'ValidationError', message });
  });

  test('names what it does not model', async () => {
    const room = aTargetRoom();

    const creation = aTargetGroup(room, { Tags: [{ Key: 'role', Value: 'web' }] });

    await expect(creation).rejects.toMatchObject({
      name: 'NotImplementedByLocalcloud',
      message: 'localcloud does not model the parameter Tags of Elastic Load Balancing',
    });
  });
});

describe('DescribeTargetGroups', () => {
  test('finds groups by name and by ARN, in pages', async () => {
    const room = aTargetRoom();
    const arns = [await aTargetGroup(room), await aTargetGroup(room, { Name: 'api', Port: 8080 })];
    const namesOf = async (input: object): Promise<unknown> => {
      const { TargetGroups } = await room.client.send(new DescribeTargetGroupsCommand(input));
      return TargetGroups?.map(({ TargetGroupName }) => TargetGroupName);
    };

    const first = await room.client.send(new DescribeTargetGroupsCommand({ PageSize: 1 }));

    expect(first.TargetGroups).toMatchObject([{ TargetGroupName: 'web' }]);
    expect(await namesOf({ PageSize: 1, Marker: first.NextMarker })).toEqual(['api']);
    expect(await namesOf({})).toEqual(['web', 'api']);
    expect(await namesOf({ Names: ['api'] })).toEqual(['api']);
    expect(await namesOf({ TargetGroupArns: arns })).toEqual(['web', 'api']);
  });

  test.each([{ Names: ['web', 'gone'] }, { TargetGroupArns: [absentArn] }])(
    'fails for all when one of %j is not there',
    async (input) => {
      const room = aTargetRoom();
      await aTargetGroup(room);

      const description = room.client.send(new DescribeTargetGroupsCommand(input));

      await expect(description).rejects.toMatchObject({
        name: 'TargetGroupNotFoundException',
        message: 'One or more target groups not found',
      });
    },
  );

  test('takes no other ARN', async () => {
    const room = aTargetRoom();

    const description = room.client.send(new DescribeTargetGroupsCommand({ TargetGroupArns: ['web'] }));

    await expect(description).rejects.toMatchObject({
      name: 'ValidationError',
      message: "'web' is not a valid target group ARN",
    });
  });
});

describe('DeleteTargetGroup', () => {
  test('removes the group, and succeeds when there is none', async () => {
    const room = aTargetRoom();
    const arn = await aTargetGroup(room);

    await room.client.send(new DeleteTargetGroupCommand({ TargetGroupArn: arn }));
    await room.client.send(new DeleteTargetGroupCommand({ TargetGroupArn: arn }));

    await expect(healthOf(room, arn)).rejects.toMatchObject({
      name: 'TargetGroupNotFoundException',
      message: `Target groups '${arn}' not found`,
    });
  });

  test('is refused while a load balancer uses the group', async () => {
    const room = aTargetRoom();
    const arn = await aTargetGroup(room);
    room.rooms.elasticLoadBalancing.setInUse(arn, true);

    const deletion = room.client.send(new DeleteTargetGroupCommand({ TargetGroupArn: arn }));

    await expect(deletion).rejects.toMatchObject({ name: 'ResourceInUseException' });
    const { TargetGroups } = await room.client.send(new DescribeTargetGroupsCommand({}));
    expect(TargetGroups?.[0]?.LoadBalancerArns).toEqual([
      expect.stringMatching(/:loadbalancer\/app\/web\/[0-9a-f]{16}$/),
    ]);
  });
});

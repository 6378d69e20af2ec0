import {
  CreateTargetGroupCommand,
  DeleteTargetGroupCommand,
  DescribeTargetGroupsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { expect } from 'vitest';
import { conformanceCase } from '../conformance-case.ts';
import { present, refusal } from '../ec2/ec2-world.ts';
import { aGroupName, aTargetGroup, elbPage, healthOf } from './target-group-world.ts';

conformanceCase(
  'a group for HTTP is checked at / every 30 seconds unless told otherwise',
  { source: elbPage('CreateTargetGroup') },
  async (target) => {
    const { group } = await aTargetGroup(target);

    expect(group).toMatchObject({
      TargetType: 'instance',
      ProtocolVersion: 'HTTP1',
      HealthCheckProtocol: 'HTTP',
      HealthCheckPort: 'traffic-port',
      HealthCheckPath: '/',
      HealthCheckEnabled: true,
      HealthCheckIntervalSeconds: 30,
      HealthyThresholdCount: 5,
      UnhealthyThresholdCount: 2,
      Matcher: { HttpCode: '200' },
    });
  },
);

conformanceCase(
  'the same group asked for twice is one group',
  { source: elbPage('CreateTargetGroup'), divergences: { moto: 'refuses the name' } },
  async (target) => {
    const { group, arn } = await aTargetGroup(target);

    const { TargetGroups } = await target.clients.elasticLoadBalancing.send(
      new CreateTargetGroupCommand({
        Name: group.TargetGroupName,
        Protocol: 'HTTP',
        Port: 80,
        VpcId: group.VpcId,
      }),
    );

    expect(TargetGroups?.[0]?.TargetGroupArn).toBe(arn);
  },
);

conformanceCase(
  'another group of the same name is refused',
  { source: elbPage('CreateTargetGroup') },
  async (target) => {
    const { group } = await aTargetGroup(target);

    const refused = await refusal(aTargetGroup(target, { Name: group.TargetGroupName, Port: 8080 }));

    expect(refused).toMatchObject({ code: 'DuplicateTargetGroupNameException', status: 400 });
  },
);

conformanceCase(
  'groups are found by name and by ARN, and one that is not there is an error for all',
  { source: elbPage('DescribeTargetGroups') },
  async (target) => {
    const { group, arn } = await aTargetGroup(target);
    const Name = present(group.TargetGroupName);
    const found = async (input: object): Promise<unknown> => {
      const { TargetGroups } = await target.clients.elasticLoadBalancing.send(
        new DescribeTargetGroupsCommand(input),
      );
      return TargetGroups?.map(({ TargetGroupArn }) => TargetGroupArn);
    };

    expect(await found({ Names: [Name] })).toEqual([arn]);
    expect(await found({ TargetGroupArns: [arn] })).toEqual([arn]);
    expect(await refusal(found({ Names: [Name, aGroupName()] }))).toMatchObject({
      code: 'TargetGroupNotFoundException',
      message: 'One or more target groups not found',
    });
  },
);

conformanceCase(
  'a group that is deleted is gone',
  { source: elbPage('DeleteTargetGroup') },
  async (target) => {
    const { arn } = await aTargetGroup(target);

    await target.clients.elasticLoadBalancing.send(new DeleteTargetGroupCommand({ TargetGroupArn: arn }));

    expect(await refusal(healthOf(target, arn))).toMatchObject({ code: 'TargetGroupNotFoundException' });
  },
);

import { DescribeInstanceStatusCommand, StopInstancesCommand } from '@aws-sdk/client-ec2';
import { expect } from 'vitest';
import { conformanceCase } from '../conformance-case.ts';
import { ec2Page, inState, present, running } from './ec2-world.ts';

conformanceCase(
  'status checks pass some time after the start, and only running instances show unless all are asked for',
  { source: ec2Page('DescribeInstanceStatus'), divergences: { moto: 'checks pass at once' } },
  async (target) => {
    const { ec2 } = target.clients;
    const { InstanceId } = await running(target);
    const InstanceIds = [present(InstanceId)];
    const status = async (IncludeAllInstances = false) =>
      (await ec2.send(new DescribeInstanceStatusCommand({ InstanceIds, IncludeAllInstances })))
        .InstanceStatuses ?? [];

    const [atFirst] = await status();
    const passed = await target.eventually(async () => {
      const [shown] = await status();
      expect(shown?.InstanceStatus?.Status).toBe('ok');
      return shown;
    });
    await ec2.send(new StopInstancesCommand({ InstanceIds }));
    await inState(target, present(InstanceId), 'stopped');

    expect(atFirst).toMatchObject({
      InstanceState: { Name: 'running' },
      InstanceStatus: { Status: 'initializing', Details: [{ Name: 'reachability', Status: 'initializing' }] },
    });
    expect(passed).toMatchObject({
      InstanceStatus: { Details: [{ Name: 'reachability', Status: 'passed' }] },
      SystemStatus: { Status: 'ok' },
    });
    expect(await status()).toEqual([]);
    expect(await status(true)).toMatchObject([
      { InstanceState: { Name: 'stopped' }, InstanceStatus: { Status: 'not-applicable' } },
    ]);
  },
);

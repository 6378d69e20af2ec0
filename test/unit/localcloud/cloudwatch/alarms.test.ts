import {
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  type PutMetricAlarmCommandInput,
} from '@aws-sdk/client-cloudwatch';
import { describe, expect, test } from 'vitest';
import { type AlarmRoom, anAlarmRoom, putAlarm, setState } from './alarm-room.ts';

async function namesOf({ client }: AlarmRoom, input: object = {}): Promise<unknown> {
  const { MetricAlarms } = await client.send(new DescribeAlarmsCommand(input));
  return MetricAlarms?.map(({ AlarmName }) => AlarmName);
}

describe('PutMetricAlarm', () => {
  test('makes an alarm that has too little data yet', async () => {
    const room = anAlarmRoom();

    await putAlarm(room);

    const { MetricAlarms } = await room.client.send(new DescribeAlarmsCommand({}));
    const start = new Date(room.clock.now());
    expect(MetricAlarms).toEqual([
      {
        AlarmName: 'role-web-primary-status',
        AlarmArn: 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:role-web-primary-status',
        AlarmDescription: 'role=web-primary',
        AlarmConfigurationUpdatedTimestamp: start,
        ActionsEnabled: true,
        OKActions: [],
        AlarmActions: [],
        InsufficientDataActions: [],
        StateValue: 'INSUFFICIENT_DATA',
        StateReason: 'Unchecked: Initial alarm creation',
        StateUpdatedTimestamp: start,
        StateTransitionedTimestamp: start,
        Namespace: 'AWS/EC2',
        MetricName: 'StatusCheckFailed',
        Dimensions: [{ Name: 'InstanceId', Value: 'i-0a1b2c3d4e5f60718' }],
        Statistic: 'Maximum',
        Period: 60,
        EvaluationPeriods: 2,
        Threshold: 1,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      },
    ]);
  });

  test('replaces the configuration of an alarm and leaves its state', async () => {
    const room = anAlarmRoom();
    await putAlarm(room);
    await setState(room, 'OK', 'fine');

    await putAlarm(room, { AlarmDescription: undefined, Threshold: 2 });

    const { MetricAlarms } = await room.client.send(new DescribeAlarmsCommand({}));
    expect(MetricAlarms).toMatchObject([{ Threshold: 2, StateValue: 'OK' }]);
    expect(MetricAlarms?.[0]).not.toHaveProperty('AlarmDescription');
  });

  const refusals: readonly (readonly [string, Partial<PutMetricAlarmCommandInput>])[] = [
    ['ValidationException', { Threshold: undefined }],
    ['ValidationException', { Period: 45 }],
    ['ValidationException', { MetricName: undefined }],
    ['ValidationException', { DatapointsToAlarm: 3 }],
    ['ValidationException', { ComparisonOperator: 'GreaterThanUpperThreshold' }],
    ['InvalidParameterCombinationException', { Statistic: undefined }],
    ['InvalidParameterCombinationException', { Metrics: [{ Id: 'm1', Expression: 'SUM(METRICS())' }] }],
    ['NotImplementedByLocalcloud', { Tags: [{ Key: 'role', Value: 'web' }] }],
  ];
  test.each(refusals)('answers %s to %j', async (name, input) => {
    const room = anAlarmRoom();

    await expect(putAlarm(room, input)).rejects.toMatchObject({ name });
    expect(await namesOf(room)).toEqual([]);
  });
});

describe('DescribeAlarms', () => {
  test('finds alarms by names, prefix, state and action, in pages', async () => {
    const room = anAlarmRoom();
    await putAlarm(room);
    await putAlarm(room, { AlarmName: 'other', AlarmActions: ['arn:aws:sns:eu-west-1:111122223333:pager'] });
    await setState(room, 'ALARM', 'down');

    const first = await room.client.send(new DescribeAlarmsCommand({ MaxRecords: 1 }));

    expect(first.MetricAlarms).toMatchObject([{ AlarmName: 'other' }]);
    expect(await namesOf(room, { NextToken: first.NextToken })).toEqual(['role-web-primary-status']);
    expect(await namesOf(room, { AlarmNames: ['other', 'gone'] })).toEqual(['other']);
    expect(await namesOf(room, { AlarmNamePrefix: 'role-' })).toEqual(['role-web-primary-status']);
    expect(await namesOf(room, { StateValue: 'ALARM' })).toEqual(['role-web-primary-status']);
    expect(await namesOf(room, { ActionPrefix: 'arn:aws:sns' })).toEqual(['other']);
    expect(await namesOf(room, { AlarmTypes: ['CompositeAlarm'] })).toEqual([]);
  });

  test('takes names or a prefix, not both', async () => {
    const room = anAlarmRoom();

    const description = namesOf(room, { AlarmNames: ['a'], AlarmNamePrefix: 'a' });

    await expect(description).rejects.toMatchObject({ name: 'InvalidParameterCombinationException' });
  });
});

test('DeleteAlarms removes the alarms named and passes over others', async () => {
  const room = anAlarmRoom();
  await putAlarm(room);
  await putAlarm(room, { AlarmName: 'other' });

  await room.client.send(new DeleteAlarmsCommand({ AlarmNames: ['other', 'gone'] }));

  expect(await namesOf(room)).toEqual(['role-web-primary-status']);
});

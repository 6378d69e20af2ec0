import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { expect, test } from 'vitest';
import { createCloud } from '../../../../localcloud/cloud.ts';
import { VirtualClock } from '../../../../localcloud/core/clock.ts';
import { createRequestHandler } from '../../../../localcloud/front/request-handler.ts';
import { anAlarmRoom, putAlarm, setState } from './alarm-room.ts';

const uuid = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) as string;
const stateData = '{"version":"1.0","period":60,"recentDatapoints":[1.0,1.0],"threshold":1.0}';

test('a state that becomes another one is told as CloudWatch does', async () => {
  const room = anAlarmRoom(Date.UTC(2026, 10, 20, 12, 0, 1, 10));
  await putAlarm(room);
  await setState(room, 'OK', 'fine', stateData);
  room.clock.advanceBy(300_979);

  await setState(room, 'ALARM', 'Threshold Crossed', stateData);

  expect(room.events).toHaveLength(2);
  expect(room.events[1]).toEqual({
    source: 'aws.cloudwatch',
    detailType: 'CloudWatch Alarm State Change',
    resources: ['arn:aws:cloudwatch:eu-west-1:111122223333:alarm:role-web-primary-status'],
    isGuaranteed: true,
    detail: {
      alarmName: 'role-web-primary-status',
      configuration: {
        description: 'role=web-primary',
        metrics: [
          {
            id: uuid,
            metricStat: {
              metric: {
                dimensions: { InstanceId: 'i-0a1b2c3d4e5f60718' },
                name: 'StatusCheckFailed',
                namespace: 'AWS/EC2',
              },
              period: 60,
              stat: 'Maximum',
            },
            returnData: true,
          },
        ],
      },
      previousState: {
        reason: 'fine',
        reasonData: stateData,
        timestamp: '2026-11-20T12:00:01.010+0000',
        value: 'OK',
      },
      state: {
        reason: 'Threshold Crossed',
        reasonData: stateData,
        timestamp: '2026-11-20T12:05:01.989+0000',
        value: 'ALARM',
      },
    },
  });
});

test('the first state follows the one of creation, which has no data', async () => {
  const room = anAlarmRoom();
  await putAlarm(room, { AlarmDescription: undefined });

  await setState(room, 'ALARM', 'down');

  expect(room.events[0]?.detail).toMatchObject({
    previousState: { reason: 'Unchecked: Initial alarm creation', value: 'INSUFFICIENT_DATA' },
    state: { reason: 'down', value: 'ALARM' },
  });
  expect(room.events[0]?.detail).not.toHaveProperty('configuration.description');
  expect(room.events[0]?.detail).not.toHaveProperty('state.reasonData');
});

test('metric math is told with its expression and its metrics', async () => {
  const room = anAlarmRoom();
  await putAlarm(room, {
    Namespace: undefined,
    MetricName: undefined,
    Dimensions: undefined,
    Statistic: undefined,
    Period: undefined,
    Metrics: [
      { Id: 'e1', Expression: 'SUM(METRICS())', Label: 'Failures', ReturnData: true },
      {
        Id: 'm1',
        MetricStat: {
          Metric: { Namespace: 'Web', MetricName: 'Failures', Dimensions: [{ Name: 'Slot', Value: '1' }] },
          Period: 60,
          Stat: 'Sum',
        },
        ReturnData: false,
      },
    ],
  });

  await setState(room, 'ALARM', 'down');

  expect(room.events[0]?.detail).toMatchObject({
    configuration: {
      metrics: [
        { expression: 'SUM(METRICS())', id: 'e1', label: 'Failures', returnData: true },
        {
          id: 'm1',
          metricStat: {
            metric: { dimensions: { Slot: '1' }, name: 'Failures', namespace: 'Web' },
            period: 60,
            stat: 'Sum',
          },
          returnData: false,
        },
      ],
    },
  });
});

test('the state that the alarm is in sends no event, and takes the new reason', async () => {
  const room = anAlarmRoom();
  await putAlarm(room);
  await setState(room, 'OK', 'fine');
  room.clock.advanceBy(60_000);

  await setState(room, 'OK', 'still fine');

  expect(room.events).toHaveLength(1);
  const { MetricAlarms } = await room.client.send(new DescribeAlarmsCommand({}));
  const nowMs = room.clock.now();
  expect(MetricAlarms).toMatchObject([
    {
      StateReason: 'still fine',
      StateUpdatedTimestamp: new Date(nowMs),
      StateTransitionedTimestamp: new Date(nowMs - 60_000),
    },
  ]);
});

test('an alarm that is not there, and data that is no JSON, are refused', async () => {
  const room = anAlarmRoom();

  await expect(setState(room, 'OK', 'fine')).rejects.toMatchObject({
    name: 'ResourceNotFound',
    $metadata: { httpStatusCode: 404 },
  });
  await putAlarm(room);
  await expect(setState(room, 'OK', 'fine', 'no JSON')).rejects.toMatchObject({ name: 'InvalidFormatFault' });
  expect(room.events).toEqual([]);
});

test('a change of state reaches the bus even when events get lost on the way to it', async () => {
  const cloud = createCloud({ clock: new VirtualClock() });
  cloud.rooms.events.setDeliveryFaults({ dropProbability: 1 });
  const sources: string[] = [];
  cloud.rooms.events.onEvent(({ source }) => void sources.push(source));
  const client = new CloudWatchClient({
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'unchecked' },
    requestHandler: createRequestHandler(cloud.handle),
  });
  cloud.rooms.ec2.runInstances({ ImageId: 'ami-0123456789abcdef0', MinCount: 1, MaxCount: 1 });
  await putAlarm({ client });

  await setState({ client }, 'ALARM', 'down');

  expect(sources).toEqual(['aws.cloudwatch']);
});

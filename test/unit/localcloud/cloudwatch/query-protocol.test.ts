import { expect, test } from 'vitest';
import { type AlarmRoom, anAlarmRoom } from './alarm-room.ts';

/** Sends a form as clients from before AWS JSON do. */
async function call(
  { cloud }: AlarmRoom,
  Action: string,
  parameters: Record<string, string> = {},
): Promise<{ readonly status: number; readonly body: string }> {
  return cloud.handle({
    method: 'POST',
    path: '/',
    query: new URLSearchParams(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ Action, Version: '2010-08-01', ...parameters }).toString(),
  });
}

const alarm = {
  AlarmName: 'down',
  Namespace: 'AWS/EC2',
  MetricName: 'StatusCheckFailed',
  'Dimensions.member.1.Name': 'InstanceId',
  'Dimensions.member.1.Value': 'i-0a1b2c3d4e5f60718',
  Statistic: 'Maximum',
  Period: '60',
  EvaluationPeriods: '2',
  Threshold: '1.0',
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
};

test('alarms are put, set and described', async () => {
  const room = anAlarmRoom();

  const put = await call(room, 'PutMetricAlarm', alarm);
  const set = await call(room, 'SetAlarmState', {
    AlarmName: 'down',
    StateValue: 'ALARM',
    StateReason: 'a < b',
  });
  const { body } = await call(room, 'DescribeAlarms', { 'AlarmNames.member.1': 'down' });

  expect([put.status, set.status]).toEqual([200, 200]);
  expect(body).toContain('<Name>InstanceId</Name><Value>i-0a1b2c3d4e5f60718</Value>');
  expect(body).toContain('<StateValue>ALARM</StateValue><StateReason>a &lt; b</StateReason>');
  expect(body).toContain('<StateUpdatedTimestamp>2026-01-01T00:00:00.000Z</StateUpdatedTimestamp>');
});

test('errors have the codes of this protocol', async () => {
  const room = anAlarmRoom();

  const absent = await call(room, 'SetAlarmState', { AlarmName: 'x', StateValue: 'OK', StateReason: '' });
  const invalid = await call(room, 'PutMetricAlarm', { ...alarm, Period: '45' });

  expect(absent).toMatchObject({
    status: 404,
    body: expect.stringContaining('<Code>ResourceNotFound</Code>'),
  });
  expect(invalid).toMatchObject({
    status: 400,
    body: expect.stringContaining('<Code>ValidationError</Code>'),
  });
});

test('metric data comes with times in ISO 8601', async () => {
  const room = anAlarmRoom();

  const { status } = await call(room, 'PutMetricData', {
    Namespace: 'Understudy',
    'MetricData.member.1.MetricName': 'Moves',
    'MetricData.member.1.Value': '1',
    'MetricData.member.1.Timestamp': '2026-01-01T00:00:30Z',
  });

  expect(status).toBe(200);
  expect(room.cloud.services.get('monitoring')?.dump?.()).toMatchObject({
    metrics: [{ data: [{ Timestamp: new Date('2026-01-01T00:00:30Z') }] }],
  });
});

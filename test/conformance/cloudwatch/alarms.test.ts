import {
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  type MetricAlarm,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch';
import { expect } from 'vitest';
import { conformanceCase } from '../conformance-case.ts';
import { present, refusal } from '../ec2/ec2-world.ts';
import { aName, aQueueForEvents, aRule, receiveJson } from '../events/a-rule.ts';
import type { Target } from '../target.ts';

function cloudWatchPage(action: string): string {
  return `https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_${action}.html`;
}

/** An alarm on a metric that nobody puts; returns its name. */
async function anAlarm(
  { clients }: Target,
  input: Partial<PutMetricAlarmCommandInput> = {},
): Promise<string> {
  const AlarmName = aName();
  await clients.cloudWatch.send(
    new PutMetricAlarmCommand({
      AlarmName,
      AlarmDescription: 'role=web',
      Namespace: AlarmName,
      MetricName: 'Failed',
      Dimensions: [{ Name: 'InstanceId', Value: 'i-0123456789abcdef0' }],
      Statistic: 'Maximum',
      Period: 60,
      EvaluationPeriods: 2,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      ...input,
    }),
  );
  return AlarmName;
}

async function described({ clients }: Target, name: string): Promise<MetricAlarm> {
  const { MetricAlarms } = await clients.cloudWatch.send(new DescribeAlarmsCommand({ AlarmNames: [name] }));
  return present(MetricAlarms?.[0]);
}

function setState({ clients }: Target, AlarmName: string, StateReason = 'a test'): Promise<unknown> {
  return clients.cloudWatch.send(new SetAlarmStateCommand({ AlarmName, StateValue: 'ALARM', StateReason }));
}

conformanceCase(
  'a new alarm has too little data',
  { source: cloudWatchPage('PutMetricAlarm'), divergences: { moto: 'is OK' } },
  async (target) => {
    const name = await anAlarm(target);

    expect(await described(target, name)).toMatchObject({
      AlarmDescription: 'role=web',
      ActionsEnabled: true,
      StateValue: 'INSUFFICIENT_DATA',
      StateReason: 'Unchecked: Initial alarm creation',
      Dimensions: [{ Name: 'InstanceId', Value: 'i-0123456789abcdef0' }],
    });
  },
);

conformanceCase('a state can be set', { source: cloudWatchPage('SetAlarmState') }, async (target) => {
  const name = await anAlarm(target);

  await setState(target, name);

  expect(await described(target, name)).toMatchObject({ StateValue: 'ALARM', StateReason: 'a test' });
});

conformanceCase(
  'a state that changes is told on the default bus',
  {
    source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html',
    divergences: { moto: 'no event is sent' },
  },
  async (target) => {
    const { QueueArn, QueueUrl } = await aQueueForEvents(target);
    const name = await anAlarm(target);
    const EventPattern = JSON.stringify({ source: ['aws.cloudwatch'], detail: { alarmName: [name] } });
    await aRule(target, { Arn: QueueArn }, { EventPattern });

    await setState(target, name);

    const { body } = await receiveJson(target, QueueUrl);
    expect(body).toMatchObject({
      'detail-type': 'CloudWatch Alarm State Change',
      resources: [expect.stringMatching(new RegExp(`:alarm:${name}$`))],
      detail: {
        configuration: {
          description: 'role=web',
          metrics: [
            {
              metricStat: {
                metric: {
                  namespace: name,
                  name: 'Failed',
                  dimensions: { InstanceId: 'i-0123456789abcdef0' },
                },
                period: 60,
                stat: 'Maximum',
              },
              returnData: true,
            },
          ],
        },
        previousState: { value: 'INSUFFICIENT_DATA' },
        state: {
          value: 'ALARM',
          reason: 'a test',
          timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/),
        },
      },
    });
  },
);

conformanceCase(
  'the state of an alarm that is not there cannot be set',
  { source: cloudWatchPage('SetAlarmState') },
  async (target) => {
    const refused = await refusal(setState(target, aName()));

    expect(refused).toMatchObject({ code: 'ResourceNotFound', status: 404 });
  },
);

conformanceCase(
  'an alarm watches one metric or a list of them',
  { source: cloudWatchPage('PutMetricAlarm'), divergences: { moto: 'takes both' } },
  async (target) => {
    const Metrics = [{ Id: 'e1', Expression: 'SUM(METRICS())' }];

    const refused = await refusal(anAlarm(target, { Metrics }));

    expect(refused).toMatchObject({ status: 400 });
  },
);

conformanceCase(
  'alarms are deleted by name, and names of no alarm passed over',
  { source: cloudWatchPage('DeleteAlarms') },
  async (target) => {
    const name = await anAlarm(target);

    await target.clients.cloudWatch.send(new DeleteAlarmsCommand({ AlarmNames: [name, aName()] }));

    const { MetricAlarms } = await target.clients.cloudWatch.send(
      new DescribeAlarmsCommand({ AlarmNames: [name] }),
    );
    expect(MetricAlarms).toEqual([]);
  },
);

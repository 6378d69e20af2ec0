import {
  CloudWatchClient,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
  SetAlarmStateCommand,
  type StateValue,
} from '@aws-sdk/client-cloudwatch';
import { type Cloud, createCloud } from '../../../../localcloud/cloud.ts';
import { createCloudWatch } from '../../../../localcloud/cloudwatch/cloudwatch.ts';
import { VirtualClock } from '../../../../localcloud/core/clock.ts';
import type { BusEvent } from '../../../../localcloud/core/surroundings.ts';
import { createRequestHandler } from '../../../../localcloud/front/request-handler.ts';

/** CloudWatch alone on a virtual clock, asked through the SDK. */
export interface AlarmRoom {
  readonly client: CloudWatchClient;
  readonly cloud: Cloud<object>;
  readonly clock: VirtualClock;
  /** All events that the room has published. */
  readonly events: readonly BusEvent[];
}

export function anAlarmRoom(startMs?: number): AlarmRoom {
  const clock = new VirtualClock(startMs);
  const events: BusEvent[] = [];
  const cloud = createCloud({
    clock,
    region: 'eu-west-1',
    accountId: '111122223333',
    throttles: false,
    rooms: (surroundings) => ({
      cloudWatch: createCloudWatch({ ...surroundings, publish: (event) => events.push(event) }),
    }),
  });
  const client = new CloudWatchClient({
    region: 'eu-west-1',
    credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'unchecked' },
    requestHandler: createRequestHandler(cloud.handle),
    maxAttempts: 1,
  });
  return { client, cloud, clock, events };
}

/** Puts the alarm `role-web-primary-status` on an instance's status check, unless told otherwise. */
export async function putAlarm(
  { client }: Pick<AlarmRoom, 'client'>,
  input: Partial<PutMetricAlarmCommandInput> = {},
): Promise<void> {
  await client.send(
    new PutMetricAlarmCommand({
      AlarmName: 'role-web-primary-status',
      AlarmDescription: 'role=web-primary',
      Namespace: 'AWS/EC2',
      MetricName: 'StatusCheckFailed',
      Dimensions: [{ Name: 'InstanceId', Value: 'i-0a1b2c3d4e5f60718' }],
      Statistic: 'Maximum',
      Period: 60,
      EvaluationPeriods: 2,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      ...input,
    }),
  );
}

export async function setState(
  { client }: Pick<AlarmRoom, 'client'>,
  value: StateValue,
  reason: string,
  reasonData?: string,
): Promise<void> {
  await client.send(
    new SetAlarmStateCommand({
      AlarmName: 'role-web-primary-status',
      StateValue: value,
      StateReason: reason,
      ...(reasonData !== undefined && { StateReasonData: reasonData }),
    }),
  );
}

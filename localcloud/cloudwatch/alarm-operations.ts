import { z } from 'zod';
import { AwsError } from '../core/aws-error.ts';
import { type Operation, operation } from '../core/service.ts';
import { alarmInput, alarmName, expectConsistentAlarm } from './alarm-input.ts';
import type { Alarms } from './alarms.ts';
import { alarmNotFound } from './errors.ts';
import { cloudWatchPage } from './sources.ts';

const eventsPage =
  'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html';

/** PutMetricAlarm, SetAlarmState and DeleteAlarms. */
export function alarmOperations(alarms: Alarms): readonly Operation[] {
  return [putMetricAlarm(alarms), setAlarmState(alarms), deleteAlarms(alarms)];
}

function putMetricAlarm(alarms: Alarms): Operation {
  return operation({
    name: 'PutMetricAlarm',
    effect: 'write',
    input: alarmInput,
    honesty: {
      modelled: [
        'Alarms on one metric or on metric math with a threshold. A new alarm is in INSUFFICIENT_DATA, one that is there takes the new configuration as a whole and keeps its state.',
      ],
      notModelled: [
        'No metric is evaluated: an alarm changes its state by SetAlarmState only.',
        'Actions are kept and never carried out. CloudWatch Alarm Configuration Change is not sent.',
        'Anomaly detection, alarms of other accounts, tags and composite alarms: refused by name. Quotas and request limits.',
      ],
      sources: [cloudWatchPage('PutMetricAlarm'), 'unverified: message texts'],
    },
    run: (alarm) => {
      expectConsistentAlarm(alarm);
      alarms.put({ ActionsEnabled: true, ...alarm });
      return {};
    },
  });
}

function setAlarmState(alarms: Alarms): Operation {
  return operation({
    name: 'SetAlarmState',
    effect: 'write',
    input: z.strictObject({
      AlarmName: alarmName,
      StateValue: z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']),
      StateReason: z.string().max(1_023),
      StateReasonData: z.string().max(4_000).optional(),
    }),
    honesty: {
      modelled: [
        'The alarm is in that state until it is set otherwise. Sends CloudWatch Alarm State Change when the state becomes another one, which no fault of the bus loses.',
      ],
      notModelled: ['That the next evaluation of its metric sets the alarm back.'],
      sources: [
        cloudWatchPage('SetAlarmState'),
        eventsPage,
        'unverified: that setting the state that the alarm is in sends no event',
      ],
    },
    run: ({ AlarmName, StateValue, StateReason, StateReasonData }) => {
      if (!alarms.has(AlarmName)) throw alarmNotFound(AlarmName);
      if (StateReasonData !== undefined && !isJson(StateReasonData))
        throw new AwsError('InvalidFormatFault', 'StateReasonData is not valid JSON');
      alarms.setState(AlarmName, {
        value: StateValue,
        reason: StateReason,
        reasonData: StateReasonData,
      });
      return {};
    },
  });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function deleteAlarms(alarms: Alarms): Operation {
  return operation({
    name: 'DeleteAlarms',
    effect: 'write',
    input: z.strictObject({ AlarmNames: z.array(alarmName).max(100) }),
    honesty: {
      modelled: ['The alarms named, up to 100; names of no alarm are passed over.'],
      sources: [cloudWatchPage('DeleteAlarms'), 'unverified: that a single name of no alarm is no error'],
    },
    run: ({ AlarmNames }) => {
      for (const name of AlarmNames) alarms.delete(name);
      return {};
    },
  });
}

import { z } from 'zod';
import { AwsError } from '../core/aws-error.ts';
import { type Operation, operation } from '../core/service.ts';
import type { Alarm } from './alarm.ts';
import { alarmName } from './alarm-input.ts';
import type { Alarms } from './alarms.ts';
import { invalidCombination } from './errors.ts';
import { cloudWatchPage } from './sources.ts';

const pageSizeMax = 100;

/** DescribeAlarms. */
export function describeAlarms(alarms: Alarms): Operation {
  return operation({
    name: 'DescribeAlarms',
    effect: 'read',
    input: z.strictObject({
      AlarmNames: z.array(alarmName).max(100).optional(),
      AlarmNamePrefix: z.string().min(1).max(255).optional(),
      AlarmTypes: z.array(z.enum(['MetricAlarm', 'CompositeAlarm'])).optional(),
      StateValue: z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']).optional(),
      ActionPrefix: z.string().min(1).max(1_024).optional(),
      MaxRecords: z.number().int().min(1).max(pageSizeMax).optional(),
      NextToken: z.string().optional(),
    }),
    honesty: {
      modelled: [
        'Metric alarms by names, of which those of no alarm are passed over, or prefix, by state and by the beginning of an action; pages of 50 unless MaxRecords says otherwise, by name.',
      ],
      notModelled: ['Composite alarms with their children and parents: there are none.'],
      sources: [cloudWatchPage('DescribeAlarms'), 'unverified: the order of alarms'],
    },
    run: ({ AlarmNames, AlarmNamePrefix, AlarmTypes, StateValue, ActionPrefix, MaxRecords, NextToken }) => {
      if (AlarmNames !== undefined && AlarmNamePrefix !== undefined)
        throw invalidCombination('AlarmNamePrefix cannot be specified together with AlarmNames');
      const hasMetricAlarms = AlarmTypes?.includes('MetricAlarm') ?? true;
      const after = NextToken === undefined ? undefined : nameOfToken(NextToken);
      const rest = alarms
        .list()
        .filter(
          (alarm) =>
            hasMetricAlarms &&
            (AlarmNames?.includes(alarm.configuration.AlarmName) ?? true) &&
            alarm.configuration.AlarmName.startsWith(AlarmNamePrefix ?? '') &&
            (StateValue === undefined || alarm.state.value === StateValue) &&
            (ActionPrefix === undefined || hasAction(alarm, ActionPrefix)),
        )
        .filter((alarm) => after === undefined || alarm.configuration.AlarmName > after);
      const page = rest.slice(0, MaxRecords ?? 50);
      const last = page.at(-1);
      return {
        CompositeAlarms: [],
        MetricAlarms: page.map(alarmView),
        NextToken:
          last !== undefined && rest.length > page.length
            ? Buffer.from(`after ${last.configuration.AlarmName}`).toString('base64')
            : undefined,
      };
    },
  });
}

function hasAction({ configuration }: Alarm, prefix: string): boolean {
  const { OKActions = [], AlarmActions = [], InsufficientDataActions = [] } = configuration;
  return [...OKActions, ...AlarmActions, ...InsufficientDataActions].some((action) =>
    action.startsWith(prefix),
  );
}

function nameOfToken(token: string): string {
  const text = Buffer.from(token, 'base64').toString();
  if (!text.startsWith('after ')) throw new AwsError('InvalidNextToken', `The token '${token}' is invalid`);
  return text.slice('after '.length);
}

/** A metric alarm as DescribeAlarms shows it. */
export function alarmView({ arn, configuration, configuredAtMs, state }: Alarm): object {
  return {
    ...configuration,
    AlarmArn: arn,
    AlarmConfigurationUpdatedTimestamp: new Date(configuredAtMs),
    OKActions: configuration.OKActions ?? [],
    AlarmActions: configuration.AlarmActions ?? [],
    InsufficientDataActions: configuration.InsufficientDataActions ?? [],
    Dimensions: configuration.Dimensions ?? [],
    StateValue: state.value,
    StateReason: state.reason,
    StateReasonData: state.reasonData,
    StateUpdatedTimestamp: new Date(state.updatedAtMs),
    StateTransitionedTimestamp: new Date(state.transitionedAtMs),
  };
}

import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Construct } from 'constructs';
import { alarmDefinitions, type Watched } from './alarm-definitions.ts';
import { createAlarmTopic } from './alarm-topic.ts';
import type { Names } from './names.ts';
import { pascalCase } from './pascal-case.ts';

/** The alarms; they tell a topic when they ring and when it is over. */
export function createAlarms(scope: Construct, names: Names, watched: Watched): readonly Alarm[] {
  const action = new SnsAction(createAlarmTopic(scope, names, watched.parameters.alarmEmail));
  return alarmDefinitions(watched).map(({ kind, description, metric, threshold, options }) => {
    const alarm = new Alarm(scope, `Alarm${pascalCase(kind)}`, {
      alarmName: names.alarmOf(kind),
      alarmDescription: description,
      metric,
      threshold,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      // Where nothing happens nothing is measured.
      treatMissingData: TreatMissingData.NOT_BREACHING,
      ...options,
    });
    alarm.addAlarmAction(action);
    alarm.addOkAction(action);
    return alarm;
  });
}

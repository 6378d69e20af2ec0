import {
  CloudWatchClient,
  PutMetricAlarmCommand,
  SetAlarmStateCommand,
  type StateValue,
} from '@aws-sdk/client-cloudwatch';
import { stageRegion } from '../../../demo/stage.ts';
import { createRequestHandler } from '../../../localcloud/front/request-handler.ts';
import type { Theatre } from './theatre.ts';

/** Whom an alarm is about: an instance by its dimension, or a role by its description. */
export type AlarmSubject = { readonly instanceId: string } | { readonly description: string };

/** A CloudWatch alarm that rings when it is told to. */
export class Alarm {
  readonly #cloudWatch: CloudWatchClient;
  readonly #theatre: Theatre;
  readonly #name: string;

  constructor(theatre: Theatre, name: string) {
    this.#theatre = theatre;
    this.#name = name;
    this.#cloudWatch = new CloudWatchClient({
      region: stageRegion,
      credentials: { accessKeyId: 'AKIASTAGE', secretAccessKey: 'not-checked' },
      requestHandler: createRequestHandler(theatre.stage.cloud.handle),
    });
  }

  static async create(theatre: Theatre, name: string, subject: AlarmSubject): Promise<Alarm> {
    const alarm = new Alarm(theatre, name);
    await alarm.#cloudWatch.send(
      new PutMetricAlarmCommand({
        AlarmName: name,
        Namespace: 'Databases',
        MetricName: 'ReplicationLag',
        Statistic: 'Maximum',
        Period: 60,
        EvaluationPeriods: 1,
        Threshold: 30,
        ComparisonOperator: 'GreaterThanThreshold',
        ...('instanceId' in subject
          ? { Dimensions: [{ Name: 'InstanceId', Value: subject.instanceId }] }
          : { AlarmDescription: subject.description }),
      }),
    );
    return alarm;
  }

  /** Changes its state, and lets some time pass: less than until the next resync. */
  async becomes(StateValue: StateValue, durationMs = 10_000): Promise<void> {
    await this.#cloudWatch.send(
      new SetAlarmStateCommand({ AlarmName: this.#name, StateValue, StateReason: 'for the test' }),
    );
    await this.#theatre.settle(durationMs);
  }
}

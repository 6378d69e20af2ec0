import type { AlarmInput } from './alarm-input.ts';

export type AlarmStateValue = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

export interface AlarmState {
  readonly value: AlarmStateValue;
  readonly reason: string;
  /** A JSON text; undefined when none was given. */
  readonly reasonData: string | undefined;
  /** When state, reason or data were last set, in milliseconds since the epoch. */
  readonly updatedAtMs: number;
  /** When the value last became another one. */
  readonly transitionedAtMs: number;
}

/** A metric alarm: an immutable snapshot. */
export interface Alarm {
  readonly arn: string;
  /** As PutMetricAlarm gave it, defaults filled in. */
  readonly configuration: AlarmInput;
  readonly configuredAtMs: number;
  /** What events call the metric of an alarm that has just one. */
  readonly metricId: string;
  readonly state: AlarmState;
}

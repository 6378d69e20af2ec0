import type { Surroundings } from '../core/surroundings.ts';
import type { Alarm, AlarmState } from './alarm.ts';
import { publishStateChange } from './alarm-event.ts';
import type { AlarmInput } from './alarm-input.ts';
import { alarmNotFound } from './errors.ts';

/** The metric alarms of the account. They change by what is asked of them; no metric is evaluated. */
export class Alarms {
  readonly #surroundings: Surroundings;
  readonly #alarms = new Map<string, Alarm>();

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  /** By name. */
  list(): Alarm[] {
    return [...this.#alarms.values()].sort((a, b) =>
      compare(a.configuration.AlarmName, b.configuration.AlarmName),
    );
  }

  has(name: string): boolean {
    return this.#alarms.has(name);
  }

  /** A new alarm has too little data; one that is there keeps its state. */
  put(configuration: AlarmInput): void {
    const { partition, region, accountId, clock, random } = this.#surroundings;
    const { AlarmName } = configuration;
    const known = this.#alarms.get(AlarmName);
    const nowMs = clock.now();
    this.#alarms.set(AlarmName, {
      arn: `arn:${partition}:cloudwatch:${region}:${accountId}:alarm:${AlarmName}`,
      configuration,
      configuredAtMs: nowMs,
      metricId: known?.metricId ?? random.uuid(),
      state: known?.state ?? {
        value: 'INSUFFICIENT_DATA',
        reason: 'Unchecked: Initial alarm creation',
        reasonData: undefined,
        updatedAtMs: nowMs,
        transitionedAtMs: nowMs,
      },
    });
  }

  /** Throws ResourceNotFound. Tells the default bus when the value becomes another one. */
  setState(
    name: string,
    { value, reason, reasonData }: Pick<AlarmState, 'value' | 'reason' | 'reasonData'>,
  ): void {
    const before = this.#alarms.get(name);
    if (before === undefined) throw alarmNotFound(name);
    const nowMs = this.#surroundings.clock.now();
    const isTransition = value !== before.state.value;
    const after: Alarm = {
      ...before,
      state: {
        value,
        reason,
        reasonData,
        updatedAtMs: nowMs,
        transitionedAtMs: isTransition ? nowMs : before.state.transitionedAtMs,
      },
    };
    this.#alarms.set(name, after);
    if (isTransition) publishStateChange(this.#surroundings, after, before.state);
  }

  delete(name: string): void {
    this.#alarms.delete(name);
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

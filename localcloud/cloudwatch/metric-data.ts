import { z } from 'zod';
import { type Operation, operation } from '../core/service.ts';
import { invalidCombination, invalidValue } from './errors.ts';
import { type Dimensions, dimensionsInput, namespaceInput } from './metric-input.ts';
import { cloudWatchPage } from './sources.ts';

const valueMax = 2 ** 360;
const value = z.number().min(-valueMax).max(valueMax);

const datumInput = z.strictObject({
  MetricName: z.string().min(1).max(255),
  Dimensions: dimensionsInput.optional(),
  Timestamp: z.date().optional(),
  Value: value.optional(),
  StatisticValues: z
    .strictObject({ SampleCount: value, Sum: value, Minimum: value, Maximum: value })
    .optional(),
  Values: z.array(value).max(150).optional(),
  Counts: z.array(value).max(150).optional(),
  Unit: z.string().optional(),
  StorageResolution: z.number().int().min(1).optional(),
});
type Datum = z.output<typeof datumInput>;

/** A metric that data was put for. */
export interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Dimensions;
  /** The latest, oldest first. */
  readonly data: readonly Datum[];
}

/** A day of one datum a minute. */
const dataPerMetricMax = 1_440;
const dayMs = 86_400_000;

/** What was put, by metric: to be looked at, since nothing evaluates it. */
export class MetricData {
  readonly #metrics = new Map<string, Metric>();

  list(): readonly Metric[] {
    return [...this.#metrics.values()];
  }

  put(namespace: string, datum: Datum): void {
    const { MetricName: name, Dimensions: dimensions = [] } = datum;
    const key = JSON.stringify([
      namespace,
      name,
      dimensions.map(({ Name, Value }) => [Name, Value]).toSorted(),
    ]);
    const before = this.#metrics.get(key)?.data ?? [];
    this.#metrics.set(key, {
      namespace,
      name,
      dimensions,
      data: [...before, datum].slice(-dataPerMetricMax),
    });
  }
}

/** PutMetricData. */
export function putMetricData(metricData: MetricData, nowMs: () => number): Operation {
  return operation({
    name: 'PutMetricData',
    effect: 'write',
    input: z.strictObject({
      Namespace: namespaceInput,
      MetricData: z.array(datumInput).min(1).max(1_000),
      StrictEntityValidation: z.boolean().optional(),
    }),
    honesty: {
      modelled: [
        'Values, arrays of values and statistic sets, up to 1000 a request, from two weeks ago to two hours ahead. The latest 1440 of each metric show in the state of the cloud.',
      ],
      notModelled: [
        'Everything that reads metrics: no statistics, no alarm evaluates them. Entities: refused by name. Request limits.',
      ],
      sources: [cloudWatchPage('PutMetricData'), cloudWatchPage('MetricDatum'), 'unverified: message texts'],
    },
    run: ({ Namespace, MetricData }) => {
      if (Namespace.startsWith('AWS/'))
        throw invalidValue(
          'The value AWS/ for parameter Namespace is invalid: it is reserved for AWS services',
        );
      for (const datum of MetricData) expectDatum(datum, nowMs());
      for (const datum of MetricData)
        metricData.put(Namespace, { ...datum, Timestamp: datum.Timestamp ?? new Date(nowMs()) });
      return {};
    },
  });
}

function expectDatum(
  { MetricName, Value, Values, Counts, StatisticValues, Timestamp }: Datum,
  nowMs: number,
): void {
  const kinds = [Value, Values, StatisticValues].filter((each) => each !== undefined);
  if (kinds.length !== 1)
    throw invalidCombination(
      `Exactly one of Value, Values and StatisticValues must be specified for ${MetricName}`,
    );
  if (Counts !== undefined && Counts.length !== Values?.length)
    throw invalidValue(`Values and Counts of ${MetricName} must have the same length`);
  const ageMs = Timestamp === undefined ? 0 : nowMs - Timestamp.getTime();
  if (ageMs > 14 * dayMs || ageMs < -dayMs / 12)
    throw invalidValue(
      `The Timestamp of ${MetricName} must be within two weeks before and two hours after now`,
    );
}

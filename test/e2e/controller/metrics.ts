import { z } from 'zod';
import type { Theatre } from './theatre.ts';

/** A line of a function's log as CloudWatch reads metrics out of it: its embedded metric format. */
const metricLineSchema = z.looseObject({ _aws: z.looseObject({}) });
const valueSchema = z.union([z.number(), z.array(z.number())]);

/** The values of a metric that the functions have sent so far. */
export function valuesOf({ stage }: Theatre, metric: string): readonly number[] {
  const { lambda } = stage.cloud.rooms;
  return lambda
    .functions()
    .flatMap(({ name }) => lambda.logLines(name))
    .filter(({ text }) => text.includes('"_aws"'))
    .flatMap(({ text }) => {
      const line = metricLineSchema.safeParse(JSON.parse(text));
      const values = valueSchema.safeParse(line.data?.[metric]);
      return values.success ? values.data : [];
    });
}

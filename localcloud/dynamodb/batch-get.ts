import { z } from 'zod';
import type { DynamodbAnswer, DynamodbEngine } from './dynalite-engine.ts';

const batchGetInput = z.looseObject({
  RequestItems: z.record(z.string(), z.looseObject({ ConsistentRead: z.boolean().optional() })),
});

const batchGetAnswer = z.object({
  Responses: z.record(z.string(), z.unknown()),
  UnprocessedKeys: z.record(z.string(), z.unknown()),
  ConsumedCapacity: z.array(z.unknown()).optional(),
});

/** One BatchGetItem over tables that are read strongly and tables that are read eventually: each from its own store. */
export async function batchGet(
  input: object,
  { strong, eventual }: { readonly strong: DynamodbEngine; readonly eventual: DynamodbEngine },
): Promise<DynamodbAnswer> {
  const parsed = batchGetInput.safeParse(input);
  if (strong === eventual || !parsed.success) return strong('BatchGetItem', input);
  const tables = Object.entries(parsed.data.RequestItems);
  const isStrong = ([, { ConsistentRead }]: (typeof tables)[number]): boolean => ConsistentRead === true;
  const { strongly = [], eventually = [] } = Object.groupBy(tables, (table) =>
    isStrong(table) ? 'strongly' : 'eventually',
  );
  const get = (engine: DynamodbEngine, requested: typeof tables): Promise<DynamodbAnswer> =>
    engine('BatchGetItem', { ...input, RequestItems: Object.fromEntries(requested) });
  if (eventually.length === 0) return get(strong, strongly);
  if (strongly.length === 0) return get(eventual, eventually);
  const answers = await Promise.all([get(strong, strongly), get(eventual, eventually)]);
  const [first, second] = z.tuple([batchGetAnswer, batchGetAnswer]).parse(answers);
  const { ConsumedCapacity } = first;
  return {
    Responses: { ...first.Responses, ...second.Responses },
    UnprocessedKeys: { ...first.UnprocessedKeys, ...second.UnprocessedKeys },
    ...(ConsumedCapacity && { ConsumedCapacity: [...ConsumedCapacity, ...(second.ConsumedCapacity ?? [])] }),
  };
}

import { z } from 'zod';

const responseShape = z.object({
  batchItemFailures: z.array(z.object({ itemIdentifier: z.string().min(1) })).nullish(),
});

/**
 * Which messages of a batch failed, by a function that reports batch item failures. An empty or absent list is success;
 * a response that is no JSON object of this form, an item identifier that is missing, null or empty, and one that is
 * not in the batch make the whole batch fail.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting
 */
export function failedItems(payload: string, messageIds: readonly string[]): ReadonlySet<string> {
  const response: unknown = JSON.parse(payload);
  if (response === null) return new Set();
  const parsed = responseShape.safeParse(response);
  if (!parsed.success) return new Set(messageIds);
  const failed = (parsed.data.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier);
  const known = new Set(messageIds);
  return new Set(failed.every((id) => known.has(id)) ? failed : messageIds);
}

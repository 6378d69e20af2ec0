import type { ChangeInput } from './change-input.ts';

const maxRecords = 1000;
const maxCharacters = 32_000;

/**
 * The limits of one request; an UPSERT counts twice, an alias as one record.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html
 */
export function batchLimitProblems(inputs: readonly ChangeInput[]): readonly string[] {
  let [records, characters] = [0, 0];
  for (const { Action, ResourceRecordSet } of inputs) {
    const times = Action === 'UPSERT' ? 2 : 1;
    const values = ResourceRecordSet.ResourceRecords ?? [];
    records += times * Math.max(1, values.length);
    characters += times * values.reduce((sum, { Value }) => sum + Value.length, 0);
  }
  return [
    ...(records > maxRecords ? [`Number of records limit of ${maxRecords} exceeded.`] : []),
    ...(characters > maxCharacters ? [`RDATA character limit of ${maxCharacters} exceeded.`] : []),
  ];
}

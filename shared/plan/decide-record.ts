import type { ChangeRecord } from '../model/change.ts';
import type { RecordSet } from '../model/record-set.ts';
import {
  canStandTogether,
  describeRecordSet,
  excludesType,
  isSameRecordSet,
  recordKey,
} from '../model/record-set.ts';
import type { Refusal } from '../model/role-plan.ts';
import type { DesiredRecord } from './desired-records.ts';
import type { StandingRecords } from './standing-records.ts';

/** What comes of one record that is wanted. */
export type RecordDecision =
  | { readonly kind: 'standing'; readonly record: RecordSet }
  | {
      readonly kind: 'change';
      readonly change: ChangeRecord & { readonly after: RecordSet };
      /** What somebody else wrote, cannot stay beside it, and is or was adopted. */
      readonly clears: readonly RecordSet[];
    }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/**
 * Lets stand what is right, replaces exactly what is ours or adopted, and refuses what is not. What is ours and in the way
 * under another identity is no obstacle: it is a leftover, and goes.
 */
export function decideRecord(
  { desired: after, adopts }: Pick<DesiredRecord, 'desired' | 'adopts'>,
  standing: StandingRecords,
): RecordDecision {
  if ('code' in after) return { kind: 'refused', refusal: after };
  const before = standing.at(after);
  if (before !== undefined && isSameRecordSet(before, after)) return { kind: 'standing', record: before };
  const { strangers, condemned, foreign } = standing.othersAt(after);
  const unknown = foreign.find(({ type }) => type === after.type || excludesType(type, after.type));
  if (unknown !== undefined) return { kind: 'refused', refusal: neverOurs(unknown.description, after) };
  const isInTheWay = (each: RecordSet): boolean => !canStandTogether(each, after);
  const [stranger] = strangers.filter(isInTheWay).map(describeRecordSet).toSorted();
  if (stranger !== undefined && !adopts) return { kind: 'refused', refusal: notOurs(stranger, after) };
  return {
    kind: 'change',
    change: { kind: 'change-record', ...(before && { before }), after },
    clears: [...strangers, ...condemned].filter(
      (each) => isInTheWay(each) && recordKey(each) !== recordKey(after),
    ),
  };
}

function notOurs(description: string, after: RecordSet): Refusal {
  return {
    code: 'RecordNotOurs',
    words: `${after.name} in ${after.zoneId} is "${description}", which Understudy did not write; adopt: true on the record would replace it`,
  };
}

/** An exact replacement would need what is not read of them, so they are not even adopted. */
function neverOurs(description: string, after: RecordSet): Refusal {
  return {
    code: 'RecordNotOurs',
    words: `${after.name} in ${after.zoneId} is "${description}", which is not a record of Understudy's kinds; delete it by hand`,
  };
}

/** Two slots want one record, such as the PTR of one address, with different content. */
export function takenBySlot(slot: number, after: RecordSet): Refusal {
  return {
    code: 'RecordNotOurs',
    words: `${describeRecordSet(after)} cannot be had: slot ${slot} of the role has that record with another value`,
  };
}

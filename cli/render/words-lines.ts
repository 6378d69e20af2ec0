import { failoverWaitMs } from '../../shared/plan/election/seating.ts';
import type { RoleOutlook } from '../role-outlook.ts';
import { drainsIn } from '../role-outlook.ts';
import { ageText } from './times.ts';

/** What operators asked of a role, one line each: what, who, how long ago. */
export function wordsLines(outlook: RoleOutlook, nowMs: number): readonly string[] {
  const { pin, frozen, failover } = outlook.words;
  const said = (atMs: number) => `${ageText(atMs, nowMs)} ago`;
  const asked = isInForce(outlook, nowMs) ? failover : undefined;
  return [
    ...(frozen === undefined ? [] : [`frozen by ${frozen.by}, ${said(frozen.atMs)}`]),
    ...(pin === undefined ? [] : [`pinned to ${pin.instanceId} by ${pin.by}, ${said(pin.atMs)}`]),
    ...(asked === undefined
      ? []
      : [
          `failover ${outlook.isGroup ? `of slot ${asked.slot} ` : ''}to ${asked.to ?? 'another'} asked by ${asked.by}, ${said(asked.atMs)}`,
        ]),
    ...drainsIn(outlook).map(({ instanceId, words, atMs }) => `${instanceId} ${words}, ${said(atMs)}`),
  ];
}

/** In a word each, to stand beside the state of a role. */
export function markTexts(outlook: RoleOutlook): readonly string[] {
  const { pin, frozen } = outlook.words;
  const isFrozen = frozen !== undefined && outlook.condition !== 'frozen';
  const drained = new Set(drainsIn(outlook).map(({ instanceId }) => instanceId));
  const isDrained = outlook.slots.some(({ holder }) => holder !== undefined && drained.has(holder));
  return [
    ...(isFrozen ? ['frozen'] : []),
    ...(pin === undefined ? [] : ['pinned']),
    ...(isDrained ? ['drained'] : []),
  ];
}

/** A failover that was made, or waited too long, is over; its words may still be there. */
function isInForce({ words, slots }: RoleOutlook, nowMs: number): boolean {
  const { failover } = words;
  if (failover === undefined || nowMs >= failover.atMs + failoverWaitMs) return false;
  return slots.some(({ slot, generation }) => slot === failover.slot && generation === failover.generation);
}

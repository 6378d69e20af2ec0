import type { Verdict } from '../../shared/model/role-plan.ts';
import type { RoleOutlook } from '../role-outlook.ts';
import { hasWork } from '../role-outlook.ts';
import type { SlotOutlook } from '../slot-outlook.ts';
import type { Style } from '../terminal.ts';
import { conditionText } from './condition-text.ts';

/** What would change, role by role, and the verdict on each candidate. */
export function planLines(outlooks: readonly RoleOutlook[], style: Style): readonly string[] {
  return outlooks.flatMap((outlook, index) => [
    ...(index === 0 ? [] : ['']),
    headline(outlook, style),
    ...reasonLines(outlook),
    ...outlook.slots.flatMap((slot) => slotLines(outlook, slot, style)),
    ...verdictLines(outlook, style),
  ]);
}

function headline(outlook: RoleOutlook, style: Style): string {
  const { role, condition, slots, isGroup } = outlook;
  const name = `${style.bold(role)} ${conditionText(condition, style)}`;
  if (condition === 'frozen') return `${name}, without that a reconcile would act:`;
  if (slots.some(hasWork)) return `${name}, a reconcile would act:`;
  if (condition === 'partly refused') return `${name}, nothing more can be done`;
  if (condition !== 'ok') return `${name}, nothing can be done`;
  const holding = isGroup ? `all ${slots.length} slots are held` : `${slots[0]?.holder} holds it`;
  return `${name}, ${holding}, nothing to do`;
}

/** A refusal stands below in its own line. */
function reasonLines({ reason, slots }: RoleOutlook): readonly string[] {
  const isToldBelow = slots.some(({ refusals }) => refusals.some(({ words }) => reason.includes(words)));
  return reason === '' || isToldBelow ? [] : [`  because ${reason}`];
}

/** What would be done with one slot; nothing where there is nothing to do. */
function slotLines({ isGroup }: RoleOutlook, slot: SlotOutlook, style: Style): readonly string[] {
  const { changes, refusals } = slot;
  const lines = [
    ...moveLines(slot),
    ...changes.map((change) => `  ${style.yellow('~')} ${change}`),
    ...refusals.map(({ code, words }) => `  ${style.red('!')} ${code}: ${words}`),
  ];
  return isGroup && lines.length > 0 ? [`  slot ${slot.slot}`, ...lines.map((line) => `  ${line}`)] : lines;
}

function moveLines({ holder, generation, next }: SlotOutlook): readonly string[] {
  if (holder === next.holder) return [];
  const to = next.holder ?? 'nobody';
  return [`  holder ${holder ?? 'nobody'} -> ${to}, generation ${generation} -> ${next.generation}`];
}

function verdictLines(outlook: RoleOutlook, style: Style): readonly string[] {
  const { verdicts } = outlook;
  return verdicts.map((verdict) => {
    const { instanceId, kind } = verdict;
    return `  ${style.dim(kind.padEnd(9))} ${instanceId}  ${wordsOf(verdict, outlook)}`;
  });
}

/** The plan speaks as if it were done already. */
function wordsOf({ kind, words, instanceId }: Verdict, { slots }: RoleOutlook): string {
  const isNew = kind === 'holder' && !slots.some(({ holder }) => holder === instanceId);
  return isNew ? words.replace(/^holds/, 'would hold') : words;
}

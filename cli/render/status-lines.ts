import type { RoleOutlook } from '../role-outlook.ts';
import { unauthorizedIn } from '../role-outlook.ts';
import type { SlotOutlook } from '../slot-outlook.ts';
import type { Style } from '../terminal.ts';
import { conditionText } from './condition-text.ts';
import { standingTexts } from './standing-texts.ts';
import { tableLines } from './table-lines.ts';
import { ageText } from './times.ts';
import { markTexts, wordsLines } from './words-lines.ts';

const head = ['ROLE', 'STATE', 'HOLDER', 'GEN', 'SINCE', 'ADDRESSES AND RECORDS'];

/** A group of more slots is told in one row, unless each is asked for. */
const slotRowsMax = 10;
/** Whoever can tag can ask, as often as they like. */
const claimantsMax = 5;

interface StatusOptions {
  readonly nowMs: number;
  /** Whether every slot has its row, however many there are. */
  readonly showsSlots: boolean;
}

/** A table of all roles, and below it what is the matter and what operators asked. */
export function statusLines(
  outlooks: readonly RoleOutlook[],
  options: StatusOptions,
  style: Style,
): readonly string[] {
  const rows = outlooks.flatMap((outlook) => rowsOf(outlook, options, style));
  const remarks = outlooks.flatMap((outlook) => remarkLines(outlook, options.nowMs, style));
  return [...tableLines(head, rows, style), ...(remarks.length === 0 ? [] : ['', ...remarks])];
}

type Row = readonly string[];

function rowsOf(outlook: RoleOutlook, { nowMs, showsSlots }: StatusOptions, style: Style): readonly Row[] {
  const { role, slots, isGroup } = outlook;
  const state = [conditionText(outlook.condition, style), ...markTexts(outlook)].join('\n');
  const [first] = slots;
  if (first === undefined) return [[style.bold(role), state, '-', '-', '-', '']];
  if (!isGroup) return slots.map((slot) => [style.bold(role), state, ...slotCells(slot, nowMs, style)]);
  const held = slots.filter(({ holder }) => holder !== undefined).length;
  const isSummary = slots.length > slotRowsMax && !showsSlots;
  const hint = isSummary ? style.dim('--slots shows each') : '';
  const summary = [style.bold(role), state, `${held} of ${slots.length} slots held`, '', '', hint];
  if (isSummary) return [summary];
  return [
    summary,
    ...slots.map((slot) => [
      `  slot ${slot.slot}`,
      conditionText(slot.condition, style),
      ...slotCells(slot, nowMs, style),
    ]),
  ];
}

function slotCells(slot: SlotOutlook, nowMs: number, style: Style): Row {
  return [
    slot.holder ?? '-',
    String(slot.generation),
    slot.sinceMs === undefined ? '-' : ageText(slot.sinceMs, nowMs),
    standingTexts(slot, style).join('\n'),
  ];
}

function remarkLines(outlook: RoleOutlook, nowMs: number, style: Style): readonly string[] {
  const { role, condition, reason, slots, verdicts } = outlook;
  const name = style.bold(role);
  const isAboutCandidates = condition === 'vacant' || condition === 'waiting';
  const unauthorized = unauthorizedIn(outlook);
  const others = verdicts.filter((each) => !unauthorized.includes(each));
  return [
    ...(condition === 'ok' ? [] : [`${name} ${conditionText(condition, style)}: ${reason}`]),
    ...slots.flatMap((slot) => slotRemarks(slot, reason, style)),
    ...(isAboutCandidates ? others.map(({ instanceId, words }) => `  ${instanceId} ${words}`) : []),
    ...wordsLines(outlook, nowMs).map((words) => `${name} ${words}`),
    ...unauthorized
      .slice(0, claimantsMax)
      .map(({ instanceId, words }) => `${name} ${style.red('refused claimant')} ${instanceId}: ${words}`),
    ...(unauthorized.length > claimantsMax
      ? [`${name} and ${unauthorized.length - claimantsMax} more; understudy explain ${role} names them`]
      : []),
  ];
}

/** What is to be done, and what was refused beside what the reason of the role says already. */
function slotRemarks({ changes, refusals }: SlotOutlook, reason: string, style: Style): readonly string[] {
  return [
    ...changes.map((change) => `  ${style.yellow('~')} ${change}`),
    ...refusals
      .filter(({ words }) => !reason.includes(words))
      .map(({ words }) => `  ${style.red('!')} ${words}`),
  ];
}

import type { Verdict } from '../../shared/model/role-plan.ts';
import { isLeftOut } from '../../shared/plan/election/unfit.ts';
import { needOfCandidate, needOfRefusal } from '../needs.ts';
import type { RoleOutlook } from '../role-outlook.ts';
import type { SlotOutlook } from '../slot-outlook.ts';
import type { Style } from '../terminal.ts';
import { conditionText } from './condition-text.ts';
import { tableLines } from './table-lines.ts';
import { ageText, timeText } from './times.ts';
import { wordsLines } from './words-lines.ts';

/** Everything that decides who holds a role, in words: state, candidates, what events told, what operators asked. */
export function explainLines(outlook: RoleOutlook, nowMs: number, style: Style): readonly string[] {
  const { role, condition, reason } = outlook;
  const sections = [
    ['slots', outlook.slots.flatMap((slot) => slotLines(outlook, slot, nowMs))],
    ['candidates, the best first', candidateLines(outlook, style)],
    ['what operators asked', wordsLines(outlook, nowMs)],
    ['what events told', toldLines(outlook, nowMs)],
    ['refused', outlook.slots.flatMap((slot) => refusalLines(outlook, slot))],
  ] as const;
  return [
    `${style.bold(role)} ${conditionText(condition, style)}${reason === '' ? '' : `: ${reason}`}`,
    ...sections.flatMap(([title, lines]) =>
      lines.length === 0 ? [] : ['', style.dim(title), ...lines.map((line) => `  ${line}`)],
    ),
  ];
}

function slotLines({ isGroup }: RoleOutlook, slot: SlotOutlook, nowMs: number): readonly string[] {
  const { holder, generation, sinceMs, next } = slot;
  const since = sinceMs === undefined ? '' : `, for ${ageText(sinceMs, nowMs)}`;
  const who = holder === undefined ? 'nobody holds it' : `${holder} holds it`;
  const elected =
    next.holder === holder ? '' : `; elected is ${next.holder ?? 'nobody'}, generation ${next.generation}`;
  return [`${isGroup ? `slot ${slot.slot}: ` : ''}${who}, generation ${generation}${since}${elected}`];
}

function candidateLines({ role, verdicts, slots }: RoleOutlook, style: Style): readonly string[] {
  if (verdicts.length === 0) return [`none; understudy claim ${role} INSTANCE makes one`];
  const rows = verdicts.map((verdict) => {
    const isElected = verdict.kind === 'holder' && !slots.some(({ holder }) => holder === verdict.instanceId);
    const kind = isElected ? 'elected' : verdict.kind;
    const need = needOfCandidate(role, verdict);
    const words = isElected ? verdict.words.replace(/^holds/, 'would hold') : verdict.words;
    return [
      verdictText(kind, verdict, style),
      verdict.instanceId,
      need === undefined ? words : `${words}\nneeds ${need}`,
    ];
  });
  return tableLines(['VERDICT', 'INSTANCE', 'WHY'], rows, style);
}

function verdictText(kind: string, verdict: Verdict, style: Style): string {
  if (verdict.kind === 'holder' || verdict.kind === 'ready') return style.green(kind);
  return verdict.kind === 'refused' ? style.red(kind) : style.yellow(kind);
}

/** The last word of each alarm, and what is known of instances that are about to go; a drain stands with the operators. */
function toldLines({ told }: RoleOutlook, nowMs: number): readonly string[] {
  const ofRole = Object.entries(told.alarms).map(
    ([name, { state, timeMs }]) => `alarm ${name} of the role is ${state} since ${timeText(timeMs)}`,
  );
  const ofInstances = Object.entries(told.facts).flatMap(([id, { leaving = {}, alarms = {}, hook }]) => [
    ...Object.entries(leaving)
      .filter(([source, { isOver }]) => source !== 'operator' && isOver !== true)
      .map(([, { words, atMs }]) => `${id}: ${words}, leaving at ${timeText(atMs)}`),
    ...Object.entries(alarms).map(
      ([name, { state, timeMs }]) => `${id}: alarm ${name} is ${state} since ${timeText(timeMs)}`,
    ),
    ...(hook === undefined || hook.answeredAtMs !== undefined
      ? []
      : [`${id}: the ${hook.kind} hook ${hook.action.hookName} waits since ${timeText(hook.sinceMs)}`]),
  ]);
  const unfit = told.unfit
    .filter((each) => isLeftOut(each, nowMs))
    .map(
      ({ instanceId, words, untilMs }) => `${instanceId}: ${words}; not tried before ${timeText(untilMs)}`,
    );
  return [...ofRole, ...ofInstances, ...unfit];
}

function refusalLines({ isGroup }: RoleOutlook, { slot, refusals }: SlotOutlook): readonly string[] {
  return refusals.flatMap((refusal) => {
    const need = needOfRefusal(refusal);
    const words = `${isGroup ? `slot ${slot}: ` : ''}${refusal.words}`;
    return [words, ...(need === undefined ? [] : [`  needs ${need}`])];
  });
}

/** What `explain` adds to the document of a role. */
export function explainDocument({ role, verdicts, slots, told }: RoleOutlook): object {
  return {
    needs: [
      ...verdicts.map((verdict) => ({
        instanceId: verdict.instanceId,
        needs: needOfCandidate(role, verdict),
      })),
      ...slots.flatMap(({ refusals }) =>
        refusals.map((refusal) => ({ refusal: refusal.code, needs: needOfRefusal(refusal) })),
      ),
    ].filter(({ needs }) => needs !== undefined),
    facts: told.facts,
    alarms: told.alarms,
    unfit: told.unfit,
  };
}

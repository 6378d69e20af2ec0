import type { Verdict } from '../../shared/model/role-plan.ts';
import type { RoleOutlook } from '../role-outlook.ts';
import type { Style } from '../terminal.ts';
import { conditionText } from './condition-text.ts';

/** What would change, role by role, and the verdict on each candidate. */
export function planLines(outlooks: readonly RoleOutlook[], style: Style): readonly string[] {
  return outlooks.flatMap((outlook, index) => [
    ...(index === 0 ? [] : ['']),
    headline(outlook, style),
    ...(outlook.reason === '' ? [] : [`  because ${outlook.reason}`]),
    ...moveLines(outlook),
    ...outlook.changes.map((change) => `  ${style.yellow('~')} ${change}`),
    ...outlook.refusals.map(({ code, words }) => `  ${style.red('!')} ${code}: ${words}`),
    ...verdictLines(outlook, style),
  ]);
}

function headline(outlook: RoleOutlook, style: Style): string {
  const name = style.bold(outlook.role);
  const condition = conditionText(outlook.condition, style);
  if (hasWork(outlook)) return `${name} ${condition}, a reconcile would act:`;
  const what =
    outlook.condition === 'healthy' ? `${outlook.holder} holds it, nothing to do` : 'nothing can be done';
  return `${name} ${condition}, ${what}`;
}

function isMove({ holder, next }: RoleOutlook): boolean {
  return holder !== next.holder;
}

function hasWork(outlook: RoleOutlook): boolean {
  return isMove(outlook) || outlook.changes.length > 0 || outlook.condition === 'drift';
}

function moveLines(outlook: RoleOutlook): readonly string[] {
  const { holder, generation, next } = outlook;
  if (!isMove(outlook)) return [];
  const to = next.holder ?? 'nobody';
  return [`  holder ${holder ?? 'nobody'} -> ${to}, generation ${generation} -> ${next.generation}`];
}

function verdictLines(outlook: RoleOutlook, style: Style): readonly string[] {
  const { verdicts } = outlook;
  return verdicts.map((verdict) => {
    const { instanceId, kind } = verdict;
    return `  ${style.dim(kind.padEnd(7))} ${instanceId}  ${wordsOf(verdict, outlook)}`;
  });
}

/** The plan speaks as if it were done already. */
function wordsOf({ kind, words }: Verdict, outlook: RoleOutlook): string {
  return kind === 'holder' && isMove(outlook) ? 'would hold the role' : words;
}

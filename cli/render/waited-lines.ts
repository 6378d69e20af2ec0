import type { Waited } from '../await-goals.ts';
import type { RoleOutlook } from '../role-outlook.ts';
import type { Style } from '../terminal.ts';
import { conditionText } from './condition-text.ts';

/** How each role stands after the waiting; where it is not done, why. */
export function waitedLines(
  { outlooks, isDone }: Waited,
  timeoutSeconds: number,
  style: Style,
): readonly string[] {
  return [
    ...(isDone ? [] : [style.yellow(`not done within ${timeoutSeconds} s; it goes on without the command`)]),
    ...outlooks.flatMap((outlook) => roleLines(outlook, isDone, style)),
  ];
}

function roleLines(outlook: RoleOutlook, isDone: boolean, style: Style): readonly string[] {
  const { role, condition, reason, slots, isGroup, verdicts } = outlook;
  const [first] = slots;
  const held = slots.filter(({ holder }) => holder !== undefined).length;
  const holding = isGroup
    ? `${held} of ${slots.length} slots held`
    : `${first?.holder ?? 'nobody'} holds it, generation ${first?.generation ?? 0}`;
  const why = reason === '' ? '' : `: ${reason}`;
  return [
    `${style.bold(role)} ${conditionText(condition, style)}, ${holding}${why}`,
    ...(isDone ? [] : verdicts.map(({ instanceId, words }) => `  ${instanceId}  ${words}`)),
  ];
}

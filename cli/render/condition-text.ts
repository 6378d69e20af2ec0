import type { Condition } from '../role-outlook.ts';
import type { Style } from '../terminal.ts';

const colours = {
  healthy: 'green',
  drift: 'yellow',
  moving: 'cyan',
  waiting: 'yellow',
  vacant: 'red',
  refused: 'red',
  unreadable: 'red',
} as const satisfies Record<Condition, keyof Style>;

export function conditionText(condition: Condition, style: Style): string {
  return style[colours[condition]](condition);
}

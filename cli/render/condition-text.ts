import type { Condition } from '../slot-outlook.ts';
import type { Style } from '../terminal.ts';

const colours = {
  ok: 'green',
  pending: 'yellow',
  drift: 'yellow',
  moving: 'cyan',
  frozen: 'cyan',
  waiting: 'yellow',
  vacant: 'red',
  'partly refused': 'yellow',
  refused: 'red',
  unreadable: 'red',
} as const satisfies Record<Condition, keyof Style>;

export function conditionText(condition: Condition, style: Style): string {
  return style[colours[condition]](condition);
}

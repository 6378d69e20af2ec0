import CliTable from 'cli-table3';
import type { Style } from '../terminal.ts';

const edges = ['top', 'bottom', 'left', 'right', 'mid'] as const;
const joints = ['top-mid', 'top-left', 'top-right', 'bottom-mid', 'bottom-left', 'bottom-right'] as const;
const inner = ['left-mid', 'mid-mid', 'right-mid'] as const;
const noBorders = Object.fromEntries([...edges, ...joints, ...inner].map((name) => [name, '']));

/** A table without borders, its columns two spaces apart; a cell may have several lines. */
export function tableLines(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  style: Style,
): readonly string[] {
  const table = new CliTable({
    head: head.map((title) => style.dim(title)),
    chars: { ...noBorders, middle: '  ' },
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
  });
  table.push(...rows.map((row) => [...row]));
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
}

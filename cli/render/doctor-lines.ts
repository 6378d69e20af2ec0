import type { DoctorVerdict, Finding } from '../doctor/finding.ts';
import type { Style } from '../terminal.ts';
import { countText } from './count-text.ts';
import { tableLines } from './table-lines.ts';

const colours = {
  ok: 'green',
  warn: 'yellow',
  fail: 'red',
  unknown: 'dim',
} as const satisfies Record<DoctorVerdict, keyof Style>;

/** One row per finding, with how to mend it, and a last line that counts. */
export function doctorLines(findings: readonly Finding[], style: Style): readonly string[] {
  const rows = findings.map(({ subject, verdict, words, mend }) => [
    style[colours[verdict]](verdict),
    style.bold(subject),
    mend === undefined ? words : `${words}\n${style.dim(`-> ${mend}`)}`,
  ]);
  const count = (wanted: DoctorVerdict) => findings.filter(({ verdict }) => verdict === wanted).length;
  const unknown = count('unknown');
  return [
    ...tableLines(['', 'WHAT', 'FOUND'], rows, style),
    '',
    `${countText(count('fail'), 'failure')}, ${countText(count('warn'), 'warning')}${unknown === 0 ? '' : `, ${unknown} unknown`}`,
  ];
}

/** For `--json`. */
export function doctorDocument(findings: readonly Finding[]): object {
  return {
    findings: findings.map(({ subject, verdict, words, mend }) => ({
      subject,
      verdict,
      words,
      mend: mend ?? null,
    })),
  };
}

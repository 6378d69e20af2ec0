import type { Counts, Tally } from '../checks/counts.ts';
import { addCounts, emptyCounts } from '../checks/counts.ts';

/** The counts of many runs together. */
export class Totals {
  readonly counts: Counts = emptyCounts();
  seeds = 0;
  violations = 0;

  add(counts: Counts, hasFailed: boolean): void {
    this.seeds += 1;
    if (hasFailed) this.violations += 1;
    addCounts(this.counts, counts);
  }

  /** The totals, and how often each kind of thing happened. */
  lines(): readonly string[] {
    const { actions, faultKinds, moves, roles } = this.counts;
    return [
      ...this.rows().map(([name, value]) => `${name.padEnd(24)}${amount(value).padStart(14)}`),
      '',
      ...tallyLines('what happened', actions),
      ...tallyLines('what went wrong', faultKinds),
      ...tallyLines('what was moved', moves),
      ...tallyLines('roles', roles),
    ];
  }

  /** Each total with its name. */
  rows(): readonly (readonly [string, number])[] {
    const { counts, seeds, violations } = this;
    return [
      ['seeds', seeds],
      ['steps', counts.steps],
      ['invocations', counts.invocations],
      ['calls to AWS', counts.calls],
      ['claims', counts.claims],
      ['failovers', counts.failovers],
      ['faults injected', counts.faults],
      ['crashes', counts.crashes],
      ['timeouts', counts.timeouts],
      ['leases that ran out', counts.leasesLost],
      ['two stacks at once', counts.twoStacks],
      ['dead letters', counts.deadLetters],
      ['late effects, repaired', counts.lateEffects],
      ['violations', violations],
    ];
  }
}

const indent = 18;
const lineLengthMax = 110;

/** A heading, and beside it as many counts a line as fit. */
function tallyLines(heading: string, tally: Tally): readonly string[] {
  const parts = Object.entries(tally)
    .toSorted(([, a = 0], [, b = 0]) => b - a)
    .map(([kind, count = 0]) => `${kind} ${amount(count)}`);
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    if (last !== undefined && indent + last.length + part.length < lineLengthMax) {
      lines[lines.length - 1] = `${last}, ${part}`;
    } else lines.push(part);
  }
  return lines.map((line, index) => (index === 0 ? heading : '').padEnd(indent) + line);
}

function amount(count: number): string {
  return count.toLocaleString('en-US');
}

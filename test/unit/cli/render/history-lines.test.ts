import { describe, expect, it } from 'vitest';
import { historyDocument, historyLines } from '../../../../cli/render/history-lines.ts';
import { plainStyle } from '../../../../cli/terminal.ts';
import { instanceId, nowMs, roleName } from '../../../builders/observed.ts';

const lead = instanceId(1);
const entry = {
  role: roleName('db'),
  slot: 0,
  timeMs: nowMs,
  generation: 1,
  outcome: 'converged',
  cause: 'failover of db by ana',
  from: undefined,
  to: lead,
  changes: ['associate 203.0.113.10'],
  refusals: ['not ours'],
  verdicts: [`${lead} holds the role`],
  steps: { observeMs: 100, claimMs: 20, applyMs: 3 },
} as const;
const words = {
  ...entry,
  outcome: 'noop',
  cause: 'freeze of db by ana',
  from: lead,
  changes: [],
  refusals: [],
  steps: { observeMs: 0, claimMs: 0, applyMs: 0 },
} as const;

describe('historyLines', () => {
  it('tells why, from whom to whom, what was done and how long it took', () => {
    expect(historyLines([entry], { showsVerdicts: false }, plainStyle)).toEqual([
      'TIME                  GEN  FROM -> TO              TOOK                         WHY AND WHAT',
      '2026-01-01 00:00:00Z  1    nobody                  123 ms                       failover of db by ana: converged',
      '                           -> i-00000000000000001  read 100, claim 20, apply 3  associate 203.0.113.10',
      '                                                                                refused: not ours',
    ]);
  });

  it('tells what election said of each candidate, where that is asked for', () => {
    expect(historyLines([entry], { showsVerdicts: true }, plainStyle).at(-1)?.trim()).toBe(
      `- ${lead} holds the role`,
    );
  });

  it('tells what operators said without moving anything', () => {
    expect(historyLines([words], { showsVerdicts: false }, plainStyle)).toEqual([
      'TIME                  GEN  FROM -> TO           TOOK  WHY AND WHAT',
      '2026-01-01 00:00:00Z  1    i-00000000000000001  -     freeze of db by ana',
    ]);
  });

  it('tells the slots of a group apart', () => {
    const [head, first] = historyLines([{ ...words, slot: 2 }], { showsVerdicts: false }, plainStyle);

    expect(head).toContain('TIME                  SLOT  GEN');
    expect(first).toContain('2026-01-01 00:00:00Z  2     1');
  });

  it('has stable names for programs', () => {
    expect(historyDocument(entry)).toEqual({
      time: '2026-01-01T00:00:00.000Z',
      slot: 0,
      generation: 1,
      outcome: 'converged',
      cause: entry.cause,
      from: null,
      to: lead,
      changes: entry.changes,
      refusals: entry.refusals,
      verdicts: entry.verdicts,
      ms: { observeMs: 100, claimMs: 20, applyMs: 3, totalMs: 123 },
    });
  });
});

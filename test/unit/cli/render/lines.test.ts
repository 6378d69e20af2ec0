import { describe, expect, it } from 'vitest';
import { CliError } from '../../../../cli/cli-error.ts';
import { valueText } from '../../../../cli/render/apply-lines.ts';
import { errorDocument, errorLines } from '../../../../cli/render/error-lines.ts';
import { historyDocument, historyLines } from '../../../../cli/render/history-lines.ts';
import { outlookDocument } from '../../../../cli/render/outlook-document.ts';
import { planLines } from '../../../../cli/render/plan-lines.ts';
import { statusLines } from '../../../../cli/render/status-lines.ts';
import { ageText, timeText } from '../../../../cli/render/times.ts';
import { plainStyle } from '../../../../cli/terminal.ts';
import { roleNameSchema } from '../../../../shared/model/ids.ts';
import {
  anElasticIp,
  anInstance,
  anOutlook,
  healthyScene,
  lead,
  nowMs,
  understudy,
} from '../outlook-builders.ts';

const failoverScene = () => ({
  ...healthyScene(),
  instances: [anInstance(lead, 'terminated'), anInstance(understudy)],
  elasticIps: [anElasticIp()],
});

describe('statusLines', () => {
  it('is one table when all is well', () => {
    const lines = statusLines([anOutlook(healthyScene())], nowMs, plainStyle);

    expect(lines).toEqual([
      'ROLE  STATE    HOLDER               GEN  SINCE  ADDRESSES AND RECORDS',
      'db    healthy  i-0aaaaaaaaaaaaaaaa  3    1h     203.0.113.10 at 10.0.1.10',
      '                                                db.corp.internal A 10.0.1.10',
    ]);
  });

  it('says below it what is the matter', () => {
    const vacant = anOutlook({ instances: [anInstance(lead, 'stopped')], elasticIps: [anElasticIp()] });

    const lines = statusLines([anOutlook(failoverScene()), vacant], nowMs, plainStyle);

    expect(lines.slice(1)).toEqual([
      'db    drift   i-0aaaaaaaaaaaaaaaa  3    1h     203.0.113.10 with nobody',
      '                                               db.corp.internal A 10.0.1.10',
      'db    vacant  -                    0    -      203.0.113.10 with nobody',
      '                                               db.corp.internal A missing',
      '',
      'db drift: i-0aaaaaaaaaaaaaaaa is terminated, and i-0bbbbbbbbbbbbbbbb is elected',
      '  ~ associate 203.0.113.10 (eipalloc-0123456789abcdef0) with i-0bbbbbbbbbbbbbbbb at 10.0.2.20',
      '  ~ change db.corp.internal 60 A 10.0.1.10 to 60 10.0.2.20',
      'db vacant: none of its candidates can hold it',
      '  i-0aaaaaaaaaaaaaaaa waiting for it to start; it is stopped',
    ]);
  });
});

describe('planLines', () => {
  it('shows the move, its changes and every verdict', () => {
    expect(planLines([anOutlook(failoverScene())], plainStyle)).toEqual([
      'db drift, a reconcile would act:',
      '  because i-0aaaaaaaaaaaaaaaa is terminated, and i-0bbbbbbbbbbbbbbbb is elected',
      '  holder i-0aaaaaaaaaaaaaaaa -> i-0bbbbbbbbbbbbbbbb, generation 3 -> 4',
      '  ~ associate 203.0.113.10 (eipalloc-0123456789abcdef0) with i-0bbbbbbbbbbbbbbbb at 10.0.2.20',
      '  ~ change db.corp.internal 60 A 10.0.1.10 to 60 10.0.2.20',
      '  gone    i-0aaaaaaaaaaaaaaaa  is terminated',
      '  holder  i-0bbbbbbbbbbbbbbbb  would hold the role',
    ]);
  });

  it('says when there is nothing to do, and when nothing can be done', () => {
    const refused = anOutlook({ ...healthyScene(), elasticIps: [], instances: [] });

    expect(planLines([anOutlook(healthyScene())], plainStyle)[0]).toBe(
      'db healthy, i-0aaaaaaaaaaaaaaaa holds it, nothing to do',
    );
    expect(planLines([refused], plainStyle)).toContain(
      '  ! ElasticIpNotFound: Elastic IP eipalloc-0123456789abcdef0 is not in this account and region',
    );
  });
});

describe('outlookDocument', () => {
  it('has the same fields whatever there is, with null for what there is not', () => {
    const full = outlookDocument(anOutlook(healthyScene()));
    const empty = outlookDocument(anOutlook({}));

    expect(Object.keys(empty)).toEqual(Object.keys(full));
    expect(JSON.parse(JSON.stringify(empty))).toEqual(empty);
    expect(empty).toMatchObject({ role: 'db', state: 'refused', holder: null, since: null, generation: 0 });
    expect(full).toMatchObject({ state: 'healthy', holder: lead, since: '2026-03-01T11:00:00.000Z' });
  });
});

describe('historyLines', () => {
  const entry = {
    role: roleNameSchema.parse('db'),
    slot: 0,
    timeMs: nowMs,
    generation: 1,
    outcome: 'converged',
    cause: `ec2-state-change ${lead} running`,
    from: undefined,
    to: lead,
    changes: ['associate 203.0.113.10'],
    refusals: ['not ours'],
    steps: { observeMs: 100, claimMs: 20, applyMs: 3 },
  } as const;

  it('tells why, from whom to whom, what was done and how long it took', () => {
    expect(historyLines([entry], plainStyle)).toEqual([
      'TIME                  GEN  FROM -> TO              TOOK                         WHY AND WHAT',
      `2026-03-01 12:00:00Z  1    nobody                  123 ms                       ec2-state-change ${lead} running: converged`,
      '                           -> i-0aaaaaaaaaaaaaaaa  read 100, claim 20, apply 3  associate 203.0.113.10',
      '                                                                                refused: not ours',
    ]);
  });

  it('has stable names for programs', () => {
    expect(historyDocument(entry)).toEqual({
      time: '2026-03-01T12:00:00.000Z',
      slot: 0,
      generation: 1,
      outcome: 'converged',
      cause: entry.cause,
      from: null,
      to: lead,
      changes: entry.changes,
      refusals: entry.refusals,
      ms: { observeMs: 100, claimMs: 20, applyMs: 3, totalMs: 123 },
    });
  });
});

describe('errorLines', () => {
  const error = new CliError('the file has one problem', {
    code: 'InvalidRolesFile',
    hint: 'mend it',
    problems: [{ path: 'roles.db', found: '{}', allowed: 'a role', line: 2, column: 3 }],
  });

  it('is one line, its problems, and a hint', () => {
    expect(errorLines(error, plainStyle)).toEqual([
      'error: the file has one problem',
      '  roles.db (line 2, column 3)',
      '    found   {}',
      '    allowed a role',
      'hint: mend it',
    ]);
  });

  it('is one document for programs', () => {
    expect(errorDocument(new CliError('no', { code: 'No' }))).toEqual({
      error: { code: 'No', message: 'no', hint: null },
    });
    expect(errorDocument(error)).toMatchObject({ error: { problems: [{ path: 'roles.db', line: 2 }] } });
  });
});

describe('texts', () => {
  it.each([
    [0, '0s'],
    [59_999, '59s'],
    [60_000, '1m'],
    [7_200_000, '2h'],
    [200_000_000, '2d'],
    [-5_000, '0s'],
  ])('tells an age of %d ms as %s', (ageMs, text) => {
    expect(ageText(nowMs - ageMs, nowMs)).toBe(text);
  });

  it('tells times in one zone that it names', () => {
    expect(timeText(Date.UTC(2026, 0, 2, 3, 4, 5, 678))).toBe('2026-01-02 03:04:05Z');
  });

  it('writes values on one line, as YAML would', () => {
    expect(valueText({ elasticIp: { tags: { Name: 'db' } }, adopt: false })).toBe(
      '{ elasticIp: { tags: { Name: db } } }',
    );
    expect(valueText([1, 'a', null])).toBe('[1, a, null]');
  });
});

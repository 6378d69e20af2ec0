import { describe, expect, it } from 'vitest';
import { CliError } from '../../../../cli/cli-error.ts';
import { errorDocument, errorLines } from '../../../../cli/render/error-lines.ts';
import { outlookDocument } from '../../../../cli/render/outlook-document.ts';
import { valueText } from '../../../../cli/render/spec-texts.ts';
import { ageText, timeText } from '../../../../cli/render/times.ts';
import { plainStyle } from '../../../../cli/terminal.ts';
import { nowMs } from '../../../builders/observed.ts';
import { anOutlook, lead, okScene } from '../outlook-builders.ts';

describe('outlookDocument', () => {
  it('has the same fields whatever there is, with null for what there is not', () => {
    const full = outlookDocument(anOutlook(okScene()));
    const empty = outlookDocument(anOutlook({}));

    expect(Object.keys(empty)).toEqual(Object.keys(full));
    expect(JSON.parse(JSON.stringify(empty))).toEqual(empty);
    expect(empty).toMatchObject({ role: 'db', state: 'vacant', holder: null, since: null, generation: 0 });
    expect(full).toMatchObject({
      slots: [
        {
          addresses: [
            {
              kind: 'elasticIp',
              wanted: { elasticIp: 'eipalloc-000000000000000e1', adopt: false },
              on: lead,
            },
          ],
          records: [{ zone: 'corp.internal', values: ['10.0.1.1'], ttl: 60, asDesired: true }],
        },
      ],
      frozen: null,
      pinned: null,
      drained: [],
    });
    expect(full).toMatchObject({ state: 'ok', holder: lead, since: '2025-12-31T23:10:00.000Z' });
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

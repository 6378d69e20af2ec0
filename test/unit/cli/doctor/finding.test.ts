import { describe, expect, it } from 'vitest';
import type { DoctorContext } from '../../../../cli/doctor/doctor-context.ts';
import { fail, findingsOf, ok } from '../../../../cli/doctor/finding.ts';
import { doctorDocument, doctorLines } from '../../../../cli/render/doctor-lines.ts';
import { plainStyle } from '../../../../cli/terminal.ts';

// No check of these tests looks at it.
const context = {} as DoctorContext;

describe('findingsOf', () => {
  it('is what the check found', async () => {
    expect(await findingsOf('table', async () => [ok('table', 'is there')], context)).toEqual([
      { subject: 'table', verdict: 'ok', words: 'is there' },
    ]);
  });

  it('cannot tell what one is not permitted to see', async () => {
    const denied = Object.assign(new Error('not you'), { name: 'AccessDeniedException' });

    const findings = await findingsOf('archive', () => Promise.reject(denied), context);

    expect(findings).toEqual([
      {
        subject: 'archive',
        verdict: 'unknown',
        words: 'cannot tell: AccessDenied: not you',
        mend: expect.stringContaining('get-caller-identity'),
      },
    ]);
  });

  it('has no advice for what it does not know', async () => {
    const findings = await findingsOf('archive', () => Promise.reject(new Error('hm')), context);

    expect(findings).toEqual([
      { subject: 'archive', verdict: 'unknown', words: 'cannot tell: Unexpected: hm' },
    ]);
  });
});

describe('doctorLines', () => {
  const findings = [ok('table', 'is there'), fail('queue', 'is not there', 'npm run deploy makes it')];

  it('shows each finding with how to mend it, and counts', () => {
    expect(doctorLines(findings, plainStyle)).toEqual([
      expect.stringContaining('WHAT'),
      expect.stringMatching(/^ok +table +is there$/),
      expect.stringMatching(/^fail +queue +is not there$/),
      expect.stringMatching(/^ +-> npm run deploy makes it$/),
      '',
      '1 failure, 0 warnings',
    ]);
  });

  it('is one document for programs', () => {
    expect(doctorDocument(findings)).toEqual({
      findings: [
        { subject: 'table', verdict: 'ok', words: 'is there', mend: null },
        { subject: 'queue', verdict: 'fail', words: 'is not there', mend: 'npm run deploy makes it' },
      ],
    });
  });
});

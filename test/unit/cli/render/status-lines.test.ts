import { describe, expect, it } from 'vitest';
import { statusLines } from '../../../../cli/render/status-lines.ts';
import type { RoleOutlook } from '../../../../cli/role-outlook.ts';
import { plainStyle } from '../../../../cli/terminal.ts';
import { drained } from '../../../../shared/plan/learn.ts';
import { anElasticIp, anInstance, aRole, heldBy, instanceId, nowMs } from '../../../builders/observed.ts';
import { aGroupScene, anOutlook, failoverScene, lead, okScene } from '../outlook-builders.ts';

const lines = (outlooks: readonly RoleOutlook[], showsSlots = false) =>
  statusLines(outlooks, { nowMs, showsSlots }, plainStyle);

describe('statusLines', () => {
  it('is one table when all is well', () => {
    expect(lines([anOutlook(okScene())])).toEqual([
      'ROLE  STATE  HOLDER               GEN  SINCE  ADDRESSES AND RECORDS',
      'db    ok     i-00000000000000001  3    50m    203.0.113.25 at 10.0.1.1',
      '                                              db.corp.internal A 10.0.1.1',
    ]);
  });

  it('says below it what is the matter', () => {
    const vacant = anOutlook({
      instances: [anInstance(1, { state: 'stopped' })],
      elasticIps: [anElasticIp()],
    });

    expect(lines([anOutlook(failoverScene()), vacant]).slice(1)).toEqual([
      'db    drift   i-00000000000000001  3    50m    203.0.113.25 with nobody',
      '                                               db.corp.internal A 10.0.1.1',
      'db    vacant  -                    0    -      203.0.113.25 with nobody',
      '                                               db.corp.internal A missing',
      '',
      'db drift: i-00000000000000001 is terminated, and i-00000000000000002 is elected',
      '  ~ associate 203.0.113.25 (eipalloc-000000000000000e1) with i-00000000000000002 at 10.0.1.2',
      '  ~ change db.corp.internal 60 A 10.0.1.1 to 60 10.0.1.2',
      'db vacant: none of its candidates can hold it',
      '  i-00000000000000001 waiting for it to start; it is stopped',
    ]);
  });

  it('says a refusal once', () => {
    const text = lines([anOutlook({ ...okScene(), elasticIps: [] })]).join('\n');

    expect(text).toContain('db partly refused: Elastic IP');
    expect(text.split('is not in this account and region')).toHaveLength(2);
  });

  it('marks what operators asked, with who and how long ago', () => {
    const facts = { [lead]: drained({}, nowMs - 30_000, 'ana') };
    const words = {
      frozen: { by: 'ben', atMs: nowMs - 3_600_000 },
      pin: { instanceId: lead, by: 'ana', atMs: nowMs - 120_000 },
    };

    const text = lines([
      anOutlook({
        ...okScene(),
        instances: [anInstance(1)],
        state: heldBy(1, {}, { words, facts }),
      }),
    ]);

    expect(text.slice(1)).toEqual([
      'db    ok       i-00000000000000001  1    50m    203.0.113.25 at 10.0.1.1',
      '      frozen                                    db.corp.internal A 10.0.1.1',
      '      pinned',
      '      drained',
      '',
      'db frozen by ben, 1h ago',
      'db pinned to i-00000000000000001 by ana, 2m ago',
      'db i-00000000000000001 drained by ana, 30s ago',
    ]);
  });

  it('names refused claimants, and no more of them than can be read', () => {
    const instances = [1, 2, 3, 4, 5, 6, 7, 8].map((number) => anInstance(number));
    const role = aRole({ allow: { instances: lead } });

    const text = lines([anOutlook({ ...okScene(), role, instances })]);

    expect(text.filter((line) => line.includes('refused claimant'))).toHaveLength(5);
    expect(text).toContain(
      `db refused claimant ${instanceId(2)}: refused because its id is ${instanceId(2)}; allowed is ${lead}`,
    );
    expect(text.at(-1)).toBe('db and 2 more; understudy explain db names them');
  });

  it('shows a group slot by slot', () => {
    expect(lines([anOutlook(aGroupScene(3, [1, 2]))])).toEqual([
      'ROLE      STATE   HOLDER               GEN  SINCE  ADDRESSES AND RECORDS',
      'db        vacant  2 of 3 slots held',
      '  slot 0  ok      i-00000000000000001  1    50m    db.corp.internal A (db-0) 10.0.1.1',
      '  slot 1  ok      i-00000000000000002  1    50m    db.corp.internal A (db-1) 10.0.1.2',
      '  slot 2  vacant  -                    0    -      db.corp.internal A (db-2) missing',
      '',
      'db vacant: slot 2: each of its candidates holds another slot',
      '  i-00000000000000001 holds slot 0 of the role',
      '  i-00000000000000002 holds slot 1 of the role',
    ]);
  });

  it('sums up a large group unless every slot is asked for', () => {
    const outlook = anOutlook(aGroupScene(12, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]));

    expect(lines([outlook])).toEqual([
      'ROLE  STATE  HOLDER               GEN  SINCE  ADDRESSES AND RECORDS',
      'db    ok     12 of 12 slots held              --slots shows each',
    ]);
    expect(lines([outlook], true)).toHaveLength(14);
  });
});

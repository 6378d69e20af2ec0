import { describe, expect, it } from 'vitest';
import { planLines } from '../../../../cli/render/plan-lines.ts';
import { plainStyle } from '../../../../cli/terminal.ts';
import { anInstance, heldBy, nowMs } from '../../../builders/observed.ts';
import { aGroupScene, anOutlook, failoverScene, okScene } from '../outlook-builders.ts';

describe('planLines', () => {
  it('shows the move, its changes and every verdict', () => {
    expect(planLines([anOutlook(failoverScene())], plainStyle)).toEqual([
      'db drift, a reconcile would act:',
      '  because i-00000000000000001 is terminated, and i-00000000000000002 is elected',
      '  holder i-00000000000000001 -> i-00000000000000002, generation 3 -> 4',
      '  ~ associate 203.0.113.25 (eipalloc-000000000000000e1) with i-00000000000000002 at 10.0.1.2',
      '  ~ change db.corp.internal 60 A 10.0.1.1 to 60 10.0.1.2',
      '  holder    i-00000000000000002  would hold the role',
      '  gone      i-00000000000000001  is terminated',
    ]);
  });

  it('says when there is nothing to do, and tells a refusal once', () => {
    const refused = planLines([anOutlook({ ...okScene(), elasticIps: [] })], plainStyle);

    expect(planLines([anOutlook(okScene())], plainStyle)[0]).toBe(
      'db ok, i-00000000000000001 holds it, nothing to do',
    );
    expect(refused.slice(0, 2)).toEqual([
      'db partly refused, nothing more can be done',
      '  ! ElasticIpNotFound: Elastic IP eipalloc-000000000000000e1 is not in this account and region',
    ]);
    expect(refused.join('\n').split('ElasticIpNotFound')).toHaveLength(2);
  });

  it('says what would be done if the role were not frozen', () => {
    const words = { frozen: { by: 'ana', atMs: nowMs } };

    const lines = planLines([anOutlook({ ...failoverScene(), state: heldBy(1, {}, { words }) })], plainStyle);

    expect(lines[0]).toBe('db frozen, without that a reconcile would act:');
    expect(lines).toContain('  holder i-00000000000000001 -> i-00000000000000002, generation 1 -> 2');
  });

  it('tells of a group only the slots in which something happens', () => {
    const scene = aGroupScene(3, [1, 2]);
    const instances = [...(scene.instances ?? []), anInstance(3)];

    expect(planLines([anOutlook({ ...scene, instances })], plainStyle)).toEqual([
      'db pending, a reconcile would act:',
      '  because slot 2: i-00000000000000003 is elected, and nobody has held it so far',
      '  slot 2',
      '    holder nobody -> i-00000000000000003, generation 0 -> 1',
      '    ~ create db.corp.internal 60 A (db-2) 10.0.1.3',
      '  holder    i-00000000000000001  holds slot 0 of the role',
      '  holder    i-00000000000000002  holds slot 1 of the role',
      '  holder    i-00000000000000003  would hold slot 2 of the role',
    ]);
  });
});

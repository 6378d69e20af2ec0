import { describe, expect, it } from 'vitest';
import { explainDocument, explainLines } from '../../../../cli/render/explain-lines.ts';
import { plainStyle } from '../../../../cli/terminal.ts';
import { drained } from '../../../../shared/plan/learn.ts';
import { anInstance, aRole, heldBy, instanceId, nowMs } from '../../../builders/observed.ts';
import { anOutlook, failoverScene, lead, okScene, understudy } from '../outlook-builders.ts';

const said = (words: string) => ({ saidAtMs: nowMs - 10_000, atMs: nowMs + 110_000, words });

describe('explainLines', () => {
  it('tells who would be elected, and why nobody else', () => {
    expect(explainLines(anOutlook(failoverScene()), nowMs, plainStyle)).toEqual([
      'db drift: i-00000000000000001 is terminated, and i-00000000000000002 is elected',
      '',
      'slots',
      '  i-00000000000000001 holds it, generation 3, for 50m; elected is i-00000000000000002, generation 4',
      '',
      'candidates, the best first',
      '  VERDICT  INSTANCE             WHY',
      '  elected  i-00000000000000002  would hold the role',
      '  gone     i-00000000000000001  is terminated',
    ]);
  });

  it('tells what each candidate needs', () => {
    const role = aRole({ allow: { instances: [lead, instanceId(3)] } });
    const instances = [anInstance(1), anInstance(2), anInstance(3, { state: 'stopped' })];

    const lines = explainLines(anOutlook({ ...okScene(), role, instances }), nowMs, plainStyle);

    expect(lines.slice(-4).map((line) => line.trim())).toEqual([
      `stopped  ${instanceId(3)}  waiting for it to start; it is stopped`,
      `needs aws ec2 start-instances --instance-ids ${instanceId(3)}`,
      expect.stringContaining(`refused  ${understudy}  refused because its id is ${understudy}`),
      'needs an instance that "allow" of the role lets in, or another "allow"; understudy roles show db',
    ]);
  });

  it('tells what events told and what operators asked', () => {
    const facts = {
      [lead]: {
        ...drained({ leaving: { spot: said('Spot interruption (terminate)') } }, nowMs - 60_000, 'ana'),
        alarms: { 'db-cpu': { state: 'ALARM', timeMs: nowMs } },
      },
    } as const;
    const alarms = { 'db-lag': { state: 'OK', timeMs: nowMs } } as const;
    const words = { pin: { instanceId: lead, by: 'ben', atMs: nowMs - 120_000 } };
    const unfit = [
      { instanceId: understudy, words: 'it has no room', untilMs: nowMs + 60_000 },
      { instanceId: lead, words: 'it had no room', untilMs: nowMs, durationMs: 600_000 },
    ];
    const state = heldBy(1, {}, { facts, alarms, words, unfit });

    const lines = explainLines(anOutlook({ ...okScene(), state }), nowMs, plainStyle);

    expect(lines.slice(lines.indexOf('what operators asked'))).toEqual([
      'what operators asked',
      `  pinned to ${lead} by ben, 2m ago`,
      `  ${lead} drained by ana, 1m ago`,
      '',
      'what events told',
      '  alarm db-lag of the role is OK since 2026-01-01 00:00:00Z',
      `  ${lead}: Spot interruption (terminate), leaving at 2026-01-01 00:01:50Z`,
      `  ${lead}: alarm db-cpu is ALARM since 2026-01-01 00:00:00Z`,
      `  ${understudy}: it has no room; not tried before 2026-01-01 00:01:00Z`,
    ]);
  });

  it('tells what each refusal needs', () => {
    const lines = explainLines(anOutlook({ ...okScene(), elasticIps: [] }), nowMs, plainStyle);

    expect(lines.slice(lines.indexOf('refused'))).toEqual([
      'refused',
      '  Elastic IP eipalloc-000000000000000e1 is not in this account and region',
      '    needs an Elastic IP of this account and region, or another one in the spec',
    ]);
  });

  it('has the same for programs', () => {
    const document = explainDocument(anOutlook({ ...okScene(), elasticIps: [] }));

    expect(document).toMatchObject({
      needs: [{ refusal: 'ElasticIpNotFound', needs: expect.stringContaining('an Elastic IP') }],
      facts: {},
      unfit: [],
    });
  });
});

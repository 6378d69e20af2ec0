import { describe, expect, it } from 'vitest';
import { judgeRound } from '../../bench/load/judge.ts';
import { callsOf } from '../../bench/load/load-counts.ts';
import { openLoadStage } from '../../bench/load/load-stage.ts';
import { measureResyncRound } from '../../bench/load/resync-round.ts';
import { deployedSettings } from '../../bench/load/settings.ts';

const plan = { instancesPerRole: 5, rolesPerElasticIp: 10 };

describe('a round of the resync over a world at rest', () => {
  it('takes calls by pages, whatever number of roles is on them, and writes nothing', async () => {
    using stage = await openLoadStage(deployedSettings);
    await stage.world.grow(100, plan);
    const small = await measureResyncRound(stage);
    await stage.world.grow(450, plan);

    const large = await measureResyncRound(stage);

    expect([small, large].flatMap(judgeRound)).toEqual([]);
    expect(callsOf(small.counts, 'ec2:')).toBe(2);
    // Four and a half times the roles, three pages of them.
    expect(callsOf(large.counts, 'ec2:')).toBeLessThanOrEqual(6);
    expect(callsOf(large.counts, 'route53:')).toBeLessThanOrEqual(5);
  }, 180_000);
});

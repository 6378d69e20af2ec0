import { describe, expect, it } from 'vitest';
import { judgeLostZone } from '../../bench/load/judge.ts';
import { callsOf, throttledOf } from '../../bench/load/load-counts.ts';
import { measureLostZone } from '../../bench/load/lost-zone.ts';
import { deployedSettings } from '../../bench/load/settings.ts';

const roles = 80;

describe('an Availability Zone that is lost with all holders in it, under AWS’s request limits', () => {
  it('has every role with its standby in the end, at one move each and no dead letter', async () => {
    const result = await measureLostZone(roles, deployedSettings);

    expect(judgeLostZone(result)).toEqual([]);
    expect(result).toMatchObject({ lost: [], deadLetters: 0, failedResyncs: 0 });
    const tries = callsOf(result.counts, 'ec2:AssociateAddress');
    expect(tries - throttledOf(result.counts, 'ec2:AssociateAddress')).toBe(roles);
    // Two events of each instance, in batches of ten.
    expect(callsOf(result.counts, 'route53:ChangeResourceRecordSets')).toBeLessThanOrEqual((2 * roles) / 10);
  }, 180_000);
});

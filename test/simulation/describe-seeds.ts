import { describe, expect, it } from 'vitest';
import type { Tally } from './checks/counts.ts';
import { Totals } from './command/totals.ts';
import { fixedSeeds, fixedSteps } from './fixed-seeds.ts';
import { simulate } from './simulate.ts';
import { generateStory } from './story/generate-story.ts';
import { roleKinds } from './story/role-kinds.ts';
import { actionKinds, faultKinds } from './story/story.ts';

/** Halves of the fixed seeds, each in a test file of its own: files run side by side. */
const halves = 2;

/** Calls by which roles of all kinds move. */
const movingOperations = [
  'AssignIpv6Addresses',
  'AssignPrivateIpAddresses',
  'AssociateAddress',
  'AttachNetworkInterface',
  'ChangeResourceRecordSets',
  'CreateRoute',
  'DeregisterTargets',
  'DetachNetworkInterface',
  'ModifyAddressAttribute',
  'ModifyNetworkInterfaceAttribute',
  'RegisterTargets',
  'ReplaceRoute',
];

/** Every other fixed seed: from the first on, or from the second. */
export function describeSeeds(half: 1 | 2): void {
  const seeds = fixedSeeds.filter((_, index) => index % halves === half - 1);
  const totals = new Totals();
  describe(`the fixed seeds, half ${half}`, () => {
    it.each(seeds)(`breaks no law: npm run sim -- --seed %i --steps ${fixedSteps}`, async (seed) => {
      const { violations, counts } = await simulate(generateStory(seed, fixedSteps));
      totals.add(counts, violations.length > 0);

      expect(violations).toEqual([]);
    });

    it('are worth their time: they fail over, crash and go wrong in plenty', () => {
      const { counts } = totals;
      const perSeed = (count: number) => count / seeds.length;

      expect(perSeed(counts.failovers)).toBeGreaterThan(3);
      expect(perSeed(counts.crashes)).toBeGreaterThan(2);
      expect(perSeed(counts.faults)).toBeGreaterThan(20);
      expect(counts.leasesLost).toBeGreaterThan(10);
      expect(counts.twoStacks).toBeGreaterThan(1);
      expect(counts.lateEffects).toBeGreaterThan(0);
    });

    it('leave out nothing that can happen, go wrong, be a role or be moved', () => {
      const { actions, faultKinds: faults, roles, moves } = totals.counts;

      expect(missing(actionKinds, actions)).toEqual([]);
      expect(missing(faultKinds, faults)).toEqual([]);
      expect(missing(kindNames, roles)).toEqual([]);
      expect(missing(movingOperations, moves)).toEqual([]);
    });
  });
}

const kindNames = roleKinds.map(({ name }) => name);

function missing(kinds: readonly string[], tally: Tally): readonly string[] {
  return kinds.filter((kind) => (tally[kind] ?? 0) === 0);
}

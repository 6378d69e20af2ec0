import * as z from 'zod';
import type { RoleSpec } from '../../shared/model/role-spec.ts';
import type { Names } from '../simulation/engine/network.ts';
import { privateZone } from '../simulation/engine/network.ts';
import type { Chronicle } from './chronicle.ts';
import type { Violation } from './laws.ts';
import { isAllowed } from './laws.ts';
import type { Look } from './look.ts';

/** What `understudy plan --json` says, as far as it is looked at. */
export const outlooksSchema = z.object({
  roles: z.array(
    z.object({
      role: z.string(),
      state: z.string(),
      reason: z.string(),
      candidates: z.array(z.object({ instanceId: z.string(), verdict: z.string(), words: z.string() })),
      slots: z.array(
        z.object({
          slot: z.number(),
          state: z.string(),
          reason: z.string(),
          holder: z.string().nullable(),
          changes: z.array(z.string()),
          refusals: z.array(z.object({ code: z.string(), words: z.string() })),
        }),
      ),
    }),
  ),
});
type Outlook = z.infer<typeof outlooksSchema>['roles'][number];
type SlotOutlook = Outlook['slots'][number];

/** States in which there is nothing to do; of the refused and the vacant it is looked why. */
const restful = ['ok', 'refused', 'partly refused', 'vacant'];

/** Candidates may wait for ever for a hook, a tag or an alarm that never comes. */
const restfulUntilReady = [...restful, 'waiting'];

/** What is not as it should be once nothing goes wrong any more. */
export function whatIsNotRight(
  outlooks: readonly Outlook[],
  look: Look,
  chronicle: Chronicle,
  names: Names,
): readonly Violation[] {
  return outlooks.flatMap((outlook) =>
    outlook.slots.flatMap((slot) => {
      const name = `slot ${slot.slot} of ${outlook.role}`;
      const told = (law: string) => (words: string) => ({ law, words: `${name}: ${words}` });
      return [
        ...unrested(slot, chronicle.specs.get(outlook.role)?.latest).map(told('plans are empty at rest')),
        ...needlessRefusals(slot, chronicle, names).map(told('only what is foreign is refused')),
        ...needlesslyVacant(outlook, slot, look, chronicle).map(told('who can hold holds')),
        ...misplaced(outlook.role, slot, look, chronicle).map(told('addresses and records agree')),
      ];
    }),
  );
}

function unrested({ state, reason, changes }: SlotOutlook, spec: RoleSpec | undefined): readonly string[] {
  const isAtOnce = spec?.election.ready === 'running';
  if ((isAtOnce ? restful : restfulUntilReady).includes(state) && changes.length === 0) return [];
  return [`it is ${state} (${reason}), and would ${changes.join(', ') || 'change nothing'}`];
}

/** What is refused as foreign was planted there, or taken away, or written by somebody else. */
function needlessRefusals(
  { refusals }: SlotOutlook,
  { taken, overwritten }: Chronicle,
  names: Names,
): readonly string[] {
  const foreign = [
    names.get('$foreignEip') ?? '',
    `foreign.${privateZone}`,
    ...taken.keys(),
    ...overwritten.keys(),
  ];
  return refusals
    .filter(({ code }) => code.endsWith('NotOurs'))
    .filter(({ words }) => !foreign.some((each) => words.includes(each)))
    .map(({ words }) => `it refuses what is its own: ${words}`);
}

/**
 * A slot that nobody holds although some running instance asks for the role, may hold it, holds no other slot of it, and has
 * room: each has one private address, which carries one Elastic IP, and that may be the role's own.
 */
function needlesslyVacant(
  { role, slots, candidates }: Outlook,
  slot: SlotOutlook,
  { instances, associations }: Look,
  { specs, warned }: Chronicle,
): readonly string[] {
  const spec = specs.get(role)?.latest;
  if (slot.holder !== null || slot.refusals.length > 0 || spec === undefined || slot.slot >= spec.slots)
    return [];
  if (isBoundToSubnet(spec) || spec.election.ready !== 'running') return [];
  const holders = slots.map(({ holder }) => holder);
  const own = elasticIpsOf(spec);
  const carriers = spec.addresses.some((each) => 'elasticIp' in each)
    ? [...associations].flatMap(([id, { instanceId }]) => (own.includes(id) ? [] : [instanceId]))
    : [];
  const able = [...instances.values()].filter(
    (each) =>
      each.state === 'running' &&
      each.roles.includes(role) &&
      isAllowed(spec, each) &&
      !warned.has(each.id) &&
      !holders.includes(each.id) &&
      !carriers.includes(each.id),
  );
  return able.map(({ id }) => {
    const verdict = candidates.find(({ instanceId }) => instanceId === id);
    return `nobody holds it, and ${id} could: ${verdict?.verdict ?? 'no verdict'}, ${verdict?.words ?? ''}`;
  });
}

/** The plainest of addresses and records, without the help of any of the product's code. */
function misplaced(
  role: string,
  { holder, slot, refusals }: SlotOutlook,
  { associations, records, instances }: Look,
  { specs }: Chronicle,
): readonly string[] {
  const spec = specs.get(role)?.latest;
  if (holder === null || refusals.length > 0 || spec === undefined || slot >= spec.slots) return [];
  if (isBoundToSubnet(spec)) return [];
  const primaryIp = instances.get(holder)?.primaryIp;
  const plain = spec.records.filter(
    ({ value, name, routing }) => value === 'privateIp' && !name.includes('{') && routing === undefined,
  );
  return [
    ...elasticIpsOf(spec)
      .filter((id) => associations.get(id)?.instanceId !== holder)
      .map((id) => `${holder} holds it, and ${id} is with ${associations.get(id)?.instanceId ?? 'nobody'}`),
    ...plain
      .filter(
        ({ name }) =>
          !records.some(
            (each) => each.name === name && each.type === 'A' && each.values.join() === primaryIp,
          ),
      )
      .map(({ name }) => `${holder} at ${primaryIp} holds it, and ${name} says something else`),
  ];
}

/** The Elastic IPs that the spec names by their ids. */
function elasticIpsOf({ addresses }: RoleSpec): readonly string[] {
  return addresses.flatMap((each) =>
    'elasticIp' in each && typeof each.elasticIp === 'string' ? [each.elasticIp] : [],
  );
}

/** Whether only instances of one subnet can take the addresses, and get another private address by it. */
function isBoundToSubnet({ addresses }: RoleSpec): boolean {
  return addresses.some((each) => 'privateIp' in each || 'networkInterface' in each || 'ipv6' in each);
}

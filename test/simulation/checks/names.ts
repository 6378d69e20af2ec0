import { recordNameOf } from '../../../shared/model/record-spec.ts';
import type { RoleSpec } from '../../../shared/model/role-spec.ts';
import type { Chronicle } from '../engine/chronicle.ts';
import type { FunctionCall } from '../engine/wire.ts';
import type { Check } from './watch.ts';

/** The names of all record sets of the account, without their final dots. */
export type ReadNames = () => ReadonlySet<string>;

/**
 * A name that a spec wants and that once had a record always has one: negative answers are cached. Two stacks over one
 * group are beyond that: each writes some of the records at its one name, and neither can know that the other's go too.
 */
export function neverRecordless(
  { specs }: Chronicle,
  hasTwoStacks: boolean,
  beganMs: (call: FunctionCall) => number,
  readNames: ReadNames,
): Check {
  let before: ReadonlySet<string> = new Set();
  return {
    name: 'no name is ever recordless',
    onEffect: (call) => {
      if (call.operation !== 'ChangeResourceRecordSets') return [];
      const there = readNames();
      const wanted = [...specs.values()].flatMap((timeline) =>
        // A change of the spec may be under way.
        commonNames(timeline.since(beganMs(call)), hasTwoStacks),
      );
      const lost = wanted.filter((name) => before.has(name) && !there.has(name));
      before = there;
      return lost.map((name) => `${name} had a record and has none`);
    },
  };
}

/** Names that each of the specs wants. */
function commonNames(specs: readonly (RoleSpec | undefined)[], hasTwoStacks: boolean): readonly string[] {
  const [first, ...rest] = specs.map((spec) => namesOf(spec, hasTwoStacks));
  return first === undefined ? [] : [...first].filter((name) => rest.every((names) => names.has(name)));
}

function namesOf(spec: RoleSpec | undefined, hasTwoStacks: boolean): ReadonlySet<string> {
  if (spec === undefined) return new Set();
  const slots = Array.from({ length: spec.slots }, (_, slot) => slot);
  const records = spec.records.filter(({ routing }) => routing === undefined || !hasTwoStacks);
  return new Set(records.flatMap((record) => slots.map((slot) => recordNameOf(record, slot))));
}

import type { AllowSpec } from '../../../shared/model/election-spec.ts';
import { slotOf } from '../../../shared/model/role-state.ts';
import type { Chronicle, InstanceLife } from '../engine/chronicle.ts';
import type { Invocation } from '../engine/invocation.ts';
import { slotWords } from './holders.ts';
import type { Check } from './watch.ts';

/**
 * Who is given a role was, at some time that the claimant could have seen, running, asking for it by its tag, and allowed
 * by the spec. Told by how the world really was, not by what the controller read.
 */
export function onlyCandidatesHold(chronicle: Chronicle, beganMs: (invocation: Invocation) => number): Check {
  return {
    name: 'only an authorised, running candidate is given a role',
    onStateWrite: ({ role, before, after, invocation }) => {
      const sinceMs = beganMs(invocation);
      return after.slots.flatMap(({ slot, holder }) => {
        if (holder === undefined || slotOf(before, slot).holder === holder) return [];
        const words = `${slotWords(role, slot)} was given to ${holder}, which`;
        const life = chronicle.instances.get(holder);
        if (life === undefined) return [`${words} does not exist`];
        const allows = (chronicle.specs.get(role)?.since(sinceMs) ?? []).map((spec) => spec?.allow);
        return [
          ...(life.states.since(sinceMs - chronicle.lagMaxMs).includes('running')
            ? []
            : [`${words} was not running`]),
          ...(life.roles.since(sinceMs - chronicle.lagMaxMs).some((roles) => roles.includes(role))
            ? []
            : [`${words} did not ask for it`]),
          ...(allows.some((allow) => isAllowed(allow, life)) ? [] : [`${words} is not allowed to`]),
        ];
      });
    },
  };
}

/** The conditions that stories use. */
function isAllowed(allow: AllowSpec | undefined, { subnetId, tags }: InstanceLife): boolean {
  const { subnets, tags: wanted = {} } = allow ?? {};
  return (
    (subnets === undefined || [subnets].flat().some((each) => each === subnetId)) &&
    Object.entries(wanted).every(([key, values]) => [values].flat().some((value) => tags.get(key) === value))
  );
}

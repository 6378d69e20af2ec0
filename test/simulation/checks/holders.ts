import type { RoleName } from '../../../shared/model/ids.ts';
import { slotOf } from '../../../shared/model/role-state.ts';
import type { Check } from './watch.ts';

/** At most one holder per slot and generation, ever; a generation never goes back and grows one by one. */
export function oneHolderPerGeneration(): Check {
  const holders = new Map<string, string>();
  return {
    name: 'one holder per slot and generation',
    onStateWrite: ({ controller, role, before, after }) =>
      after.slots.flatMap(({ slot, generation, holder = 'nobody' }) => {
        const key = `${controller} ${role} ${slot} ${generation}`;
        const known = holders.get(key);
        holders.set(key, holder);
        const last = slotOf(before, slot);
        const words = slotWords(role, slot);
        return [
          ...(known !== undefined && known !== holder
            ? [`${words} has generation ${generation} for ${known} and for ${holder}`]
            : []),
          ...(generation < last.generation
            ? [`${words} went back from generation ${last.generation} to ${generation}`]
            : []),
          ...(generation > last.generation + 1
            ? [`${words} went from generation ${last.generation} to ${generation} at once`]
            : []),
          ...(generation === last.generation && last.generation > 0 && holder !== (last.holder ?? 'nobody')
            ? [`${words} went from ${last.holder ?? 'nobody'} to ${holder} within generation ${generation}`]
            : []),
        ];
      }),
  };
}

export function slotWords(role: RoleName, slot: number): string {
  return `slot ${slot} of ${role}`;
}

import { describe, expect, it } from 'vitest';
import { noState, slotOf, slotsOf } from '../../../../shared/model/role-state.ts';
import { heldBy, instanceId } from '../../../builders/observed.ts';

describe('noState', () => {
  it('knows nothing yet', () => {
    const known = Object.values(noState).filter((each) => typeof each === 'object');

    expect(known.flatMap((each) => Object.values(each))).toEqual([]);
  });
});

describe('slotOf', () => {
  it('is the slot as it stands', () => {
    expect(slotOf(heldBy(1), 0)).toMatchObject({ slot: 0, generation: 1, holder: instanceId(1) });
  });

  it('is, before the first claim, a slot of generation 0 in which nobody wrote anything', () => {
    expect(slotOf(heldBy(1), 1)).toEqual({
      slot: 1,
      generation: 0,
      claimedAtMs: 0,
      written: { associations: [], placements: [], records: [] },
      intent: [],
      settledAtMs: 0,
    });
  });
});

describe('slotsOf', () => {
  it('has the slots that the spec wants, and after them those of an earlier, larger one', () => {
    const state = {
      ...noState,
      slots: [3, 2, 0].map((slot) => ({ ...slotOf(noState, slot), generation: 7 })),
    };

    const slots = slotsOf(state, 2);

    expect(slots.map(({ slot, generation }) => [slot, generation])).toEqual([
      [0, 7],
      [1, 0],
      [3, 7],
      [2, 7],
    ]);
  });
});

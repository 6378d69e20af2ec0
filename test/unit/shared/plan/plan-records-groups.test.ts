import { describe, expect, it } from 'vitest';
import { recordKey } from '../../../../shared/model/record-set.ts';
import {
  aGroup,
  answer,
  aZone,
  changesOf,
  multivalue,
  named,
  perSlot,
  planGroup,
  web,
} from '../../../builders/group-records.ts';
import { aRecord } from '../../../builders/observed.ts';

describe('a group', () => {
  it('has one answer per slot, each with its own identifier', () => {
    const plans = planGroup(aGroup(2), [
      { slot: 0, holder: 1 },
      { slot: 1, holder: 2 },
    ]);

    expect(changesOf(plans)).toEqual(['+web 60 A (web-0) 10.0.1.1', '+web 60 A (web-1) 10.0.1.2']);
  });

  it('changes nothing but the slot that has another holder', () => {
    const slots = [
      { slot: 0, holder: 1, written: [answer(0, 1)] },
      { slot: 1, holder: 3, written: [answer(1, 2)] },
    ];

    const plans = planGroup(aGroup(2), slots);

    expect(changesOf(plans)).toEqual(['-web 60 A (web-1) 10.0.1.2 +web 60 A (web-1) 10.0.1.3']);
    expect(plans.get(0)?.standing).toEqual([answer(0, 1)]);
  });

  it('lets a vacant slot leave while another answers', () => {
    const slots = [
      { slot: 0, written: [answer(0, 1)] },
      { slot: 1, holder: 2, written: [answer(1, 2)] },
    ];

    const plans = planGroup(aGroup(2), slots);

    expect(changesOf(plans)).toEqual(['-web 60 A (web-0) 10.0.1.1']);
    expect(plans.get(0)?.dropped).toEqual(new Set([recordKey(answer(0, 1))]));
  });

  it('lets a vacant slot leave when another begins to answer in the same plan', () => {
    const slots = [
      { slot: 0, written: [answer(0, 1)] },
      { slot: 1, holder: 2 },
    ];

    expect(changesOf(planGroup(aGroup(2), slots))).toEqual([
      '-web 60 A (web-0) 10.0.1.1',
      '+web 60 A (web-1) 10.0.1.2',
    ]);
  });

  it('keeps its answers when all its slots are vacant', () => {
    const slots = [0, 1, 2].map((slot) => ({ slot, written: [answer(slot, slot + 1)] }));

    const plans = planGroup(aGroup(3), slots);

    expect(changesOf(plans)).toEqual([]);
    expect([0, 1, 2].map((slot) => plans.get(slot)?.standing)).toEqual([
      [answer(0, 1)],
      [answer(1, 2)],
      [answer(2, 3)],
    ]);
  });

  it('keeps the answer of a vacant slot while that of the other is refused', () => {
    const stranger = aRecord('192.0.2.1', {
      name: web,
      routing: { policy: 'multivalue', setIdentifier: 'web-1' },
    });
    const slots = [
      { slot: 0, written: [answer(0, 1)] },
      { slot: 1, holder: 2 },
    ];

    const plans = planGroup(aGroup(2), slots, [answer(0, 1), stranger]);

    expect(changesOf(plans)).toEqual([]);
    expect(plans.get(1)?.refusals).toMatchObject([{ code: 'RecordNotOurs' }]);
  });

  it('keeps the name of a vacant slot, which nobody else answers', () => {
    const slots = [
      { slot: 0, written: [named(0, 1)] },
      { slot: 1, holder: 2 },
    ];

    expect(changesOf(planGroup(aGroup(2, [perSlot]), slots))).toEqual(['+web-1 60 A 10.0.1.2']);
  });

  it('answers with one parking value when all its slots are vacant', () => {
    const parking = { parking: ['192.0.2.9'] };
    const role = aGroup(2, [{ ...multivalue, ...parking }], { vacant: 'park' });
    const slots = [0, 1].map((slot) => ({ slot, written: [answer(slot, slot + 1)] }));

    expect(changesOf(planGroup(role, slots))).toEqual([
      '-web 60 A (web-0) 10.0.1.1 +web 60 A (web-0) 192.0.2.9',
      '-web 60 A (web-1) 10.0.1.2',
    ]);
  });

  it('parks no slot beside one that answers', () => {
    const role = aGroup(2, [{ ...multivalue, parking: ['192.0.2.9'] }], { vacant: 'park' });
    const slots = [{ slot: 0 }, { slot: 1, holder: 2, written: [answer(1, 2)] }];

    expect(changesOf(planGroup(role, slots))).toEqual([]);
  });
});

describe('a group that shrinks', () => {
  it('gives up the names and answers of the slots that it no longer has', () => {
    const slots = [0, 1].map((slot) => ({
      slot,
      holder: slot + 1,
      written: [answer(slot, slot + 1), named(slot, slot + 1)],
    }));

    const plans = planGroup(aGroup(1, [multivalue, perSlot]), slots);

    expect(changesOf(plans)).toEqual(['-web-1 60 A 10.0.1.2', '-web 60 A (web-1) 10.0.1.2']);
    expect(plans.get(1)).toMatchObject({ standing: [], refusals: [] });
  });

  it('keeps the last answer of a slot that is gone until another slot has one', () => {
    const gone = { slot: 1, written: [answer(1, 2)] };

    expect(changesOf(planGroup(aGroup(1), [{ slot: 0 }, gone]))).toEqual([]);
    expect(changesOf(planGroup(aGroup(1), [{ slot: 0, holder: 1 }, gone]))).toEqual([
      '+web 60 A (web-0) 10.0.1.1',
      '-web 60 A (web-1) 10.0.1.2',
    ]);
  });

  it('becomes a singleton with one simple record, all others deleted in the same batch', () => {
    const slots = [0, 1].map((slot) => ({ slot, holder: slot + 1, written: [answer(slot, slot + 1)] }));

    expect(changesOf(planGroup(aGroup(1, [{ ...aZone, name: web }]), slots))).toEqual([
      '-web 60 A (web-0) 10.0.1.1',
      '+web 60 A 10.0.1.1',
      '-web 60 A (web-1) 10.0.1.2',
    ]);
  });
});

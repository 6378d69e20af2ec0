import { describe, expect, it } from 'vitest';
import type { Observed } from '../../../../../shared/model/observed.ts';
import type { SlotState } from '../../../../../shared/model/role-state.ts';
import { noState, nothingWritten, slotOf } from '../../../../../shared/model/role-state.ts';
import { aNetwork, targetGroupArn } from '../../../../builders/network.ts';
import { anInstance, instanceId } from '../../../../builders/observed.ts';
import { anAddressCase } from './address-case.ts';

const web = targetGroupArn('web');
const own = { targetGroup: web };
const target = (number: number, port = 80) => ({ targetGroupArn: web, instanceId: instanceId(number), port });

function registered(...targets: readonly ReturnType<typeof target>[]): Partial<Observed> {
  return { instances: [anInstance(1), anInstance(2)], network: aNetwork({ targets }) };
}

/** A slot that registered the instance of that number. */
function writtenFor(number: number): Partial<SlotState> {
  return {
    written: { ...nothingWritten, placements: [{ resource: `target ${web}`, at: instanceId(number) }] },
  };
}

const register = (number: number) => ({
  kind: 'register-target' as const,
  targetGroupArn: web,
  instanceId: instanceId(number),
});
const deregister = (number: number) => ({ ...register(number), kind: 'deregister-target' as const });

describe('a target group', () => {
  it('stands in nobody’s way', () => {
    const { refusal, obstacle } = anAddressCase([own], registered(target(9)));

    expect([refusal(), obstacle(1)]).toEqual([undefined, undefined]);
  });

  it('gets the holder', () => {
    expect(anAddressCase([own], registered()).plan(1)).toStrictEqual({
      changes: [register(1)],
      placements: [],
    });
  });

  it('keeps the holder', () => {
    expect(anAddressCase([own], registered(target(1))).plan(1)).toEqual({
      changes: [],
      placements: [{ resource: `target ${web}`, at: instanceId(1) }],
    });
  });

  it('loses the former holder once it has the new one', () => {
    const { changes } = anAddressCase([own], registered(target(1)), { slot: writtenFor(1) });

    expect(changes(2)).toEqual([register(2), deregister(1)]);
  });

  it('loses the former holder also when a crash came in between', () => {
    const slot = { ...writtenFor(1), intent: [register(2), deregister(1)] };

    expect(anAddressCase([own], registered(target(1), target(2)), { slot }).changes(2)).toEqual([
      deregister(1),
    ]);
  });

  it('loses one that an unsettled claim of ours may have registered', () => {
    const slot = { intent: [register(1)] };

    expect(anAddressCase([own], registered(target(1)), { slot }).changes(2)).toEqual([
      register(2),
      deregister(1),
    ]);
  });

  it('keeps everybody else', () => {
    const { changes } = anAddressCase([own], registered(target(1), target(9)), { slot: writtenFor(3) });

    expect(changes(2)).toEqual([register(2)]);
  });

  it('loses the former holder of this slot whoever holds the others', () => {
    const slots = [1, 3].map((holder, slot) => ({ ...slotOf(noState, slot), holder: instanceId(holder) }));
    const observed = { ...registered(target(1)), state: { ...noState, slots } };
    const { changes } = anAddressCase([own], observed, { slots: 2, slot: writtenFor(1) });

    expect(changes(2)).toEqual([register(2), deregister(1)]);
  });

  it('keeps one whom the slot registered only elsewhere', () => {
    const placements = [{ resource: `target ${targetGroupArn('api')}`, at: instanceId(1) }];
    const slot = { written: { ...nothingWritten, placements } };

    expect(anAddressCase([own], registered(target(1)), { slot }).changes(2)).toEqual([register(2)]);
  });

  it('keeps a former holder who holds another slot by now', () => {
    const slots = [1, 2].map((holder, slot) => ({ ...slotOf(noState, slot), holder: instanceId(holder) }));
    const observed = { ...registered(target(1), target(2)), state: { ...noState, slots } };

    expect(anAddressCase([own], observed, { slots: 2, slot: writtenFor(2) }).changes(1)).toEqual([]);
  });

  it('keeps a former holder whom this pass gives another slot', () => {
    const observed = registered(target(1));
    const other = anAddressCase([own], observed, { slots: 2 });
    other.plan(1);
    const { taken } = other.context;
    const { changes } = anAddressCase([own], observed, {
      slots: 2,
      taken,
      slot: { ...writtenFor(1), slot: 1 },
    });

    expect(changes(2)).toEqual([register(2)]);
  });

  it('loses a former holder whom this pass registers only elsewhere', () => {
    const elsewhere = { targetGroup: targetGroupArn('api') };
    const other = anAddressCase([own, elsewhere], registered(target(1)), { index: 1 });
    other.plan(1);
    const { changes } = anAddressCase([own, elsewhere], registered(target(1)), {
      taken: other.context.taken,
      slot: writtenFor(1),
    });

    expect(changes(2)).toEqual([register(2), deregister(1)]);
  });

  it('loses nobody from another group in which the slot registered the same instance', () => {
    const observed = registered({ ...target(1), targetGroupArn: targetGroupArn('api') });

    expect(anAddressCase([own], observed, { slot: writtenFor(1) }).changes(2)).toEqual([register(2)]);
  });

  it('counts only registrations on the port of the spec', () => {
    const { changes, resources } = anAddressCase([{ ...own, port: 8080 }], registered(target(1, 80)), {
      slot: { intent: [{ ...register(2), port: 8080 }] },
    });

    const there = anAddressCase([{ ...own, port: 8080 }], registered(target(1, 80), target(1, 8080)));

    expect(changes(1)).toEqual([{ ...register(1), port: 8080 }]);
    expect(there.changes(1)).toEqual([]);
    expect(resources()).toEqual([`target ${web} 8080`]);
  });
});

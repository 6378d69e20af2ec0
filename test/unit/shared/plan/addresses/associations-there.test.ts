import { describe, expect, it } from 'vitest';
import type { AssociateAddress } from '../../../../../shared/model/change.ts';
import type { SlotState } from '../../../../../shared/model/role-state.ts';
import { nothingWritten, slotOf } from '../../../../../shared/model/role-state.ts';
import { associationsThere, wasReplaced } from '../../../../../shared/plan/addresses/associations-there.ts';
import {
  allocationId,
  anElasticIp,
  associationId,
  heldBy,
  instanceId,
  networkInterfaceId,
  privateIp,
  publicIp,
} from '../../../../builders/observed.ts';
import { standing } from './elastic-ip-case.ts';

/** Brings the role's Elastic IP to the instance of that number, which it was seen to leave another for. */
const toInstance = (number: number, replaced?: number): AssociateAddress => ({
  kind: 'associate-address',
  allocationId: allocationId(0xe1),
  publicIp: publicIp(25),
  networkInterfaceId: networkInterfaceId(number),
  privateIp: privateIp(number),
  instanceId: instanceId(number),
  allowReassociation: replaced !== undefined,
  ...(replaced === undefined ? {} : { replaces: associationId(replaced) }),
});

/** A slot that wrote the association with instance 2. */
const slot = (more: Partial<SlotState>): SlotState => ({ ...slotOf(heldBy(2), 0), ...more });
const first = standing(privateIp(1), 1, 1);

describe('associationsThere', () => {
  it('are those that stand where an unsettled or an earlier claim meant them to', () => {
    expect(associationsThere(slot({ intent: [toInstance(1)] }), [anElasticIp(1)])).toEqual([first]);
    expect(associationsThere(slot({ late: [toInstance(1)] }), [anElasticIp(1)])).toEqual([first]);
  });

  it('are none that stand elsewhere, or of which nothing was meant', () => {
    const elsewhere = anElasticIp(1, {
      association: { ...first, privateIp: privateIp(9), instanceId: instanceId(1) },
    });
    const meant = slot({ intent: [{ kind: 'change-record' }, toInstance(1)] as SlotState['intent'] });

    expect(associationsThere(slot({}), [anElasticIp(1)])).toEqual([]);
    expect(associationsThere(meant, [])).toEqual([]);
    expect(associationsThere(meant, [anElasticIp()])).toEqual([]);
    expect(associationsThere(meant, [anElasticIp(3)])).toEqual([]);
    expect(associationsThere(meant, [elsewhere])).toEqual([]);
  });
});

describe('an association was replaced', () => {
  it('when a change says so that came to what is written', () => {
    expect(wasReplaced(slot({ late: [toInstance(2, 1), toInstance(1)] }), first)).toBe(true);
    expect(wasReplaced(slot({ intent: [toInstance(2, 1)] }), first)).toBe(true);
  });

  it('but not when it is one that nobody has seen: a call that came late made it', () => {
    expect(wasReplaced(slot({ late: [toInstance(2, 7), toInstance(1)] }), first)).toBe(false);
    expect(wasReplaced(slot({}), first)).toBe(false);
  });

  it('nor when the change may not have come to pass: something else is written, or nothing', () => {
    const elsewhere: AssociateAddress = { ...toInstance(2, 1), privateIp: privateIp(9) };

    expect(wasReplaced(slot({ late: [toInstance(3, 1)] }), first)).toBe(false);
    expect(wasReplaced(slot({ late: [elsewhere] }), first)).toBe(false);
    expect(wasReplaced(slot({ late: [toInstance(2, 1)], written: nothingWritten }), first)).toBe(false);
  });

  it('nor by what a change of another kind did, or to another Elastic IP', () => {
    const other = { ...standing(privateIp(2), 2, 2), allocationId: allocationId(0xe2) };
    const written = { ...nothingWritten, associations: [other] };

    expect(wasReplaced(slot({ late: [toInstance(2, 1)], written }), first)).toBe(false);
  });
});

import { describe, expect, it } from 'vitest';
import { clockSkewMaxMs, consistencyWindowMs } from '../../../../shared/plan/plan-role.ts';
import {
  anElasticIp,
  anInstance,
  aRole,
  atName,
  heldBy,
  instanceId,
  nowMs,
} from '../../../builders/observed.ts';
import { plan, settled, slotOf } from '../../../builders/plan.ts';

describe('planRole, when it should not act at once', () => {
  describe('leases', () => {
    const lease = { owner: 'other', expiresAtMs: nowMs + 10_000 };

    it('leaves a role alone while somebody else holds its lease', () => {
      expect(plan({ ...settled, state: { ...heldBy(1), lease } })).toEqual({ kind: 'busy', ...lease });
    });

    it('allows for clocks that differ: a lease that has just run out is still another’s', () => {
      const withLease = (expiresAtMs: number) =>
        plan({ ...settled, state: { ...heldBy(1), lease: { ...lease, expiresAtMs } } });

      expect(withLease(nowMs - clockSkewMaxMs + 1).kind).toBe('busy');
      expect(withLease(nowMs - clockSkewMaxMs).kind).toBe('act');
    });

    it('goes on under a lease of its own', () => {
      const result = plan({ ...settled, state: { ...heldBy(1), lease: { ...lease, owner: 'me' } } });

      expect(result.kind).toBe('act');
    });

    it('settles a claim that meant changes, when they turn out to be made', () => {
      const { changes } = slotOf(plan({ ...settled, elasticIps: [anElasticIp()] }));

      const result = plan({ ...settled, state: heldBy(1, { intent: changes }) });

      expect(changes).not.toEqual([]);
      expect(result.kind).toBe('act');
      expect(slotOf(result).changes).toEqual([]);
    });

    it('settles what a crashed invocation left behind, with nothing left to change', () => {
      const over = { ...lease, expiresAtMs: nowMs - 10_000 };

      const result = plan({ ...settled, state: { ...heldBy(1), lease: over } });

      expect(result.kind).toBe('act');
      expect(slotOf(result).changes).toEqual([]);
    });
  });

  describe('distrust of the first read', () => {
    const stopped = new Map([[instanceId(1), { state: 'stopped' as const, timeMs: nowMs - 1_000 }]]);
    const running = new Map([[instanceId(2), { state: 'running' as const, timeMs: nowMs - 1_000 }]]);

    it('doubts a holder described as running when its event says stopped', () => {
      expect(plan(settled, { hints: stopped }).kind).toBe('doubt');
    });

    it('believes the second read', () => {
      expect(plan(settled, { hints: stopped, secondReads: new Set([aRole().name]) }).kind).toBe('rest');
    });

    it('does not doubt a contradiction with an event that is long past', () => {
      const old = new Map([[instanceId(1), { state: 'stopped' as const, timeMs: nowMs - 600_000 }]]);

      expect(plan(settled, { hints: old }).kind).toBe('rest');
    });

    it('doubts a candidate described as pending when its event says running', () => {
      const instances = [anInstance(2, { state: 'pending' })];

      expect(plan({ instances, names: atName() }, { hints: running }).kind).toBe('doubt');
    });

    it('doubts a read that contradicts what was settled a moment ago', () => {
      const state = heldBy(1, { settledAtMs: nowMs - 1_000 });

      expect(plan({ ...settled, state, elasticIps: [anElasticIp()] }).kind).toBe('doubt');
    });

    it('believes what contradicts a write of longer ago', () => {
      const settledAgo = (ageMs: number) =>
        plan({ ...settled, state: heldBy(1, { settledAtMs: nowMs - ageMs }), elasticIps: [anElasticIp()] });

      expect(settledAgo(consistencyWindowMs - 1).kind).toBe('doubt');
      expect(settledAgo(consistencyWindowMs).kind).toBe('act');
    });

    it('does not wait with a move, whatever was settled a moment ago', () => {
      const state = heldBy(1, { settledAtMs: nowMs - 1_000 });

      expect(plan({ ...settled, state, instances: [anInstance(2)] }).kind).toBe('act');
    });

    it('does not wait with a claim that somebody left unsettled', () => {
      const lease = { owner: 'other', expiresAtMs: nowMs - 10_000 };
      const state = { ...heldBy(1, { settledAtMs: nowMs - 1_000 }), lease };

      expect(plan({ ...settled, state, elasticIps: [anElasticIp()] }).kind).toBe('act');
    });

    it('says what it doubts', () => {
      const state = heldBy(1, { settledAtMs: nowMs - 1_000 });

      expect(plan({ ...settled, state, elasticIps: [anElasticIp()] })).toEqual({
        kind: 'doubt',
        reason: 'the read contradicts what was settled a moment ago',
      });
    });

    it('repairs the drift when the second read shows it too', () => {
      const state = heldBy(1, { settledAtMs: nowMs - 1_000 });
      const secondReads = new Set([aRole().name]);

      const result = plan({ ...settled, state, elasticIps: [anElasticIp()] }, { secondReads });

      expect(slotOf(result).changes).toMatchObject([
        { kind: 'associate-address', instanceId: instanceId(1) },
      ]);
    });
  });

  describe('a role that an operator froze', () => {
    const frozen = { words: { frozen: { by: 'ana', atMs: nowMs - 1_000 } } };
    const state = heldBy(1, {}, frozen);

    it('is told what would be done, and by whom it is kept', () => {
      const result = plan({ ...settled, state, instances: [anInstance(2)] });

      expect(result).toMatchObject({
        kind: 'frozen',
        by: 'ana',
        slots: [
          { holder: instanceId(2), changes: [{ kind: 'associate-address' }, { kind: 'change-record' }] },
        ],
      });
    });

    it('is not asked to settle what a crashed invocation left behind', () => {
      const lease = { owner: 'other', expiresAtMs: nowMs - 10_000 };

      expect(plan({ ...settled, state: { ...state, lease } }).kind).toBe('frozen');
    });

    it('rests while there is nothing to do', () => {
      expect(plan({ ...settled, state }).kind).toBe('rest');
    });
  });
});

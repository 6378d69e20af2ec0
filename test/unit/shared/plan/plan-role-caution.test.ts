import { describe, expect, it } from 'vitest';
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
      const justOver = { ...lease, expiresAtMs: nowMs - 1_000 };

      expect(plan({ ...settled, state: { ...heldBy(1), lease: justOver } }).kind).toBe('busy');
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

    it('repairs the drift when the second read shows it too', () => {
      const state = heldBy(1, { settledAtMs: nowMs - 1_000 });
      const secondReads = new Set([aRole().name]);

      const result = plan({ ...settled, state, elasticIps: [anElasticIp()] }, { secondReads });

      expect(slotOf(result).changes).toMatchObject([
        { kind: 'associate-address', instanceId: instanceId(1) },
      ]);
    });
  });
});

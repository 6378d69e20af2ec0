import { describe, expect, it } from 'vitest';
import { planRoles } from '../../../../shared/plan/plan-role.ts';
import {
  allocationId,
  anElasticIp,
  anInstance,
  anObservation,
  aRecord,
  aRole,
  associationId,
  atName,
  heldBy,
  instanceId,
  networkInterfaceId,
  nowMs,
  privateIp,
  publicIp,
} from '../../../builders/observed.ts';
import { plan, settled, slotOf } from '../../../builders/plan.ts';

describe('planRole', () => {
  it('gives a new role to the first candidate: the free address without reassociation, the record created', () => {
    const result = plan({ instances: [anInstance(2), anInstance(1)], names: atName() });

    expect(result.kind).toBe('act');
    expect(slotOf(result).holder).toBe(instanceId(1));
    expect(slotOf(result).changes).toEqual([
      {
        kind: 'associate-address',
        allocationId: allocationId(0xe1),
        publicIp: publicIp(25),
        networkInterfaceId: networkInterfaceId(1),
        privateIp: privateIp(1),
        instanceId: instanceId(1),
        allowReassociation: false,
      },
      { kind: 'change-record', after: aRecord('10.0.1.1') },
    ]);
  });

  it('rests when desired equals observed', () => {
    const result = plan(settled);

    expect(result.kind).toBe('rest');
    expect(slotOf(result)).toMatchObject({ holder: instanceId(1), changes: [], refusals: [] });
  });

  it('keeps a healthy holder although another candidate has a higher priority', () => {
    const eager = anInstance(2, { tags: { role: 'db', 'role-priority': '10' } });

    const result = plan({ ...settled, instances: [anInstance(1), eager] });

    expect(result.kind).toBe('rest');
  });

  it.each(['shutting-down', 'terminated', 'stopping', 'stopped', 'pending'] as const)(
    'moves to the next candidate when the holder is %s, replacing the record exactly',
    (state) => {
      const result = plan({ ...settled, instances: [anInstance(1, { state }), anInstance(2)] });

      expect(slotOf(result).holder).toBe(instanceId(2));
      expect(slotOf(result).changes).toMatchObject([
        { kind: 'associate-address', instanceId: instanceId(2), allowReassociation: true },
        { kind: 'change-record', before: aRecord('10.0.1.1'), after: aRecord('10.0.1.2') },
      ]);
    },
  );

  it('moves when the holder no longer carries the tag', () => {
    const result = plan({ ...settled, instances: [anInstance(1, { tags: {} }), anInstance(2)] });

    expect(slotOf(result).holder).toBe(instanceId(2));
  });

  it('moves when the holder is nowhere to be found', () => {
    const result = plan({ ...settled, instances: [anInstance(2)] });

    expect(slotOf(result).holder).toBe(instanceId(2));
  });

  it('leaves the slot vacant and everything in place when nobody can hold it', () => {
    const result = plan({ ...settled, instances: [anInstance(1, { state: 'terminated' })] });

    expect(result.kind).toBe('act');
    expect(slotOf(result)).toMatchObject({ holder: undefined, changes: [] });
  });

  it('rests once the slot is vacant', () => {
    const { holder: _, ...vacant } = slotOf(plan(settled)).before;

    const result = plan({ state: { ...heldBy(1), slots: [vacant] }, instances: [] });

    expect(result.kind).toBe('rest');
  });

  it('takes whoever carries the address already as the incumbent of a role that was never claimed', () => {
    const result = plan({
      instances: [anInstance(1), anInstance(2)],
      elasticIps: [anElasticIp(2)],
      names: atName(aRecord('10.0.1.2')),
    });

    expect(slotOf(result)).toMatchObject({ holder: instanceId(2), changes: [] });
  });

  describe('what is not ours', () => {
    it('refuses an address that is with a stranger, and does not claim', () => {
      const stranger = anElasticIp(9);

      const result = plan({
        role: aRole({ records: [] }),
        instances: [anInstance(1)],
        elasticIps: [stranger],
        names: [],
      });

      expect(result.kind).toBe('rest');
      expect(slotOf(result).refusals).toMatchObject([{ code: 'ElasticIpNotOurs' }]);
      expect(slotOf(result).holder).toBeUndefined();
    });

    it('takes it over when the spec says adopt', () => {
      const role = aRole({ addresses: [{ elasticIp: allocationId(0xe1), adopt: true }], records: [] });

      const result = plan({ role, instances: [anInstance(1)], elasticIps: [anElasticIp(9)], names: [] });

      expect(slotOf(result).changes).toMatchObject([{ kind: 'associate-address', allowReassociation: true }]);
    });

    it('knows an association that it made itself, even with an instance that is gone', () => {
      const result = plan({ ...settled, instances: [anInstance(2)] });

      expect(slotOf(result).refusals).toEqual([]);
    });

    it('finishes an association that an unsettled claim meant to make', () => {
      const intent = slotOf(plan({ ...settled, instances: [anInstance(9)] })).changes;
      const state = heldBy(1, { intent });

      const result = plan({
        state,
        instances: [anInstance(2)],
        elasticIps: [anElasticIp(9)],
        names: atName(),
      });

      expect(slotOf(result).changes[0]).toMatchObject({
        kind: 'associate-address',
        instanceId: instanceId(2),
      });
    });

    it('refuses a record that it did not write, and still moves the address', () => {
      const foreign = aRecord('192.0.2.1');

      const result = plan({ instances: [anInstance(1)], names: atName(foreign) });

      expect(slotOf(result).refusals).toMatchObject([{ code: 'RecordNotOurs' }]);
      expect(slotOf(result).changes).toMatchObject([{ kind: 'associate-address' }]);
    });

    it('replaces exactly what stands there when the record is to be adopted', () => {
      const foreign = aRecord('192.0.2.1', { ttlSeconds: 300 });
      const records = [{ zone: 'corp.internal', name: 'db.corp.internal', value: 'privateIp', adopt: true }];

      const result = plan({ role: aRole({ records }), instances: [anInstance(1)], names: atName(foreign) });

      expect(slotOf(result).changes).toContainEqual({
        kind: 'change-record',
        before: foreign,
        after: aRecord('10.0.1.1'),
      });
    });
  });

  describe('one address per private address', () => {
    const other = anElasticIp(1, { allocationId: allocationId(0xe2), publicIp: publicIp(26) });

    it('does not evict another Elastic IP: the next private address is used', () => {
      const second = {
        networkInterfaceId: networkInterfaceId(1),
        privateIp: privateIp(101),
        isPrimary: false,
      };
      const instance = anInstance(1, { privateIps: [...anInstance(1).privateIps, second] });

      const result = plan({ instances: [instance], elasticIps: [anElasticIp(), other], names: atName() });

      expect(slotOf(result).changes[0]).toMatchObject({ privateIp: privateIp(101) });
    });

    it('passes over a candidate with no private address left, and says why', () => {
      const result = plan({
        instances: [anInstance(1), anInstance(2)],
        elasticIps: [anElasticIp(), other],
        names: atName(),
      });

      expect(slotOf(result).holder).toBe(instanceId(2));
      expect(result).toMatchObject({
        verdicts: expect.arrayContaining([
          expect.objectContaining({ instanceId: instanceId(1), kind: 'refused' }),
        ]),
      });
    });

    it('gives two roles of one instance different private addresses in one pass', () => {
      const second = {
        networkInterfaceId: networkInterfaceId(1),
        privateIp: privateIp(101),
        isPrimary: false,
      };
      const instance = anInstance(1, {
        tags: { role: 'db,web' },
        privateIps: [...anInstance(1).privateIps, second],
      });
      const elasticIps = [anElasticIp(), anElasticIp(undefined, { allocationId: allocationId(0xe2) })];
      const web = aRole({ addresses: [{ elasticIp: allocationId(0xe2) }], records: [] }, 'web');
      const both = [anObservation({ role: web, instances: [instance], elasticIps, names: [] })];
      both.push(anObservation({ instances: [instance], elasticIps, names: atName() }));

      const plans = planRoles(both, { nowMs, owner: 'me', hints: new Map(), secondReads: new Set() });

      const places = [...plans.values()].map((each) => slotOf(each).changes[0]);
      expect(places).toMatchObject([{ privateIp: privateIp(1) }, { privateIp: privateIp(101) }]);
    });
  });

  it('finds an Elastic IP by its tags, and refuses when they name two', () => {
    const role = aRole({ addresses: [{ elasticIp: { tags: { Name: 'db' } } }], records: [] });
    const tagged = anElasticIp(undefined, { tags: { Name: 'db', team: 'a' } });
    const twin = { ...tagged, allocationId: allocationId(0xe2) };

    const one = plan({ role, instances: [anInstance(1)], elasticIps: [tagged], names: [] });
    const two = plan({ role, instances: [anInstance(1)], elasticIps: [tagged, twin], names: [] });
    const none = plan({ role, instances: [anInstance(1)], elasticIps: [], names: [] });

    expect(slotOf(one).changes).toMatchObject([{ allocationId: allocationId(0xe1) }]);
    expect(slotOf(two).refusals).toMatchObject([{ code: 'ElasticIpAmbiguous' }]);
    expect(slotOf(none).refusals).toMatchObject([{ code: 'ElasticIpNotFound' }]);
  });

  it('deletes a record that the spec no longer names, exactly as it was written', () => {
    const old = aRecord('10.0.1.1', { type: 'CNAME', values: ['x.example.com'] });
    const { written } = slotOf(plan(settled)).before;
    const state = heldBy(1, { written: { ...written, records: [...written.records, old] } });

    const result = plan({ ...settled, state });

    expect(slotOf(result).changes).toEqual([{ kind: 'change-record', before: old }]);
  });

  it('keeps the association id of what already stands', () => {
    const result = plan({ ...settled, instances: [anInstance(1)] });

    expect(slotOf(result).standing.associations).toMatchObject([{ associationId: associationId(1) }]);
  });
});

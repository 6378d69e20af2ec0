import { describe, expect, it } from 'vitest';
import { noState, nothingWritten } from '../../../../shared/model/role-state.ts';
import {
  allocationId,
  anElasticIp,
  anInstance,
  aRole,
  heldBy,
  instanceId,
  networkInterfaceId,
  privateIp,
} from '../../../builders/observed.ts';
import { plan, settled, slotOf } from '../../../builders/plan.ts';

const elasticIpOnly = aRole({ records: [] });
const nothingThere = { elasticIps: [], role: elasticIpOnly };

describe('a role that has nothing to give, because all of it is refused', () => {
  it('says so of whoever would hold it', () => {
    const result = plan({ ...nothingThere, state: noState, instances: [anInstance(1)] });

    expect(slotOf(result).holder).toBeUndefined();
    expect(result).toMatchObject({
      verdicts: [
        { kind: 'ready', words: 'ready to step in, once the role has something that is not refused' },
      ],
    });
  });

  it('is not left with a holder that is gone', () => {
    const state = heldBy(1, { written: nothingWritten });

    const result = plan({ ...nothingThere, state, instances: [anInstance(1, { state: 'terminated' })] });

    expect(result.kind).toBe('act');
    expect(slotOf(result)).toMatchObject({ holder: undefined, refusals: [{ code: 'ElasticIpNotFound' }] });
  });
});

describe('an Elastic IP that the role put there and wants no more', () => {
  const other = anElasticIp(undefined, { allocationId: allocationId(0xe2) });

  it('makes room for the one that the spec has instead, and the holder stays', () => {
    const role = aRole({ addresses: [{ elasticIp: allocationId(0xe2) }] });

    const { holder, changes } = slotOf(plan({ ...settled, role, elasticIps: [anElasticIp(1), other] }));

    expect(holder).toBe(instanceId(1));
    expect(changes).toMatchObject([
      {
        kind: 'associate-address',
        allocationId: allocationId(0xe2),
        networkInterfaceId: networkInterfaceId(1),
        privateIp: privateIp(1),
      },
    ]);
  });

  it('stays where somebody else put it', () => {
    const role = aRole({ addresses: [{ elasticIp: allocationId(0xe2) }] });
    const state = heldBy(1, { written: nothingWritten });
    const instances = [anInstance(1)];

    const result = plan({ role, state, instances, elasticIps: [anElasticIp(1), other] });

    expect(slotOf(result).changes.filter(({ kind }) => kind === 'associate-address')).toEqual([]);
  });

  it('makes room when its slot is one that the group no longer has', () => {
    const tags = { pool: 'web' };
    const role = aRole({ addresses: [{ elasticIp: { pool: { tags } } }], records: [] });
    const [left] = heldBy(1).slots;
    const slots = left === undefined ? [] : [{ ...left, slot: 1 }];
    const free = { ...other, tags };

    const result = plan({
      role,
      state: { ...noState, revision: 2, slots },
      instances: [anInstance(1)],
      elasticIps: [anElasticIp(1, { tags }), free],
    });

    expect(slotOf(result)).toMatchObject({
      holder: instanceId(1),
      changes: [{ kind: 'associate-address', allocationId: allocationId(0xe2), privateIp: privateIp(1) }],
    });
  });
});

import { describe, expect, it } from 'vitest';
import { noState, nothingWritten, slotOf } from '../../../../../shared/model/role-state.ts';
import { isLeftOver } from '../../../../../shared/plan/addresses/elastic-ip-resolution.ts';
import { targetGroupArn } from '../../../../builders/network.ts';
import { allocationId, anElasticIp, anInstance, associationId } from '../../../../builders/observed.ts';
import { anAddressCase } from './address-case.ts';
import { association, at, standing } from './elastic-ip-case.ts';

describe('an Elastic IP that another slot of the role put on the holder', () => {
  const pool = { elasticIp: { pool: { tags: { pool: 'web' } } } };
  const tags = { pool: 'web' };
  const free = anElasticIp(undefined, { tags });
  const there = { ...at(1, 0xe2), tags };
  const written = { ...nothingWritten, associations: [{ ...standing(), allocationId: allocationId(0xe2) }] };
  const state = { ...noState, slots: [{ ...slotOf(noState, 1), written }] };
  const observed = { instances: [anInstance(1)], elasticIps: [free, there], state };
  const noPlace = 'each of its private addresses already carries another Elastic IP';

  it('keeps its place while the spec has that slot and wants it', () => {
    const addresses = [pool, { targetGroup: targetGroupArn('web') }];

    expect(anAddressCase(addresses, observed, { slots: 2 }).obstacle(1)).toBe(noPlace);
  });

  it('makes room once the spec has fewer slots', () => {
    expect(anAddressCase([pool], observed, { slots: 1 }).changes(1)).toEqual([association(false)]);
  });

  it('makes no room when somebody else associated it anew', () => {
    const anew = { ...standing(), associationId: associationId(8) };
    const elasticIps = [free, { ...there, association: anew }];

    expect(anAddressCase([pool], { ...observed, elasticIps }, { slots: 1 }).obstacle(1)).toBe(noPlace);
  });

  it('is in nobody’s way while it is free', () => {
    const { context } = anAddressCase([pool], observed, { slots: 1 });

    expect(isLeftOver(context.observed, free)).toBe(false);
  });
});

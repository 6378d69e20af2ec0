import { describe, expect, it } from 'vitest';
import { drainsIn, unauthorizedIn, unreadableOutlook } from '../../../cli/role-outlook.ts';
import { ControllerError } from '../../../shared/model/errors.ts';
import { noState } from '../../../shared/model/role-state.ts';
import { drained } from '../../../shared/plan/learn.ts';
import {
  anElasticIp,
  anInstance,
  aRecord,
  aRole,
  atName,
  heldBy,
  nowMs,
  roleName,
} from '../../builders/observed.ts';
import { aGroupScene, anOutlook, failoverScene, lead, okScene, understudy } from './outlook-builders.ts';

const frozen = { by: 'ana', atMs: nowMs - 60_000 };

describe('outlookOf', () => {
  it('is ok when desired equals observed', () => {
    const outlook = anOutlook(okScene());

    expect(outlook).toMatchObject({
      condition: 'ok',
      reason: '',
      isGroup: false,
      slots: [
        {
          holder: lead,
          generation: 3,
          sinceMs: nowMs - 3_000_000,
          next: { holder: lead, generation: 3 },
          changes: [],
          addresses: [{ kind: 'elasticIp', thing: '203.0.113.25', on: lead, privateIp: '10.0.1.1' }],
          records: [{ name: 'db.corp.internal', zone: 'corp.internal', isToStay: true }],
        },
      ],
    });
  });

  it('is pending before it was ever reconciled', () => {
    const outlook = anOutlook({ instances: [anInstance(1)] });

    expect(outlook).toMatchObject({
      condition: 'pending',
      reason: `${lead} is elected, and nobody has held it so far`,
    });
  });

  it('drifts when the holder is gone and another is ready, and says why and what would change', () => {
    const outlook = anOutlook(failoverScene());

    expect(outlook).toMatchObject({
      condition: 'drift',
      reason: `${lead} is terminated, and ${understudy} is elected`,
      slots: [
        {
          next: { holder: understudy, generation: 4 },
          addresses: [{ on: undefined }],
          records: [{ isToStay: false }],
        },
      ],
    });
    expect(outlook.slots[0]?.changes).toHaveLength(2);
  });

  it('drifts when somebody changed what the holder has', () => {
    const outlook = anOutlook({ ...okScene(), elasticIps: [anElasticIp(2)] });

    expect(outlook).toMatchObject({
      condition: 'drift',
      slots: [{ next: { holder: lead, generation: 3 }, addresses: [{ on: understudy }] }],
    });
  });

  it('drifts when a claim was interrupted', () => {
    const lease = { owner: 'gone', expiresAtMs: nowMs - 60_000 };

    expect(anOutlook({ ...okScene(), state: heldBy(1, {}, { lease }) })).toMatchObject({
      condition: 'drift',
      reason: 'a claim was interrupted and is to be settled',
    });
  });

  it('is moving while somebody holds the lease', () => {
    const lease = { owner: 'somebody', expiresAtMs: nowMs + 20_000 };

    expect(anOutlook({ ...okScene(), state: heldBy(1, {}, { lease }) })).toMatchObject({
      condition: 'moving',
      reason: 'somebody is applying a claim, with a lease until 2026-01-01T00:00:20.000Z',
      slots: [{ holder: lead, condition: 'moving' }],
    });
  });

  it('is frozen when there is something to do and nobody may, and ok when there is not', () => {
    const words = { frozen };
    const moving = anOutlook({ ...failoverScene(), state: heldBy(1, {}, { words }) });
    const resting = anOutlook({ ...okScene(), state: heldBy(1, {}, { words }) });

    expect(moving).toMatchObject({ condition: 'frozen', words });
    expect(moving.reason).toBe(`${lead} is terminated, and ${understudy} is elected`);
    expect(resting).toMatchObject({ condition: 'ok', words });
  });

  it('is vacant when nobody asks, and waiting when somebody is on the way', () => {
    expect(anOutlook({ state: noState })).toMatchObject({
      condition: 'vacant',
      reason: 'no instance asks for it',
    });
    expect(anOutlook({ instances: [anInstance(1, { state: 'stopped' })] })).toMatchObject({
      condition: 'vacant',
      reason: 'none of its candidates can hold it',
    });
    expect(anOutlook({ instances: [anInstance(1, { state: 'pending' })] })).toMatchObject({
      condition: 'waiting',
      reason: `${lead} waiting for it to run; it is pending`,
    });
  });

  it('is refused when nothing of it can be done, and partly refused when the rest is', () => {
    const nothing = anOutlook({
      role: aRole({ records: [] }),
      elasticIps: [],
      instances: [anInstance(1)],
    });
    const some = anOutlook({ ...okScene(), elasticIps: [] });

    expect(nothing.condition).toBe('refused');
    expect(some).toMatchObject({
      condition: 'partly refused',
      slots: [
        {
          holder: lead,
          refusals: [{ code: 'ElasticIpNotFound' }],
          addresses: [{ thing: undefined }],
        },
      ],
    });
  });

  it('names the zone of a record that somebody else wrote', () => {
    const outlook = anOutlook({ ...okScene(), names: atName(aRecord('192.0.2.1')) });

    expect(outlook.condition).toBe('partly refused');
    expect(outlook.reason).toContain('corp.internal');
    expect(outlook.reason).not.toContain('Z0PRIVATE');
  });

  it('shows a record that is missing', () => {
    const outlook = anOutlook({ ...okScene(), names: atName() });

    expect(outlook.slots[0]?.records).toMatchObject([{ content: undefined, isToStay: false }]);
  });

  it('is as well as the worst of its slots', () => {
    const outlook = anOutlook(aGroupScene(3, [1, 2]));

    expect(outlook).toMatchObject({
      isGroup: true,
      condition: 'vacant',
      reason: 'slot 2: each of its candidates holds another slot',
      slots: [{ condition: 'ok' }, { condition: 'ok' }, { condition: 'vacant' }],
    });
  });

  it('shows a slot that the spec no longer has while something is left of it', () => {
    const { state, ...scene } = aGroupScene(2, [1, 2, 3]);
    const shrinking = anOutlook({ ...scene, ...(state && { state }) });

    expect(shrinking.slots.map(({ slot, condition }) => [slot, condition])).toEqual([
      [0, 'ok'],
      [1, 'ok'],
      [2, 'drift'],
    ]);
    expect(shrinking.reason).toBe('slot 2: the role has 2 slots by now');
  });
});

describe('what is to be told beside the condition', () => {
  it('names who asks and may not hold the role', () => {
    const role = aRole({ allow: { instances: lead } });

    const unauthorized = unauthorizedIn(anOutlook({ ...okScene(), role }));

    expect(unauthorized).toMatchObject([{ instanceId: understudy, kind: 'refused' }]);
  });

  it('names who was drained', () => {
    const facts = { [lead]: drained({}, nowMs, 'ana') };

    const drains = drainsIn(anOutlook({ ...okScene(), state: heldBy(1, {}, { facts }) }));

    expect(drains).toEqual([{ instanceId: lead, words: 'drained by ana', atMs: nowMs }]);
  });
});

describe('unreadableOutlook', () => {
  it('says what could not be read', () => {
    const error = new ControllerError('no such zone', { code: 'NoSuchHostedZone', disposition: 'permanent' });

    expect(unreadableOutlook(roleName('db'), error)).toMatchObject({
      condition: 'unreadable',
      reason: 'no such zone',
    });
  });
});

import { describe, expect, it } from 'vitest';
import { parseHistory, parseRole, parseState } from '../../../../../shared/adapters/dynamodb/items.ts';
import type { HistoryEntry } from '../../../../../shared/model/history-entry.ts';
import type { RoleState } from '../../../../../shared/model/role-state.ts';
import {
  allocationId,
  aRecord,
  aRole,
  heldBy,
  instanceId,
  networkInterfaceId,
  nowMs,
  privateIp,
  publicIp,
  roleName,
} from '../../../../builders/observed.ts';

const key = { pk: 'ROLE#db', sk: 'STATE' };

const state: RoleState = heldBy(
  1,
  {
    intent: [
      {
        kind: 'associate-address',
        allocationId: allocationId(1),
        publicIp: publicIp(25),
        networkInterfaceId: networkInterfaceId(2),
        privateIp: privateIp(2),
        instanceId: instanceId(2),
        allowReassociation: true,
      },
      { kind: 'change-record', before: aRecord('10.0.1.1'), after: aRecord('10.0.1.2') },
      { kind: 'change-record', after: aRecord('x.example.com', { type: 'CNAME' }) },
    ],
  },
  { lease: { owner: 'me', expiresAtMs: nowMs }, askedAgain: 3 },
);

const entry: HistoryEntry = {
  role: roleName('db'),
  slot: 0,
  timeMs: nowMs,
  generation: 2,
  outcome: 'converged',
  cause: 'ec2-state-change i-0abc1234 terminated',
  from: instanceId(1),
  to: instanceId(2),
  changes: ['associate …'],
  refusals: [],
  verdicts: [],
  steps: { observeMs: 10, claimMs: 5.5, applyMs: 30 },
};

/** As it comes out of the table: plain data, with its key. */
function asItem(value: object): Record<string, unknown> {
  return { ...key, ...JSON.parse(JSON.stringify(value)) };
}

describe('what was written', () => {
  it('is read again as the same state', () => {
    expect(parseState(asItem(state))).toEqual(state);
  });

  it('is read again as the same role', () => {
    expect(parseRole(asItem(aRole()))).toEqual(aRole());
  });

  it('is read again as the same line of history, with or without holders', () => {
    const toNobody = { ...entry, to: undefined };

    expect(parseHistory(asItem(entry))).toEqual(entry);
    expect(parseHistory(asItem(toNobody))).toEqual(toNobody);
  });
});

describe('what somebody else wrote', () => {
  it.each<[what: string, read: () => unknown, problem: string]>([
    ['a state whose slots are no list', () => parseState(asItem({ ...state, slots: 'none' })), 'slots:'],
    ['a negative revision', () => parseState(asItem({ ...state, revision: -1 })), 'revision:'],
    ['a revision as text', () => parseState(asItem({ ...state, revision: '2' })), 'revision:'],
    [
      'a generation with a fraction',
      () => parseState(asItem(heldBy(1, { generation: 1.5 }))),
      'slots.0.generation:',
    ],
    [
      'a lease without owner',
      () => parseState(asItem({ ...state, lease: { expiresAtMs: 1 } })),
      'lease.owner:',
    ],
    [
      'a holder that is no instance',
      () => parseState(asItem({ ...state, slots: [{ ...state.slots[0], holder: 'me' }] })),
      'slots.0.holder:',
    ],
    [
      'an intent of a kind that is not known',
      () => parseState(asItem({ ...state, slots: [{ ...state.slots[0], intent: [{ kind: 'reboot' }] }] })),
      'slots.0.intent.0.kind:',
    ],
    ['a role without spec', () => parseRole(asItem({ ...aRole(), spec: undefined })), 'spec:'],
    [
      'a role with a bad zone',
      () => parseRole(asItem({ ...aRole(), zoneIds: { 'a.b': 'x' } })),
      'zoneIds.a.b:',
    ],
    ['a spec that is refused', () => parseRole(asItem({ ...aRole(), spec: { extra: 1 } })), 'spec:'],
    ['a history without time', () => parseHistory(asItem({ ...entry, timeMs: undefined })), 'timeMs:'],
    ['an unknown outcome', () => parseHistory(asItem({ ...entry, outcome: 'fine' })), 'outcome:'],
  ])('such as %s is refused for good, with the item and the field named', (_, read, problem) => {
    expect(read).toThrow(
      expect.objectContaining({
        code: 'CorruptItem',
        disposition: 'permanent',
        message: expect.stringMatching(
          new RegExp(`the item ROLE#db STATE is not as .* ${problem.replaceAll('.', '\\.')}`),
        ),
      }),
    );
  });
});

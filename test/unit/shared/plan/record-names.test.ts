import { describe, expect, it } from 'vitest';
import { normalizeDnsName } from '../../../../shared/model/dns-name.ts';
import { hostedZoneIdSchema } from '../../../../shared/model/ids.ts';
import type { RecordSet } from '../../../../shared/model/record-set.ts';
import type { RoleState, SlotState } from '../../../../shared/model/role-state.ts';
import { noState, nothingWritten, slotOf } from '../../../../shared/model/role-state.ts';
import { needsRecords, recordNames, recordsThere } from '../../../../shared/plan/record-names.ts';
import { aGroup, named, perSlot } from '../../../builders/group-records.ts';
import {
  anAttachment,
  anElasticIp,
  anInstance,
  aRecord,
  aRole,
  atName,
  heldBy,
  instanceId,
  ipv6,
} from '../../../builders/observed.ts';

const former = aRecord('10.0.1.1');
const desired = aRecord('10.0.1.2');
const cname = aRecord('db.example.com', { type: 'CNAME' });
const change = { kind: 'change-record', before: former, after: desired } as const;

function aSlot(slot: number, records: readonly RecordSet[], holder?: number): SlotState {
  const written = { ...nothingWritten, records };
  return { ...slotOf(noState, slot), written, ...(holder && { holder: instanceId(holder) }) };
}

function state(...slots: readonly SlotState[]): RoleState {
  return { ...noState, slots };
}

describe('needsRecords', () => {
  it.each<[when: string, needed: boolean, state: RoleState]>([
    ['all was written and settled', false, heldBy(1)],
    ['nothing was ever written', true, noState],
    ['a claim that meant to change records was not settled', true, heldBy(1, { intent: [change] })],
    ['only the type of what was written is another', true, state(aSlot(0, [cname], 1))],
  ])('when %s: %s', (_, needed, given) => {
    expect(needsRecords(aRole(), given)).toBe(needed);
  });

  it.each<[when: string, needed: boolean, state: RoleState]>([
    ['nobody ever held a slot', true, noState],
    ['each holder has its record, and a slot is vacant', false, state(aSlot(0, [named(0, 1)], 1))],
    ['a holder lacks its record', true, state(aSlot(0, [named(0, 1)], 1), aSlot(1, [], 2))],
    ['a slot that is no more lacks its record', false, state(aSlot(0, [named(0, 1)], 1), aSlot(2, [], 2))],
  ])('of a group when %s: %s', (_, needed, given) => {
    expect(needsRecords(aGroup(2, [perSlot]), given)).toBe(needed);
  });

  it('is no question for a role without records', () => {
    expect(needsRecords(aRole({ records: [] }), noState)).toBe(false);
  });
});

describe('recordNames', () => {
  const namesOf = (names: ReturnType<typeof recordNames>) => names.map(({ name }) => name);

  it('has the names of the spec in all slots, and what was written or meant, each once', () => {
    const old = { ...former, name: normalizeDnsName('old.corp.internal') };
    const meant = { ...former, name: normalizeDnsName('meant.corp.internal') };
    const intent = [{ kind: 'change-record', before: old, after: meant } as const];

    const names = recordNames(
      aGroup(2, [perSlot]),
      state({ ...aSlot(0, [named(0, 1), named(7, 1)], 1), intent }),
    );

    expect(namesOf(names)).toEqual([
      'web-0.corp.internal',
      'web-1.corp.internal',
      'web-7.corp.internal',
      'old.corp.internal',
      'meant.corp.internal',
    ]);
  });

  it('has the PTR of each address of a holder that was seen', () => {
    const records = [{ zone: 'corp.internal', name: 'db.corp.internal', value: 'privateIp', reverse: true }];
    const zones = ['in-addr.arpa', 'ip6.arpa'].map(normalizeDnsName);
    const reverseZones = zones.map((name) => ({ name, zoneId: hostedZoneIdSchema.parse('ZREVERSE') }));
    const instances = [
      anInstance(1, { attachments: [anAttachment(1, { ipv6s: [ipv6(1)] })] }),
      anInstance(2),
    ];

    const names = recordNames({ ...aRole({ records }), reverseZones }, heldBy(1), {
      instances,
      elasticIps: [anElasticIp(1)],
    });

    expect(namesOf(names)).toEqual([
      'db.corp.internal',
      '1.1.0.10.in-addr.arpa',
      expect.stringMatching(/^1\.0\..*ip6\.arpa$/),
      '25.113.0.203.in-addr.arpa',
    ]);
  });
});

describe('recordsThere', () => {
  it('are those that were written, as long as nobody reads', () => {
    expect(recordsThere({ ...aSlot(0, [former]), intent: [change] }, undefined)).toEqual([former]);
  });

  it.each<[found: string, there: readonly RecordSet[]]>([
    ['10.0.1.1', [former]],
    ['10.0.1.2', [desired]],
    ['192.0.2.1', []],
  ])('are those that were written or meant and stand exactly so: %s', (found, there) => {
    const slot = { ...aSlot(0, [former]), intent: [change] };

    expect(recordsThere(slot, atName(aRecord(found)))).toEqual(there);
  });
});

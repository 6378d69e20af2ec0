import { describe, expect, it } from 'vitest';
import { normalizeDnsName } from '../../../../shared/model/dns-name.ts';
import { hostedZoneIdSchema } from '../../../../shared/model/ids.ts';
import type { RecordSet } from '../../../../shared/model/record-set.ts';
import type { RoleState, SlotState } from '../../../../shared/model/role-state.ts';
import { noState, nothingWritten, slotOf } from '../../../../shared/model/role-state.ts';
import {
  areAsWritten,
  needsRecords,
  recordNames,
  recordsThere,
} from '../../../../shared/plan/record-names.ts';
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
  networkInterfaceId,
  privateIp,
  publicIp,
} from '../../../builders/observed.ts';

const former = aRecord('10.0.1.1');
const desired = aRecord('10.0.1.2');
const cname = aRecord('db.example.com', { type: 'CNAME' });
const reverse = { zone: 'corp.internal', name: 'db.corp.internal', value: 'privateIp', reverse: true };
const reverseZones = ['10.in-addr.arpa', '203.in-addr.arpa', 'ip6.arpa'].map((name) => ({
  name: normalizeDnsName(name),
  zoneId: hostedZoneIdSchema.parse('ZREVERSE'),
}));
const reversed = { ...aRole({ records: [reverse] }), reverseZones };
const assignment = {
  kind: 'assign-private-ip',
  privateIp: privateIp(50),
  networkInterfaceId: networkInterfaceId(1),
  instanceId: instanceId(1),
  allowReassignment: false,
} as const;
const change = { kind: 'change-record', before: former, after: desired } as const;

function aSlot(slot: number, records: readonly RecordSet[], holder?: number): SlotState {
  const written = { ...nothingWritten, records };
  return { ...slotOf(noState, slot), written, ...(holder && { holder: instanceId(holder) }) };
}

function pointer(name: string): RecordSet {
  return aRecord(name, { type: 'PTR', name: normalizeDnsName('1.1.0.10.in-addr.arpa') });
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
    ['a claim that meant to move only addresses was not settled', false, heldBy(1, { intent: [assignment] })],
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

  it.each<[when: string, needed: boolean, pointers: readonly RecordSet[]]>([
    ['has its PTR', false, [pointer('db.corp.internal')]],
    ['has none', true, []],
    ['has one that names another', true, [pointer('db2.corp.internal')]],
    [
      'has several, one of which names it',
      false,
      ['db2', 'db'].map((name) => pointer(`${name}.corp.internal`)),
    ],
  ])('with reverse: true when the record %s: %s', (_, needed, pointers) => {
    const held = state(aSlot(0, [former, ...pointers], 1));

    expect(needsRecords(reversed, held)).toBe(needed);
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

  it('has what a claim meant to create or to delete, and nothing for what else it meant', () => {
    const created = { ...former, name: normalizeDnsName('created.corp.internal') };
    const deleted = { ...former, name: normalizeDnsName('deleted.corp.internal') };
    const intent = [
      assignment,
      { kind: 'change-record', after: created } as const,
      { kind: 'change-record', before: deleted } as const,
    ];

    const names = recordNames(aRole({ records: [] }), state({ ...aSlot(0, []), intent }));

    expect(namesOf(names)).toEqual(['created.corp.internal', 'deleted.corp.internal']);
  });

  describe('with the PTR records of holders', () => {
    const attachments = [anAttachment(1, { ipv6s: [ipv6(1)] })];
    const seen = {
      instances: [anInstance(1, { attachments, publicIp: publicIp(99) }), anInstance(2)],
      elasticIps: [
        anElasticIp(1),
        anElasticIp(9, { publicIp: publicIp(26) }),
        anElasticIp(undefined, { publicIp: publicIp(27) }),
      ],
    };

    it('has that of each of their addresses that was seen, and of nobody else’s', () => {
      const twoRecords = aRole({
        records: [{ ...reverse, reverse: false, name: 'a.corp.internal' }, reverse],
      });

      const names = recordNames({ ...twoRecords, reverseZones }, heldBy(1), seen);

      expect(namesOf(names)).toEqual([
        'a.corp.internal',
        'db.corp.internal',
        '1.1.0.10.in-addr.arpa',
        '99.113.0.203.in-addr.arpa',
        expect.stringMatching(/^1\.0\..*ip6\.arpa$/),
        '25.113.0.203.in-addr.arpa',
      ]);
    });

    it('has none where no zone holds them', () => {
      const names = recordNames({ ...reversed, reverseZones: reverseZones.slice(0, 1) }, heldBy(1), seen);

      expect(namesOf(names)).toEqual(['db.corp.internal', '1.1.0.10.in-addr.arpa']);
    });

    it('has no more than the holder has addresses', () => {
      const zone = { name: normalizeDnsName('in-addr.arpa'), zoneId: hostedZoneIdSchema.parse('ZREVERSE') };
      const names = recordNames({ ...reversed, reverseZones: [zone] }, heldBy(1), {
        instances: [anInstance(1)],
        elasticIps: [],
      });

      expect(namesOf(names)).toEqual(['db.corp.internal', '1.1.0.10.in-addr.arpa']);
    });

    it('has none for a role without reverse: true', () => {
      const names = recordNames({ ...aRole(), reverseZones }, heldBy(1), seen);

      expect(namesOf(names)).toEqual(['db.corp.internal']);
    });

    it('has none while nothing was seen, nobody holding a slot', () => {
      expect(namesOf(recordNames(reversed, state(aSlot(0, []))))).toEqual(['db.corp.internal']);
    });
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

describe('areAsWritten', () => {
  const [own] = atName(former) ?? [];
  const text = aRecord('"x"', { type: 'TXT' });
  const alias = { zoneId: former.zoneId, name: former.name, type: 'AAAA', description: 'an alias' };

  it.each<[what: string, answer: boolean, found: readonly RecordSet[], written: readonly RecordSet[]]>([
    ['what was written', true, [former], [former]],
    ['what was written, in another order', true, [text, former], [former, text]],
    ['nothing where nothing was written', true, [], []],
    ['another value', false, [desired], [former]],
    ['one record more', false, [former, text], [former]],
    ['one record less', false, [former], [former, text]],
    ['nothing', false, [], [former]],
  ])('of names with %s: %s', (_, answer, found, written) => {
    expect(areAsWritten(state(aSlot(0, written)), atName(...found) ?? [])).toBe(answer);
  });

  it('is false where something of no kind of ours stands, or one name of several differs', () => {
    const names = own === undefined ? [] : [{ ...own, foreign: [alias] }];
    const other = { ...former, name: normalizeDnsName('other.corp.internal') };
    const several = [...(atName(former) ?? []), { ...other, records: [], foreign: [] }];

    expect(areAsWritten(state(aSlot(0, [former])), names)).toBe(false);
    expect(areAsWritten(state(aSlot(0, [former, other])), several)).toBe(false);
  });

  it('goes by the names that were read, whichever slot wrote them', () => {
    const elsewhere = { ...former, name: normalizeDnsName('elsewhere.corp.internal') };
    const written = state(aSlot(0, [elsewhere]), aSlot(1, [former]));

    expect(areAsWritten(written, atName(former) ?? [])).toBe(true);
  });
});

import { describe, expect, it } from 'vitest';
import type { ForeignRecordSet, RecordSet } from '../../../../shared/model/record-set.ts';
import { noState, slotOf } from '../../../../shared/model/role-state.ts';
import { decideRecord, takenBySlot } from '../../../../shared/plan/decide-record.ts';
import { StandingRecords } from '../../../../shared/plan/standing-records.ts';
import { aRecord, zoneId } from '../../../builders/observed.ts';

const desired = aRecord('10.0.1.2');
const where = `db.corp.internal in ${zoneId}`;

interface Found {
  readonly records?: readonly RecordSet[];
  readonly foreign?: readonly ForeignRecordSet[];
  readonly adopts?: boolean;
  readonly after?: RecordSet;
}

/** What comes of a record at a name of which the role wrote nothing. */
function decided({ records = [], foreign = [], adopts = false, after = desired }: Found) {
  const names = [{ zoneId, name: desired.name, records, foreign }];
  return decideRecord({ desired: after, adopts }, new StandingRecords([slotOf(noState, 0)], names));
}

function aForeign(type: string, description: string): ForeignRecordSet {
  return { zoneId, name: desired.name, type, description };
}

const routed = (identifier: string, policy: 'multivalue' | 'weighted'): RecordSet => {
  const routing = { policy, setIdentifier: identifier, weight: 1 };
  return aRecord('192.0.2.1', { routing });
};

describe('what is said of a record that is refused', () => {
  it('quotes what a stranger wrote, and says how it would be replaced', () => {
    expect(decided({ records: [aRecord('192.0.2.1')] })).toEqual({
      kind: 'refused',
      refusal: {
        code: 'RecordNotOurs',
        words: `${where} is "db.corp.internal 60 A 192.0.2.1", which Understudy did not write; adopt: true on the record would replace it`,
      },
    });
  });

  it('quotes what cannot even be adopted, and says what is left to do', () => {
    const foreign = [aForeign('A', 'geolocation record in Europe')];

    expect(decided({ foreign, adopts: true })).toEqual({
      kind: 'refused',
      refusal: {
        code: 'RecordNotOurs',
        words: `${where} is "geolocation record in Europe", which is not a record of Understudy's kinds; delete it by hand`,
      },
    });
  });

  it('names the other slot that has the record', () => {
    expect(takenBySlot(0, desired)).toEqual({
      code: 'RecordNotOurs',
      words:
        'db.corp.internal 60 A 10.0.1.2 cannot be had: slot 0 of the role has that record with another value',
    });
  });

  it('names the same one of several strangers, in whatever order they are read', () => {
    const strangers = [routed('y', 'multivalue'), routed('x', 'multivalue')];
    const both = [strangers, strangers.toReversed()].map((records) => decided({ records }));

    expect(both[0]).toMatchObject({
      refusal: { words: expect.stringContaining('"db.corp.internal 60 A (x) 192.0.2.1"') },
    });
    expect(both[1]).toEqual(both[0]);
  });
});

describe('a record at a name that was not read', () => {
  it.each(['A', 'CNAME'] as const)('is created, whatever may stand there: %s', (type) => {
    const after = aRecord(type === 'A' ? '10.0.1.2' : 'db.example.com', { type });
    const unread = new StandingRecords([slotOf(noState, 0)], undefined);

    expect(decideRecord({ desired: after, adopts: true }, unread)).toEqual({
      kind: 'change',
      change: { kind: 'change-record', after },
      clears: [],
    });
  });
});

describe('what an adopted name is cleared of', () => {
  const text = aRecord('"somebody"', { type: 'TXT' });
  const cname = aRecord('elsewhere.example.com', { type: 'CNAME' });

  it('is all that cannot stay beside the record, and nothing else', () => {
    const records = [routed('x', 'weighted'), text];

    expect(decided({ records, adopts: true })).toEqual({
      kind: 'change',
      change: { kind: 'change-record', after: desired },
      clears: [routed('x', 'weighted')],
    });
  });

  it('is not the record itself, which is replaced', () => {
    const stranger = aRecord('192.0.2.1');

    expect(decided({ records: [stranger], adopts: true })).toEqual({
      kind: 'change',
      change: { kind: 'change-record', before: stranger, after: desired },
      clears: [],
    });
  });

  it('is everything where a CNAME is to stand alone', () => {
    expect(decided({ records: [text, desired], adopts: true, after: cname })).toMatchObject({
      kind: 'change',
      clears: [text, desired],
    });
  });

  it('is nothing where what is right stands already, whatever stands beside it', () => {
    expect(decided({ records: [desired, text] })).toEqual({ kind: 'standing', record: desired });
  });
});

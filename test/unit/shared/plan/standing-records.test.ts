import { describe, expect, it } from 'vitest';
import { recordKey } from '../../../../shared/model/record-set.ts';
import { noState, nothingWritten, slotOf } from '../../../../shared/model/role-state.ts';
import { keysOf, StandingRecords } from '../../../../shared/plan/standing-records.ts';
import { aRecord, atName, instanceId, networkInterfaceId, privateIp } from '../../../builders/observed.ts';

const written = aRecord('10.0.1.1');
const meant = aRecord('10.0.1.2');
const text = aRecord('"gone"', { type: 'TXT' });

/** A slot whose unsettled claim meant to replace one record, to delete another, and to move an address. */
const unsettled = {
  ...slotOf(noState, 0),
  written: { ...nothingWritten, records: [written, text] },
  intent: [
    { kind: 'change-record', before: written, after: meant },
    { kind: 'change-record', before: text },
    {
      kind: 'assign-private-ip',
      privateIp: privateIp(50),
      networkInterfaceId: networkInterfaceId(1),
      instanceId: instanceId(1),
      allowReassignment: false,
    },
  ],
} as const;

describe('the records of a slot', () => {
  it('are those that it wrote or meant to write, and that stand exactly so', () => {
    const standing = new StandingRecords([unsettled], atName(meant, text));

    expect(standing.of(unsettled)).toEqual([text, meant]);
    expect(standing.othersAt(meant)).toMatchObject({ strangers: [], condemned: [], foreign: [] });
  });

  it('are not those that it meant, unread, although another slot wrote the same', () => {
    const other = { ...slotOf(noState, 1), written: { ...nothingWritten, records: [meant] } };
    const standing = new StandingRecords([unsettled, other], undefined);

    expect(standing.of(unsettled)).not.toContainEqual(meant);
    expect(standing.of(other)).toEqual([meant]);
  });

  it('have the keys of all that it wrote or meant to write', () => {
    expect(new Set(keysOf(unsettled))).toEqual(new Set([written, text, meant].map(recordKey)));
  });
});

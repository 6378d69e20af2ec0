import { describe, expect, it } from 'vitest';
import { normalizeDnsName } from '../../../../shared/model/dns-name.ts';
import { hostedZoneIdSchema } from '../../../../shared/model/ids.ts';
import type { RecordSet } from '../../../../shared/model/record-set.ts';
import { describeRecordSet, recordKey } from '../../../../shared/model/record-set.ts';
import {
  aGroup,
  changesOf,
  multivalue,
  named,
  perSlot,
  planGroup,
  short,
  web,
} from '../../../builders/group-records.ts';
import { aRecord } from '../../../builders/observed.ts';

describe('a routed record', () => {
  const simple = aRecord('192.0.2.1', { name: web });
  const weighted = aRecord('192.0.2.1', {
    name: web,
    routing: { policy: 'weighted', setIdentifier: 'x', weight: 1 },
  });

  it('stands beside those that others routed alike', () => {
    const theirs = aRecord('192.0.2.1', { name: web, routing: { policy: 'multivalue', setIdentifier: 'x' } });

    expect(changesOf(planGroup(aGroup(1), [{ slot: 0, holder: 1 }], [theirs]))).toEqual([
      '+web 60 A (web-0) 10.0.1.1',
    ]);
  });

  it.each([
    ['a simple record', simple],
    ['one of another policy', weighted],
  ])('is refused beside %s of others, or takes its place when it adopts', (_, theirs) => {
    const adopting = [{ ...multivalue, adopt: true }];
    const slots = [
      { slot: 0, holder: 1 },
      { slot: 1, holder: 2 },
    ];

    const refused = planGroup(aGroup(2), slots, [theirs]);
    const adopted = planGroup(aGroup(2, adopting), slots, [theirs]);

    expect(changesOf(refused)).toEqual([]);
    expect(refused.get(0)?.refusals).toMatchObject([
      { words: expect.stringContaining(describeRecordSet(theirs)) },
    ]);
    expect(changesOf(adopted)).toEqual([
      `-${short(theirs)}`,
      '+web 60 A (web-0) 10.0.1.1',
      '+web 60 A (web-1) 10.0.1.2',
    ]);
  });

  it('takes the place of a stranger with its own identifier, deleted by nobody else', () => {
    const theirs = [0, 1].map((slot) =>
      aRecord('192.0.2.1', {
        name: web,
        routing: { policy: 'weighted', setIdentifier: `web-${slot}`, weight: 1 },
      }),
    );

    const plans = planGroup(
      aGroup(2, [{ ...multivalue, adopt: true }]),
      [
        { slot: 0, holder: 1 },
        { slot: 1, holder: 2 },
      ],
      theirs,
    );

    expect(changesOf(plans)).toEqual([
      '-web 60 A (web-0) 192.0.2.1 +web 60 A (web-0) 10.0.1.1',
      '-web 60 A (web-1) 192.0.2.1 +web 60 A (web-1) 10.0.1.2',
    ]);
  });
});

describe('a PTR', () => {
  const reverseZone = {
    name: normalizeDnsName('10.in-addr.arpa'),
    zoneId: hostedZoneIdSchema.parse('ZREVERSE'),
  };
  const role = { ...aGroup(2, [{ ...perSlot, reverse: true }]), reverseZones: [reverseZone] };
  const pointer = (slot: number, holder: number): RecordSet =>
    aRecord(`web-${slot}.corp.internal`, {
      zoneId: reverseZone.zoneId,
      name: normalizeDnsName(`${holder}.1.0.10.in-addr.arpa`),
      type: 'PTR',
    });

  it('goes with the former address and comes with the new one', () => {
    const slots = [{ slot: 0, holder: 2, written: [named(0, 1), pointer(0, 1)] }];

    expect(changesOf(planGroup(role, slots, [named(0, 1)]))).toEqual([
      '-1.1.0.10.in-addr.arpa 60 PTR web-0',
      '-web-0 60 A 10.0.1.1 +web-0 60 A 10.0.1.2',
      '+2.1.0.10.in-addr.arpa 60 PTR web-0',
    ]);
  });

  it('is replaced when another slot takes over its address', () => {
    const slots = [
      { slot: 0, holder: 2, written: [named(0, 1), pointer(0, 1)] },
      { slot: 1, holder: 1, written: [named(1, 2), pointer(1, 2)] },
    ];

    const plans = planGroup(role, slots, [named(0, 1), named(1, 2)]);

    expect(changesOf(plans)).toEqual([
      '-web-0 60 A 10.0.1.1 +web-0 60 A 10.0.1.2',
      '-2.1.0.10.in-addr.arpa 60 PTR web-1 +2.1.0.10.in-addr.arpa 60 PTR web-0',
      '-web-1 60 A 10.0.1.2 +web-1 60 A 10.0.1.1',
      '-1.1.0.10.in-addr.arpa 60 PTR web-0 +1.1.0.10.in-addr.arpa 60 PTR web-1',
    ]);
    expect(plans.get(0)?.dropped).toEqual(new Set([recordKey(pointer(0, 1))]));
  });

  it('stays while its slot is vacant', () => {
    const slots = [{ slot: 0, written: [named(0, 1), pointer(0, 1)] }];

    expect(changesOf(planGroup(role, slots, [named(0, 1)]))).toEqual([]);
  });
});

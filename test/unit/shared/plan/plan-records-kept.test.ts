import { describe, expect, it } from 'vitest';
import { normalizeDnsName } from '../../../../shared/model/dns-name.ts';
import { hostedZoneIdSchema } from '../../../../shared/model/ids.ts';
import type { RecordSet } from '../../../../shared/model/record-set.ts';
import { recordKey } from '../../../../shared/model/record-set.ts';
import {
  aGroup,
  answer,
  aZone,
  changesOf,
  multivalue,
  named,
  perSlot,
  planGroup,
  short,
  web,
} from '../../../builders/group-records.ts';
import { targetGroupArn } from '../../../builders/network.ts';
import { anInstance, aRecord, publicIp } from '../../../builders/observed.ts';

const old = aRecord('10.0.1.1', { name: normalizeDnsName('old.corp.internal') });
const simple = aRecord('10.0.1.1', { name: web });
const cname = aRecord('elsewhere.example.com', { name: web, type: 'CNAME' });
const withPublicIp = (number: number) => anInstance(number, { publicIp: publicIp(number) });
const answerOf = (type: 'TXT' | 'AAAA', value: string, slot: number): RecordSet =>
  aRecord(value, { name: web, type, routing: { policy: 'multivalue', setIdentifier: `web-${slot}` } });
const text = (slot: number): RecordSet => answerOf('TXT', '"x"', slot);
const wantedText = { zone: aZone.zone, name: web, routing: 'multivalue', type: 'TXT', values: ['x'] };

const reverseZone = {
  name: normalizeDnsName('10.in-addr.arpa'),
  zoneId: hostedZoneIdSchema.parse('ZREVERSE'),
};
const pointer = (name: string, holder: number): RecordSet =>
  aRecord(name, {
    zoneId: reverseZone.zoneId,
    name: normalizeDnsName(`${holder}.1.0.10.in-addr.arpa`),
    type: 'PTR',
  });

describe('a slot whose record cannot be had', () => {
  const wantsPublicIp = { ...aZone, value: 'publicIp' };

  it('keeps its last answer, although another slot answers', () => {
    const slots = [
      { slot: 0, holder: 1, written: [answer(0, 1)] },
      { slot: 1, holder: withPublicIp(2) },
    ];

    const plans = planGroup(aGroup(2, [{ ...multivalue, value: 'publicIp' }]), slots);

    expect(changesOf(plans)).toEqual(['+web 60 A (web-1) 203.0.113.2']);
    expect(plans.get(0)).toMatchObject({
      standing: [answer(0, 1)],
      refusals: [{ code: 'NoPublicIp' }],
      dropped: new Set(),
    });
  });

  it('still gives up what the spec no longer names', () => {
    const toWeb = pointer('web.corp.internal', 1);
    const slots = [{ slot: 0, holder: 1, written: [simple, old, toWeb] }];

    const plans = planGroup(aGroup(1, [{ ...wantsPublicIp, name: web }]), slots);

    expect(changesOf(plans)).toEqual([`-${short(old)}`, `-${short(toWeb)}`]);
    expect(plans.get(0)?.standing).toEqual([simple]);
  });

  it('keeps the PTR of that record with it, and no other', () => {
    const pointers = [pointer('web-0.corp.internal', 1), pointer('old.corp.internal', 7)] as const;
    const slots = [{ slot: 0, holder: 1, written: [named(0, 1), ...pointers, old] }];
    const role = aGroup(1, [{ ...wantsPublicIp, name: perSlot.name, reverse: true }]);

    const plans = planGroup({ ...role, reverseZones: [reverseZone] }, slots);

    expect(changesOf(plans)).toEqual([`-${short(old)}`, `-${short(pointers[1])}`]);
    expect(new Set(plans.get(0)?.standing)).toEqual(new Set([named(0, 1), pointers[0]]));
  });

  it('gives up the PTR of its former address when no zone is known for the new one', () => {
    const written = [named(0, 1), pointer('web-0.corp.internal', 1)];
    const plans = planGroup(aGroup(1, [{ ...perSlot, reverse: true }]), [{ slot: 0, holder: 2, written }]);

    expect(changesOf(plans)).toEqual([
      '-1.1.0.10.in-addr.arpa 60 PTR web-0',
      '-web-0 60 A 10.0.1.1 +web-0 60 A 10.0.1.2',
    ]);
    expect(plans.get(0)?.refusals).toMatchObject([{ code: 'NoReverseZone' }]);
  });

  it('keeps what it has at the name under another type', () => {
    const role = aGroup(1, [{ ...aZone, name: web, value: 'publicName' }]);

    const plans = planGroup(role, [{ slot: 0, holder: 1, written: [simple] }]);

    expect(changesOf(plans)).toEqual([]);
    expect(plans.get(0)?.standing).toEqual([simple]);
  });

  it('keeps what else it has at the name, beside what can be had', () => {
    const role = aGroup(1, [multivalue, { ...multivalue, value: 'ipv6' }]);
    const written = [answer(0, 1), text(0)];

    expect(changesOf(planGroup(role, [{ slot: 0, holder: 1, written }]))).toEqual([]);
  });

  it('keeps what it has at the name of a PTR that cannot be had', () => {
    const { zoneId, name } = pointer('web-0.corp.internal', 1);
    const note = aRecord('"note"', { zoneId, name, type: 'TXT' });
    const stranger = pointer('stranger.corp.internal', 1);
    const role = aGroup(1, [{ ...perSlot, reverse: true }]);
    const slots = [{ slot: 0, holder: 1, written: [named(0, 1), note] }];

    const plans = planGroup({ ...role, reverseZones: [reverseZone] }, slots, [named(0, 1), note, stranger]);

    expect(changesOf(plans)).toEqual([]);
    expect(plans.get(0)?.refusals).toHaveLength(1);
  });
});

describe('two slots with one holder', () => {
  const reversed = (record: object) => ({
    ...aGroup(2, [{ ...record, reverse: true }]),
    reverseZones: [reverseZone],
  });
  const slots = [0, 1].map((slot) => ({ slot, holder: 1 }));

  it('share the PTR that both want', () => {
    const plans = planGroup(reversed(multivalue), slots);

    expect(changesOf(plans)).toEqual([
      '+web 60 A (web-0) 10.0.1.1',
      '+1.1.0.10.in-addr.arpa 60 PTR web',
      '+web 60 A (web-1) 10.0.1.1',
    ]);
    expect(plans.get(1)?.refusals).toEqual([]);
  });

  it('cannot both have it under their own names', () => {
    const plans = planGroup(reversed(perSlot), slots);

    expect(changesOf(plans)).toEqual([
      '+web-0 60 A 10.0.1.1',
      '+1.1.0.10.in-addr.arpa 60 PTR web-0',
      '+web-1 60 A 10.0.1.1',
    ]);
    expect(plans.get(1)?.refusals).toEqual([
      {
        code: 'RecordNotOurs',
        words:
          '1.1.0.10.in-addr.arpa 60 PTR web-1.corp.internal cannot be had: ' +
          'slot 0 of the role has that record with another value',
      },
    ]);
  });
});

describe('the changes of a slot', () => {
  it('are deletions first, then replacements, then creations', () => {
    const first = { ...aZone, name: 'a.corp.internal' };
    const last = { ...aZone, name: 'z.corp.internal' };
    const written = [simple, aRecord('10.0.1.1', { name: normalizeDnsName('zz.corp.internal') })];

    const plans = planGroup(aGroup(1, [first, { ...aZone, name: web }, last]), [
      { slot: 0, holder: 2, written },
    ]);

    expect(changesOf(plans)).toEqual([
      '-zz 60 A 10.0.1.1',
      '-web 60 A 10.0.1.1 +web 60 A 10.0.1.2',
      '+a 60 A 10.0.1.2',
      '+z 60 A 10.0.1.2',
    ]);
  });

  it('delete all that it wrote when the spec has no records any more', () => {
    const role = aGroup(1, [], { addresses: [{ targetGroup: targetGroupArn('web') }] });
    const slots = [{ slot: 0, holder: 1, written: [simple, old] }];

    expect(changesOf(planGroup(role, slots))).toEqual([`-${short(old)}`, `-${short(simple)}`]);
  });

  it('delete what stands beside the record under a type that nobody wants', () => {
    const written = [answer(0, 1), text(0)];

    expect(changesOf(planGroup(aGroup(1), [{ slot: 0, holder: 1, written }]))).toEqual([
      `-${short(text(0))}`,
    ]);
  });
});

describe('what a slot without holder wrote', () => {
  it('stays in the first of them, in whatever order they come', () => {
    const slots = [2, 0, 1].map((slot) => ({ slot, written: [answer(slot, slot + 1)] }));

    for (const order of [slots, slots.toReversed()]) {
      expect(planGroup(aGroup(3), order).get(0)?.standing).toEqual([answer(0, 1)]);
    }
  });

  it('goes where it cannot stand beside the answer of another', () => {
    const slots = [
      { slot: 0, written: [cname] },
      { slot: 1, holder: 2 },
    ];

    expect(changesOf(planGroup(aGroup(2), slots))).toEqual([
      `-${short(cname)}`,
      '+web 60 A (web-1) 10.0.1.2',
    ]);
  });

  it('goes when another answers under each of its types', () => {
    const slots = [
      { slot: 0, written: [answer(0, 1), text(0)] },
      { slot: 1, holder: 2, written: [answer(1, 2), text(1)] },
    ];

    expect(changesOf(planGroup(aGroup(2, [multivalue, wantedText]), slots))).toEqual([
      '-web 60 A (web-0) 10.0.1.1',
      `-${short(text(0))}`,
    ]);
  });

  it('stays while others answer only under other types', () => {
    const slots = [
      { slot: 0, written: [answer(0, 1)] },
      { slot: 1, holder: 2, written: [text(1)] },
    ];

    const plans = planGroup(aGroup(2, [{ ...multivalue, value: 'publicIp' }, wantedText]), slots);

    expect(changesOf(plans)).toEqual([]);
    expect(plans.get(0)?.standing).toEqual([answer(0, 1)]);
  });
});

describe('what a slot wrote that the spec no longer has', () => {
  it('stays at a name that nobody answers, even under another type', () => {
    const role = aGroup(1, [{ ...aZone, name: web, value: 'publicName' }]);
    const plans = planGroup(role, [{ slot: 0 }, { slot: 1, written: [simple] }]);

    expect(changesOf(plans)).toEqual([]);
    expect(plans.get(1)?.standing).toEqual([simple]);
  });

  it('stays under a type that the spec wants and nobody answers', () => {
    const ipv6 = answerOf('AAAA', '2600:1f18:1:1::2', 1);
    const slots = [
      { slot: 0, written: [answer(0, 1)] },
      { slot: 1, written: [answer(1, 2), ipv6] },
    ];

    const plans = planGroup(aGroup(1, [multivalue, { ...multivalue, value: 'ipv6' }]), slots);

    expect(changesOf(plans)).toEqual(['-web 60 A (web-1) 10.0.1.2']);
    expect(plans.get(1)?.standing).toEqual([ipv6]);
  });

  it('stays only under the wanted type where another could take its place', () => {
    const written = [answer(1, 2), text(1)];

    for (const order of [written, written.toReversed()]) {
      const plans = planGroup(aGroup(1, [wantedText]), [{ slot: 0 }, { slot: 1, written: order }]);

      expect(changesOf(plans)).toEqual(['-web 60 A (web-1) 10.0.1.2']);
      expect(plans.get(1)?.dropped).toEqual(new Set([recordKey(answer(1, 2))]));
    }
  });
});

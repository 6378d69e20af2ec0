import { describe, expect, it } from 'vitest';
import type { Change, ChangeRecord } from '../../../../shared/model/change.ts';
import { normalizeDnsName } from '../../../../shared/model/dns-name.ts';
import type { ObservedName, Role } from '../../../../shared/model/observed.ts';
import type { ForeignRecordSet, RecordSet } from '../../../../shared/model/record-set.ts';
import type { SlotState } from '../../../../shared/model/role-state.ts';
import { noState, nothingWritten, slotOf } from '../../../../shared/model/role-state.ts';
import type { DesiredRecord } from '../../../../shared/plan/desired-records.ts';
import { desiredRecords } from '../../../../shared/plan/desired-records.ts';
import type { RecordsPlan } from '../../../../shared/plan/plan-records.ts';
import { planRecords } from '../../../../shared/plan/plan-records.ts';
import type { ValueSource } from '../../../../shared/plan/record-values.ts';
import {
  anElasticIp,
  anInstance,
  aRecord,
  aRole,
  heldBy,
  networkInterfaceId,
  privateIp,
  roleName,
  zoneId,
} from '../../../builders/observed.ts';

/** The private A record that instance 2, the holder to be, should have; and what else may stand at the name. */
const desired = aRecord('10.0.1.2');
const former = aRecord('10.0.1.1');
const meant = aRecord('10.0.1.9');
const stranger = aRecord('192.0.2.1', { ttlSeconds: 300 });
const otherTtl = aRecord('10.0.1.2', { ttlSeconds: 300 });
const cname = aRecord('ec2-203-0-113-25.eu-west-1.compute.amazonaws.com', { type: 'CNAME' });
const strangeCname = aRecord('elsewhere.example.com', { type: 'CNAME' });

interface Situation {
  /** What the state says was written; undefined before the first claim. */
  readonly written?: readonly RecordSet[];
  /** What an unsettled claim meant to do. */
  readonly intent?: readonly Change[];
  /** What Route 53 holds, or `unread`. */
  readonly found: readonly RecordSet[] | 'unread';
  readonly foreign?: readonly ForeignRecordSet[];
  readonly records?: readonly object[];
}

const aName = { zone: 'corp.internal', name: 'db.corp.internal' };
const wanted = { ...aName, value: 'privateIp' };
const adopting = [{ ...wanted, adopt: true }];
const wantedCname = [{ ...aName, value: 'elasticIpName' }];

function planOf(situation: Situation): RecordsPlan {
  const { written = [], intent = [], found, foreign = [], records = [wanted] } = situation;
  const role = aRole({ records });
  const slot = { ...slotOf(noState, 0), intent, written: { ...nothingWritten, records: written } };
  const place = { networkInterfaceId: networkInterfaceId(2), privateIp: privateIp(2), isPrimary: true };
  const source: ValueSource = { ...aSource, elasticIps: [{ elasticIp: anElasticIp(), place }] };
  const names = found === 'unread' ? undefined : at(found, foreign);
  return planOne(role, slot, desiredRecords(role, source), names);
}

const aSource: ValueSource = {
  role: roleName('db'),
  slot: 0,
  holder: anInstance(2),
  elasticIps: [],
  privateIp: undefined,
  ipv6: undefined,
  region: 'eu-west-1',
};

function planOne(
  role: Role,
  slot: SlotState,
  wantedRecords: readonly DesiredRecord[],
  names: readonly ObservedName[] | undefined,
): RecordsPlan {
  const plan = planRecords(role, [{ slot, desired: wantedRecords }], names).get(0);
  if (plan === undefined) throw new Error('no plan for slot 0');
  return plan;
}

function at(records: readonly RecordSet[], foreign: readonly ForeignRecordSet[]): readonly ObservedName[] {
  return [{ zoneId, name: normalizeDnsName('db.corp.internal'), records, foreign }];
}

function aForeign(type: string, description = `db.corp.internal ${type} …`): ForeignRecordSet {
  return { zoneId, name: normalizeDnsName('db.corp.internal'), type, description };
}

function change(before: RecordSet | undefined, after: RecordSet | undefined): ChangeRecord {
  return { kind: 'change-record', ...(before && { before }), ...(after && { after }) };
}

describe('planRecords', () => {
  it.each<[when: string, situation: Situation, changes: readonly ChangeRecord[]]>([
    ['creates what is not there', { found: [] }, [change(undefined, desired)]],
    ['replaces what was written', { written: [former], found: [former] }, [change(former, desired)]],
    [
      'replaces what was written, unread: the batch will prove it',
      { written: [former], found: 'unread' },
      [change(former, desired)],
    ],
    ['creates what was written and is gone', { written: [former], found: [] }, [change(undefined, desired)]],
    [
      'replaces what an unsettled claim meant to write',
      { intent: [change(undefined, former)], found: [former] },
      [change(former, desired)],
    ],
    [
      'replaces what an unsettled claim meant to write instead of what was written',
      { written: [former], intent: [change(former, meant)], found: [meant] },
      [change(meant, desired)],
    ],
    [
      'replaces what an unsettled claim meant to replace',
      { intent: [change(former, aRecord('10.0.1.9'))], found: [former] },
      [change(former, desired)],
    ],
    [
      'replaces a stranger’s record that the spec adopts',
      { found: [stranger], records: adopting },
      [change(stranger, desired)],
    ],
    [
      'changes only the TTL where only that differs',
      { written: [otherTtl], found: [otherTtl] },
      [change(otherTtl, desired)],
    ],
    [
      'turns an address record into a CNAME, both in one batch, the deletion first',
      { written: [former], found: [former], records: wantedCname },
      [change(former, undefined), change(undefined, cname)],
    ],
    [
      'turns a CNAME into an address record',
      { written: [cname], found: [cname] },
      [change(cname, undefined), change(undefined, desired)],
    ],
    [
      'deletes what the spec no longer names',
      { written: [desired, cname], found: [desired, cname] },
      [change(cname, undefined)],
    ],
    [
      'deletes what the spec no longer names, unread: the batch will prove it',
      { written: [desired, cname], found: 'unread' },
      [change(cname, undefined)],
    ],
  ])('%s', (_, situation, changes) => {
    const plan = planOf(situation);

    expect(plan.changes).toEqual(changes);
    expect(plan.refusals).toEqual([]);
  });

  it.each<[when: string, situation: Situation]>([
    ['what was written and stands', { written: [desired], found: [desired] }],
    ['what was written, unread', { written: [desired], found: 'unread' }],
    ['what somebody else wrote and is right', { found: [desired] }],
    ['what is right and would be adopted', { found: [desired], records: adopting }],
  ])('lets stand %s', (_, situation) => {
    expect(planOf(situation)).toEqual({
      changes: [],
      standing: [desired],
      refusals: [],
      dropped: new Set(),
    });
  });

  it.each<[what: string, situation: Situation, found: string]>([
    ['a record that it did not write', { found: [stranger] }, 'db.corp.internal 300 A 192.0.2.1'],
    [
      'a record that was changed since it wrote it',
      { written: [former], found: [stranger] },
      'db.corp.internal 300 A 192.0.2.1',
    ],
    [
      'a record of which only the TTL was changed',
      { written: [former], found: [aRecord('10.0.1.1', { ttlSeconds: 5 })] },
      'db.corp.internal 5 A 10.0.1.1',
    ],
    [
      'a stranger’s CNAME where an address record should be',
      { found: [strangeCname] },
      'db.corp.internal 60 CNAME elsewhere.example.com',
    ],
    [
      'a stranger’s address record where a CNAME should be',
      { found: [stranger], records: wantedCname },
      'db.corp.internal 300 A 192.0.2.1',
    ],
    ['an alias', { found: [], foreign: [aForeign('A', 'an alias')] }, 'an alias'],
    ['a weighted record', { found: [], foreign: [aForeign('A', 'weighted')] }, 'weighted'],
    [
      'text where a CNAME should be alone',
      { found: [], foreign: [aForeign('TXT', 'text')], records: wantedCname },
      'text',
    ],
    [
      'an alias even when it adopts',
      { found: [], foreign: [aForeign('A', 'an alias')], records: adopting },
      'an alias',
    ],
    ['a weighted CNAME', { found: [], foreign: [aForeign('CNAME', 'weighted')] }, 'weighted'],
  ])('refuses to touch %s, and quotes it', (_, situation, found) => {
    const plan = planOf(situation);

    expect(plan.changes).toEqual([]);
    expect(plan.standing).toEqual([]);
    expect(plan.refusals).toMatchObject([
      { code: 'RecordNotOurs', words: expect.stringContaining(`"${found}"`) },
    ]);
    expect(plan.dropped).toEqual(new Set());
  });

  it('minds no other type beside an address record', () => {
    const plan = planOf({ found: [], foreign: [aForeign('TXT'), aForeign('AAAA'), aForeign('MX')] });

    expect(plan).toMatchObject({ changes: [change(undefined, desired)], refusals: [] });
  });

  it('leaves what the spec no longer names once somebody changed it', () => {
    const edited = aRecord('ec2-203-0-113-25.eu-west-1.compute.amazonaws.com', {
      type: 'CNAME',
      ttlSeconds: 5,
    });

    expect(planOf({ written: [desired, cname], found: [desired, edited] }).changes).toEqual([]);
  });

  it('has nothing to delete where what the spec no longer names is gone already', () => {
    expect(planOf({ written: [desired, cname], found: [desired] }).changes).toEqual([]);
  });

  it('goes on with the others where one record is refused', () => {
    const plan = planOf({ found: [stranger], records: [wanted, { ...wanted, name: 'db2.corp.internal' }] });

    expect(plan.refusals).toHaveLength(1);
    expect(plan.changes).toMatchObject([{ after: { name: 'db2.corp.internal' } }]);
  });

  it('leaves the record of a value that cannot be had, and says why', () => {
    const role = aRole({ records: [{ ...wanted, value: 'publicIp' }] });
    const nothing = desiredRecords(role, aSource);

    const plan = planOne(role, slotOf(heldBy(1), 0), nothing, at([former], []));

    expect(plan).toMatchObject({ changes: [], standing: [former], refusals: [{ code: 'NoPublicIp' }] });
    expect(plan.dropped.size).toBe(0);
  });
});

describe('a record of another type that stands in the way', () => {
  it('is deleted in the same batch, before the wanted one, when the record is to be adopted', () => {
    const plan = planOf({ found: [strangeCname], records: adopting });

    expect(plan.changes).toEqual([
      { kind: 'change-record', before: strangeCname },
      { kind: 'change-record', after: desired },
    ]);
  });

  it('is deleted by whoever finishes the claim that meant to', () => {
    const intent = [change(strangeCname, undefined), change(undefined, desired)];

    const plan = planOf({ intent, found: [strangeCname], records: adopting });

    expect(plan.changes).toEqual(intent);
  });

  it('is refused without that', () => {
    expect(planOf({ found: [strangeCname] })).toMatchObject({
      changes: [],
      refusals: [{ code: 'RecordNotOurs' }],
    });
  });

  it('is never adopted when it is an alias or routed', () => {
    const alias = { zoneId, name: desired.name, type: 'A', description: 'db.corp.internal A alias to elb' };

    const plan = planOf({ found: [], foreign: [alias], records: adopting });

    expect(plan).toMatchObject({
      changes: [],
      refusals: [{ words: expect.stringContaining('delete it by hand') }],
    });
  });
});

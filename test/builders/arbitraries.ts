import fc from 'fast-check';
import { normalizeDnsName } from '../../shared/model/dns-name.ts';
import type {
  Observed,
  ObservedElasticIp,
  ObservedInstance,
  ObservedName,
  ObservedPrivateIp,
} from '../../shared/model/observed.ts';
import { noNetwork } from '../../shared/model/observed.ts';
import type { RecordSet } from '../../shared/model/record-set.ts';
import { recordKey } from '../../shared/model/record-set.ts';
import type { RoleState, SlotState, WrittenAssociation } from '../../shared/model/role-state.ts';
import { noState, nothingWritten, slotOf } from '../../shared/model/role-state.ts';
import { instanceStateSchema } from '../../shared/model/trigger.ts';
import {
  allocationId,
  anInstance,
  aRole,
  associationId,
  instanceId,
  networkInterfaceId,
  nowMs,
  privateIp,
  publicIp,
  zoneId,
} from './observed.ts';

const numbers = [1, 2, 3, 4, 5];
const hourMs = 3_600_000;

/** One of few instances, in any state, that may ask for the role, by any name and priority, with up to two addresses. */
export function arbitraryInstance(number: number): fc.Arbitrary<ObservedInstance> {
  return fc
    .record({
      state: fc.oneof(
        { weight: 3, arbitrary: fc.constant('running' as const) },
        { weight: 1, arbitrary: fc.constantFrom(...instanceStateSchema.options) },
      ),
      role: fc.constantFrom('db', 'db', ' web, db', 'web', 'not a role', undefined),
      priority: fc.constantFrom(undefined, '1', '-1', 'high'),
      // Few values, so that some were launched together.
      age: fc.nat(2),
      addresses: fc.constantFrom(1, 1, 2, 0),
      hasPublicIp: fc.boolean(),
    })
    .map(({ state, role, priority, age, addresses, hasPublicIp }) => ({
      ...anInstance(number),
      state,
      tags: {
        ...(role === undefined ? {} : { role }),
        ...(priority === undefined ? {} : { 'role-priority': priority }),
      },
      launchTimeMs: nowMs - hourMs * (1 + age),
      privateIps: privateIpsOf(number).slice(0, addresses),
      ...(addresses === 0 ? { attachments: [] } : {}),
      ...(hasPublicIp && addresses > 0 ? { publicIp: publicIp(100 + number) } : {}),
    }));
}

function privateIpsOf(number: number): readonly ObservedPrivateIp[] {
  return [
    { networkInterfaceId: networkInterfaceId(number), privateIp: privateIp(number), isPrimary: true },
    { networkInterfaceId: networkInterfaceId(number), privateIp: privateIp(100 + number), isPrimary: false },
  ];
}

export const arbitraryInstances: fc.Arbitrary<readonly ObservedInstance[]> = fc
  .subarray(numbers)
  .chain((some) => fc.tuple(...some.map(arbitraryInstance)));

/** Two Elastic IPs, the first the role's; each free or on an address of its own, of an instance that may be a stranger. */
const arbitraryElasticIps: fc.Arbitrary<readonly ObservedElasticIp[]> = fc
  .tuple(
    fc.option(fc.constantFrom(...numbers, 9), { nil: undefined }),
    fc.option(fc.constantFrom(...numbers), { nil: undefined }),
  )
  .map(([first, second]) => [elasticIpOn(1, first), elasticIpOn(2, second === first ? undefined : second)]);

function elasticIpOn(number: number, on: number | undefined): ObservedElasticIp {
  const elasticIp = {
    allocationId: allocationId(0xe0 + number),
    publicIp: publicIp(24 + number),
    tags: { Name: number === 1 ? 'db' : 'other' },
  };
  if (on === undefined) return elasticIp;
  const { allocationId: _, ...association } = associationOn(on, number);
  return { ...elasticIp, association: { ...association, instanceId: instanceId(on) } };
}

function associationOn(on: number, elasticIp = 1): WrittenAssociation {
  return {
    allocationId: allocationId(0xe0 + elasticIp),
    associationId: associationId(0x10 * elasticIp + on),
    networkInterfaceId: networkInterfaceId(on),
    privateIp: privateIp(on),
  };
}

const recordNames = ['a.corp.internal', 'b.corp.internal', 'c.corp.internal'];

/** An address record with one of few values, so that two are often the same. */
const arbitraryRecord: fc.Arbitrary<RecordSet> = fc
  .record({
    name: fc.constantFrom(...recordNames),
    value: fc.constantFrom(...numbers.map((number) => `10.0.1.${number}`), '203.0.113.25', '192.0.2.1'),
    ttlSeconds: fc.constantFrom(60, 300),
    isCname: fc.boolean(),
  })
  .map(({ name, value, ttlSeconds, isCname }) => ({
    zoneId,
    name: normalizeDnsName(name),
    type: isCname ? ('CNAME' as const) : ('A' as const),
    content: {
      kind: 'values' as const,
      ttlSeconds,
      values: [isCname ? 'somewhere.example.com' : value],
    },
  }));

/** Record sets as a zone can hold them: one of a type at a name, a CNAME alone. */
export const arbitraryRecords: fc.Arbitrary<readonly RecordSet[]> = fc
  .array(arbitraryRecord, { maxLength: 4 })
  .map((records) => [...new Map(records.map((record) => [record.name, record])).values()]);

function namesOf(records: readonly RecordSet[]): readonly ObservedName[] {
  return recordNames.map((text) => {
    const name = normalizeDnsName(text);
    return { zoneId, name, records: records.filter((each) => each.name === name), foreign: [] };
  });
}

const arbitrarySpec = fc
  .record({
    address: fc.constantFrom('id', 'tags', 'none'),
    adoptsAddress: fc.boolean(),
    values: fc.array(fc.constantFrom('elasticIp', 'elasticIpName', 'publicIp', 'privateIp'), {
      minLength: 1,
      maxLength: 3,
    }),
    adoptsRecords: fc.boolean(),
  })
  .map(({ address, adoptsAddress, values, adoptsRecords }) => ({
    addresses:
      address === 'none'
        ? []
        : [
            {
              elasticIp: address === 'id' ? allocationId(0xe1) : { tags: { Name: 'db' } },
              adopt: adoptsAddress,
            },
          ],
    records: values.map((value, index) => ({
      zone: 'corp.internal',
      name: recordNames[index],
      value: address === 'none' && value.startsWith('elastic') ? 'privateIp' : value,
      adopt: adoptsRecords,
    })),
  }));

/** A slot as some earlier claim may have left it. */
const arbitrarySlot: fc.Arbitrary<SlotState> = fc
  .record({
    holder: fc.option(fc.constantFrom(...numbers, 9), { nil: undefined }),
    generation: fc.nat(5),
    associated: fc.option(fc.constantFrom(...numbers, 9), { nil: undefined }),
    records: arbitraryRecords,
    intended: arbitraryRecords,
  })
  .map(({ holder, generation, associated, records, intended }) => ({
    ...slotOf(noState, 0),
    ...(holder === undefined ? {} : { holder: instanceId(holder) }),
    generation,
    claimedAtMs: nowMs - hourMs,
    settledAtMs: nowMs - hourMs,
    written: {
      ...nothingWritten,
      associations: associated === undefined ? [] : [associationOn(associated)],
      records,
    },
    intent: intended.map((after) => ({ kind: 'change-record' as const, after })),
  }));

export const arbitraryState: fc.Arbitrary<RoleState> = fc.oneof(
  fc.constant(noState),
  arbitrarySlot.map((slot) => ({ ...noState, slots: [slot], revision: 3 })),
);

/**
 * Anything that could be read of one role: instances in any state, addresses anywhere, records of whomever. Names are
 * always read; what the state says was written and what is there have no need to agree.
 */
export const arbitraryObservation: fc.Arbitrary<Observed> = fc
  .record({
    spec: arbitrarySpec,
    state: arbitraryState,
    instances: arbitraryInstances,
    elasticIps: arbitraryElasticIps,
    records: fc.tuple(arbitraryRecords, fc.boolean()),
  })
  .map(({ spec, state, instances, elasticIps, records: [strange, isAsWritten] }) => {
    const records = isAsWritten ? (state.slots[0]?.written.records ?? []) : strange;
    return {
      role: aRole(spec),
      state,
      instances: instances.filter((each) => concerns(each, state)),
      elasticIps,
      network: noNetwork,
      statusChecks: {},
      imageOwners: {},
      names: namesOf([...new Map(records.map((record) => [recordKey(record), record])).values()]),
      region: 'eu-west-1',
      roleTagKey: 'role',
    };
  });

function concerns({ instanceId: id, tags }: ObservedInstance, { slots }: RoleState): boolean {
  return tags['role']?.includes('db') === true || slots.some(({ holder }) => holder === id);
}

/** Freezes a value and all that it is made of: whoever changes any of it, throws. */
export function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const each of Object.values(value)) deepFreeze(each);
  }
  return value;
}

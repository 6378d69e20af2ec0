import type { Change, ChangeRecord } from '../model/change.ts';
import { toControllerError } from '../model/errors.ts';
import type { HostedZoneId } from '../model/ids.ts';
import type { Ports } from './ports.ts';
import type { Results, ToApply } from './to-apply.ts';
import { checkLease } from './to-apply.ts';

/** The changes of one slot. */
interface SlotChanges {
  readonly slot: ToApply;
  readonly changes: readonly ChangeRecord[];
}

/** What must be in one batch: one slot of a role may give a name up only because another takes it. */
interface ZonePart {
  readonly slots: readonly SlotChanges[];
  readonly size: Size;
}

/** What Route 53 limits in a request. */
interface Size {
  readonly records: number;
  readonly characters: number;
}

/**
 * With some room below 1,000 ResourceRecord elements and 32,000 characters of values.
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html
 */
const batchMax: Size = { records: 900, characters: 30_000 };

/** Makes the record changes of many slots: one atomic batch per zone, zones side by side. */
export async function changeRecords(
  ports: Ports,
  due: readonly { readonly slot: ToApply; readonly changes: readonly Change[] }[],
  resultsOf: (slot: ToApply) => Results,
): Promise<void> {
  const work = [...byZone(due)].flatMap(([zoneId, parts]) =>
    batches(parts).map((batch) => changeBatch(ports, zoneId, batch, resultsOf)),
  );
  await Promise.all(work);
}

function byZone(
  due: readonly { readonly slot: ToApply; readonly changes: readonly Change[] }[],
): ReadonlyMap<HostedZoneId, readonly ZonePart[]> {
  const all = due.flatMap(({ slot, changes }) =>
    changes.flatMap((change) => (change.kind === 'change-record' ? placed(slot, change) : [])),
  );
  const zones = Map.groupBy(all, ({ zoneId }) => zoneId);
  return new Map(
    [...zones].map(([zoneId, inZone]) => {
      const roles = Map.groupBy(inZone, ({ slot }) => slot.role);
      return [zoneId, [...roles.values()].flatMap(partsOf)];
    }),
  );
}

interface Placed {
  readonly slot: ToApply;
  readonly change: ChangeRecord;
  readonly zoneId: HostedZoneId;
  readonly name: string;
}

/** All of a role in the zone together; by its names, each with all that is at it, where that is more than a batch takes. */
function partsOf(all: readonly Placed[]): readonly ZonePart[] {
  const whole = partOf(all);
  if (fits(whole.size)) return [whole];
  return [...Map.groupBy(all, ({ name }) => name).values()].map(partOf);
}

function partOf(all: readonly Placed[]): ZonePart {
  const bySlot = Map.groupBy(all, ({ slot }) => slot);
  const slots = [...bySlot].map(([slot, its]) => ({ slot, changes: its.map(({ change }) => change) }));
  return { slots, size: all.map(({ change }) => sizeOf(change)).reduce(sum, nothing) };
}

function placed(slot: ToApply, change: ChangeRecord): readonly Placed[] {
  const record = change.after ?? change.before;
  return record === undefined ? [] : [{ slot, change, zoneId: record.zoneId, name: record.name }];
}

const nothing: Size = { records: 0, characters: 0 };

function sizeOf({ before, after }: ChangeRecord): Size {
  const values = [before, after].flatMap((record) =>
    record?.content.kind === 'values' ? record.content.values : [],
  );
  return { records: values.length, characters: values.reduce((total, value) => total + value.length, 0) };
}

function sum(a: Size, b: Size): Size {
  return { records: a.records + b.records, characters: a.characters + b.characters };
}

function fits({ records, characters }: Size): boolean {
  return records <= batchMax.records && characters <= batchMax.characters;
}

function batches(parts: readonly ZonePart[]): readonly (readonly ZonePart[])[] {
  const all: ZonePart[][] = [];
  let used = nothing;
  for (const part of parts) {
    used = sum(used, part.size);
    if (all.length === 0 || !fits(used)) {
      all.push([]);
      used = part.size;
    }
    all.at(-1)?.push(part);
  }
  return all;
}

/** One batch for all; where one role's record is no longer as it was, halves, so that it does not block the others. */
async function changeBatch(
  ports: Ports,
  zoneId: HostedZoneId,
  parts: readonly ZonePart[],
  resultsOf: (slot: ToApply) => Results,
): Promise<void> {
  const slots = parts.flatMap((part) => part.slots);
  try {
    for (const { slot } of slots) checkLease(ports.surroundings.now(), slot);
    const comment = slots.map(({ slot: { role, generation } }) => `${role} ${generation}`).join(', ');
    await ports.route53.change(
      zoneId,
      slots.flatMap(({ changes }) => changes),
      `Understudy: ${comment}`,
    );
    for (const { slot, changes } of slots) resultsOf(slot).done.push(...changes);
  } catch (thrown) {
    const error = toControllerError(thrown);
    if (error.disposition === 'conflict' && parts.length > 1) {
      const middle = Math.ceil(parts.length / 2);
      for (const half of [parts.slice(0, middle), parts.slice(middle)]) {
        await changeBatch(ports, zoneId, half, resultsOf);
      }
    } else {
      for (const { slot } of slots) resultsOf(slot).errors.push(error);
    }
  }
}

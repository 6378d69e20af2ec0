import type { ChangeRecord } from '../../shared/model/change.ts';
import type { DnsName } from '../../shared/model/dns-name.ts';
import { ControllerError } from '../../shared/model/errors.ts';
import type { HostedZoneId } from '../../shared/model/ids.ts';
import type { ObservedName } from '../../shared/model/observed.ts';
import type { RecordSet } from '../../shared/model/record-set.ts';
import { canStandTogether, isSameRecordSet, nameKey, recordKey } from '../../shared/model/record-set.ts';
import type { RecordReader, Route53 } from '../../shared/reconcile/ports.ts';
import type { Script } from './script.ts';

/**
 * Record sets in any number of zones.
 *
 * - A batch is all or nothing, and all of its deletions come before its creations. Deleting needs exactly what is there,
 *   creating needs nothing there that cannot stand beside it; anything else is an InvalidChangeBatch, a `conflict`.
 * - A zone named in `closedZones` can be neither read nor changed, for good.
 */
export class MemoryRoute53 implements Route53 {
  readonly closedZones = new Set<HostedZoneId>();
  /** Every batch that succeeded: how many changes it had, and its comment. */
  readonly batches: { readonly zoneId: HostedZoneId; readonly size: number; readonly comment: string }[] = [];
  readonly #script: Script;
  #records = new Map<string, RecordSet>();

  constructor(script: Script) {
    this.#script = script;
  }

  /** Writes a record set whatever is there, as a person would. */
  put(...records: readonly RecordSet[]): void {
    for (const record of records) this.#records.set(recordKey(record), record);
  }

  /** What stands at a name, over all zones. */
  at(name: string): readonly RecordSet[] {
    return [...this.#records.values()].filter((each) => each.name === name);
  }

  readonly read = async (
    names: readonly { readonly zoneId: HostedZoneId; readonly name: DnsName }[],
  ): Promise<readonly ObservedName[]> => {
    await this.#script.enter('read', names.map(({ name }) => name).join());
    for (const { zoneId } of names) this.#checkOpen(zoneId);
    return names.map(({ zoneId, name }) => ({
      zoneId,
      name,
      records: this.at(name).filter((each) => each.zoneId === zoneId),
      foreign: [],
    }));
  };

  readonly createReader = (): RecordReader => {
    const remembered = new Map<string, ObservedName>();
    return {
      read: async (names) => {
        const unknown = names.filter((each) => !remembered.has(nameKey(each)));
        for (const each of unknown.length === 0 ? [] : await this.read(unknown)) {
          remembered.set(nameKey(each), each);
        }
        return names.flatMap((each) => remembered.get(nameKey(each)) ?? []);
      },
    };
  };

  readonly change = async (
    zoneId: HostedZoneId,
    changes: readonly ChangeRecord[],
    comment: string,
  ): Promise<void> => {
    await this.#script.enter('change', zoneId);
    this.#checkOpen(zoneId);
    const next = new Map(this.#records);
    for (const { before } of changes) if (before !== undefined) remove(next, before);
    for (const { after } of changes) if (after !== undefined) create(next, after);
    this.#records = next;
    this.batches.push({ zoneId, size: changes.length, comment });
  };

  #checkOpen(zoneId: HostedZoneId): void {
    if (!this.closedZones.has(zoneId)) return;
    throw new ControllerError(`${zoneId}: AccessDenied`, { code: 'AccessDenied', disposition: 'permanent' });
  }
}

function remove(records: Map<string, RecordSet>, record: RecordSet): void {
  const found = records.get(recordKey(record));
  if (found === undefined || !isSameRecordSet(found, record)) throw invalid(record, 'it was not found');
  records.delete(recordKey(record));
}

function create(records: Map<string, RecordSet>, record: RecordSet): void {
  const there = [...records.values()].filter(
    (each) => each.zoneId === record.zoneId && each.name === record.name,
  );
  if (!there.every((each) => canStandTogether(each, record))) throw invalid(record, 'it already exists');
  records.set(recordKey(record), record);
}

function invalid({ name, type }: RecordSet, why: string): ControllerError {
  return new ControllerError(`${name} ${type}: ${why}`, {
    code: 'InvalidChangeBatch',
    disposition: 'conflict',
  });
}

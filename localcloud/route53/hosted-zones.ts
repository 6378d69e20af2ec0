import { AwsError } from '../core/aws-error.ts';
import type { DomainName } from './domain-name.ts';
import { type HostedZone, type Vpc, vpcKey } from './hosted-zone.ts';
import { SortedKeys } from './sorted-keys.ts';

// Sorts before every character of a name and of an id.
const separator = '\0';

/** The account's hosted zones: by id, by caller reference, by VPC, and in the two orders that they are listed in. */
export class HostedZones {
  readonly #byId = new Map<string, HostedZone>();
  readonly #ids = new SortedKeys();
  readonly #names = new SortedKeys();
  readonly #idsByVpc = new Map<string, SortedKeys>();
  readonly #callerReferences = new Set<string>();

  get size(): number {
    return this.#byId.size;
  }

  has(id: string): boolean {
    return this.#byId.has(id);
  }

  /** Throws NoSuchHostedZone. */
  require(id: string): HostedZone {
    const zone = this.#byId.get(id);
    if (zone === undefined)
      throw new AwsError('NoSuchHostedZone', `No hosted zone found with ID: ${id}`, 404);
    return zone;
  }

  /** Whether any zone was ever created with this caller reference, deleted ones included. */
  hasCallerReference(callerReference: string): boolean {
    return this.#callerReferences.has(callerReference);
  }

  add(zone: HostedZone): void {
    this.#byId.set(zone.id, zone);
    this.#ids.add(zone.id);
    this.#names.add(nameKey(zone.name, zone.id));
    this.#callerReferences.add(zone.callerReference);
    for (const vpc of zone.vpcs.values()) this.associate(zone, vpc);
  }

  delete(zone: HostedZone): void {
    for (const vpc of [...zone.vpcs.values()]) this.disassociate(zone, vpc);
    this.#byId.delete(zone.id);
    this.#ids.delete(zone.id);
    this.#names.delete(nameKey(zone.name, zone.id));
  }

  associate(zone: HostedZone, vpc: Vpc): void {
    const key = vpcKey(vpc);
    const ids = this.#idsByVpc.get(key) ?? new SortedKeys();
    ids.add(zone.id);
    this.#idsByVpc.set(key, ids);
    zone.vpcs.set(key, vpc);
  }

  disassociate(zone: HostedZone, vpc: Vpc): void {
    this.#idsByVpc.get(vpcKey(vpc))?.delete(zone.id);
    zone.vpcs.delete(vpcKey(vpc));
  }

  /** All zones by id, from `startId` on. */
  byId(startId = ''): Iterable<HostedZone> {
    return this.#resolve(this.#ids.from(startId));
  }

  /** All zones by name with its labels reversed, then by id, from a name and an id on. */
  byName(start?: DomainName, startId = ''): Iterable<HostedZone> {
    const startKey = start === undefined ? '' : nameKey(start, startId);
    return this.#resolve(this.#idsOf(this.#names.from(startKey)));
  }

  /** The zones of exactly this name, public and private. */
  named(name: DomainName): Iterable<HostedZone> {
    return this.#resolve(this.#idsOf(this.#names.startingWith(nameKey(name, ''))));
  }

  /** The private zones associated with a VPC by id, from `startId` on. */
  ofVpc(vpc: Vpc, startId = ''): Iterable<HostedZone> {
    return this.#resolve(this.#idsByVpc.get(vpcKey(vpc))?.from(startId) ?? []);
  }

  *#idsOf(nameKeys: Iterable<string>): Generator<string, void> {
    for (const key of nameKeys) yield key.slice(key.indexOf(separator) + 1);
  }

  *#resolve(ids: Iterable<string>): Generator<HostedZone, void> {
    for (const id of ids) {
      const zone = this.#byId.get(id);
      if (zone !== undefined) yield zone;
    }
  }
}

function nameKey(name: DomainName, id: string): string {
  return name.sortKey + separator + id;
}

import type { DomainName } from './domain-name.ts';
import type { RecordSet, RecordType } from './record-set.ts';
import type { RecordSets } from './record-sets.ts';

/** A VPC that resolves names in a private zone. */
export interface Vpc {
  readonly VPCRegion: string;
  readonly VPCId: string;
}

/** A hosted zone of the account. */
export interface HostedZone {
  /** Without the `/hostedzone/` prefix. */
  readonly id: string;
  readonly name: DomainName;
  readonly callerReference: string;
  readonly isPrivate: boolean;
  readonly nameServers: readonly string[];
  comment: string | undefined;
  /** By `vpcKey`; empty for a public zone. */
  readonly vpcs: Map<string, Vpc>;
  readonly tags: Map<string, string>;
  /** What the API shows: every accepted change, PENDING ones included. */
  readonly records: RecordSets;
  /** What the name servers answer: the changes that are INSYNC. */
  readonly published: RecordSets;
  /** When its latest accepted change is INSYNC; changes of one zone arrive in the order they were made. */
  inSyncAtMs: number;
  /** When its latest change was accepted. */
  changedAtMs: number;
}

/** What tells two VPCs apart. */
export function vpcKey(vpc: Vpc): string {
  return `${vpc.VPCRegion}/${vpc.VPCId}`;
}

const secondsOfNs = 172_800;
const secondsOfSoa = 900;

/**
 * The NS and SOA records that every zone is created with.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/SOA-NSrecords.html
 */
export function initialRecords(name: DomainName, nameServers: readonly string[]): readonly RecordSet[] {
  const [primary] = nameServers;
  return [
    apexRecord(
      name,
      'NS',
      secondsOfNs,
      nameServers.map((server) => `${server}.`),
    ),
    apexRecord(name, 'SOA', secondsOfSoa, [
      `${primary}. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400`,
    ]),
  ];
}

/** Whether the zone holds nothing but its own NS and SOA records and may be deleted. */
export function isDeletable(zone: HostedZone): boolean {
  return (
    zone.records.size === 2 &&
    zone.records.of(zone.name, 'NS').length === 1 &&
    zone.records.of(zone.name, 'SOA').length === 1
  );
}

function apexRecord(
  name: DomainName,
  type: RecordType,
  ttlSeconds: number,
  values: readonly string[],
): RecordSet {
  return {
    name,
    type,
    setIdentifier: undefined,
    routing: { kind: 'simple' },
    content: { kind: 'values', ttlSeconds, values },
  };
}

import type { Route53Client, RRType } from '@aws-sdk/client-route-53';
import { ListResourceRecordSetsCommand } from '@aws-sdk/client-route-53';
import type { DnsName } from '../../model/dns-name.ts';
import { normalizeDnsName } from '../../model/dns-name.ts';
import type { HostedZoneId } from '../../model/ids.ts';
import type { ObservedName } from '../../model/observed.ts';
import { callAws } from '../aws-error.ts';
import type { ObservedRecord } from './observed-record.ts';
import { toObservedRecord } from './observed-record.ts';

/**
 * Everything at each of the names of one zone. A page holds up to 300 record sets in the order of names, so names that stand
 * close together cost one call, whether anything is there or not; a name that goes on in the next page is read to its end.
 */
export async function readZone(
  client: Route53Client,
  zoneId: HostedZoneId,
  names: readonly DnsName[],
): Promise<readonly ObservedName[]> {
  const wanted = new Set(names.toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1)));
  const found = new Map<DnsName, ObservedRecord[]>([...wanted].map((name) => [name, []]));
  let begin: string | undefined = '';
  for (const name of wanted) {
    // What lies before the beginning of the next page was listed, or is not there.
    if (begin === undefined) break;
    if (orderOf(name) < begin) continue;
    let place: Place | undefined = { name };
    let goesOn = true;
    while (goesOn && place !== undefined) {
      const { records, next }: Page = await listFrom(client, zoneId, place);
      for (const each of records) found.get(each.record.name)?.push(each);
      goesOn = next !== undefined && wanted.has(next.name) && records.at(-1)?.record.name === next.name;
      place = next;
    }
    begin = place && orderOf(place.name);
  }
  return [...found].map(([name, records]) => ({
    zoneId,
    name,
    records: records.flatMap((each) => (each.kind === 'known' ? each.record : [])),
    foreign: records.flatMap((each) => (each.kind === 'foreign' ? each.record : [])),
  }));
}

/** Where a listing begins: at a name, or in the middle of one. */
interface Place {
  readonly name: DnsName;
  readonly type?: RRType | undefined;
  readonly identifier?: string | undefined;
}

interface Page {
  readonly records: readonly ObservedRecord[];
  readonly next: Place | undefined;
}

/** @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListResourceRecordSets.html */
async function listFrom(
  client: Route53Client,
  HostedZoneId: HostedZoneId,
  { name, type, identifier }: Place,
): Promise<Page> {
  const command = new ListResourceRecordSetsCommand({
    HostedZoneId,
    StartRecordName: name,
    StartRecordType: type,
    StartRecordIdentifier: identifier,
  });
  const output = await callAws(`ListResourceRecordSets ${HostedZoneId}`, () => client.send(command));
  const { NextRecordName, NextRecordType, NextRecordIdentifier } = output;
  return {
    records: (output.ResourceRecordSets ?? []).map((each) => toObservedRecord(HostedZoneId, each)),
    next:
      output.IsTruncated === true && NextRecordName !== undefined
        ? { name: normalizeDnsName(NextRecordName), type: NextRecordType, identifier: NextRecordIdentifier }
        : undefined,
  };
}

/**
 * Route 53 lists names in the order of their labels from the right, as ASCII text with a dot at the end, other characters
 * than letters, digits, hyphens and underscores as octal escapes. Should it ever differ, a record may be taken for absent;
 * creating it then fails as a whole.
 */
function orderOf(name: DnsName): string {
  const escaped = name.replace(/\\[0-3][0-7]{2}|[^a-z0-9_.-]/g, (text) =>
    text.length > 1 ? text : `\\${text.charCodeAt(0).toString(8).padStart(3, '0')}`,
  );
  return `${escaped.split('.').toReversed().join('.')}.`;
}

import type { Route53Client, RRType } from '@aws-sdk/client-route-53';
import { ListResourceRecordSetsCommand } from '@aws-sdk/client-route-53';
import type { DnsName } from '../../model/dns-name.ts';
import { normalizeDnsName } from '../../model/dns-name.ts';
import type { HostedZoneId } from '../../model/ids.ts';
import type { ObservedName } from '../../model/observed.ts';
import { callAws, pagesRepeat } from '../aws-error.ts';
import type { ListedNames } from './listed-names.ts';
import { orderOf } from './listed-names.ts';
import type { ObservedRecord } from './observed-record.ts';
import { toObservedRecord } from './observed-record.ts';

/**
 * Everything at each of the names of one zone. A page holds up to 300 record sets in the order of names, so names that stand
 * close together cost one call, whether anything is there or not, and those that have been listed cost none; a name that
 * goes on in the next page is read to its end.
 */
export async function readZone(
  client: Route53Client,
  zoneId: HostedZoneId,
  names: readonly DnsName[],
  listed: ListedNames,
): Promise<readonly ObservedName[]> {
  const wanted = new Set(names.toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1)));
  for (const name of wanted) {
    // What little lies between two pages is listed in one call, for this name and for those to come.
    const gapStart = listed.has(name) ? undefined : listed.startOfGapAt(name);
    if (gapStart !== undefined) await listWhole(client, zoneId, gapStart, { wanted, listed });
    if (!listed.has(name)) await listWhole(client, zoneId, name, { wanted, listed });
  }
  return [...wanted].map((name) => {
    const records = listed.recordsAt(name);
    return {
      zoneId,
      name,
      records: records.flatMap((each) => (each.kind === 'known' ? each.record : [])),
      foreign: records.flatMap((each) => (each.kind === 'foreign' ? each.record : [])),
    };
  });
}

/**
 * Lists a page from the name on, and more pages while one ends within a name that is wanted.
 * @throws ControllerError `PagesRepeat`, retryable, when a page leads back to an earlier one: there would be no end to it.
 */
async function listWhole(
  client: Route53Client,
  zoneId: HostedZoneId,
  from: DnsName,
  { wanted, listed }: { readonly wanted: ReadonlySet<DnsName>; readonly listed: ListedNames },
): Promise<void> {
  const found: ObservedRecord[] = [];
  const seen = new Set<string>();
  let place: Place | undefined = { name: from };
  for (let goesOn = true; goesOn && place !== undefined; ) {
    if (seen.has(JSON.stringify(place))) throw pagesRepeat('Route 53');
    seen.add(JSON.stringify(place));
    const { records, next }: Page = await listFrom(client, zoneId, place);
    found.push(...records);
    goesOn = next !== undefined && wanted.has(next.name) && records.at(-1)?.record.name === next.name;
    place = next;
  }
  listed.add(from, place?.name, found);
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

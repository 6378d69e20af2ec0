import type { Change, Route53Client } from '@aws-sdk/client-route-53';
import { ChangeResourceRecordSetsCommand, ListResourceRecordSetsCommand } from '@aws-sdk/client-route-53';
import type { ChangeRecord } from '../../model/change.ts';
import type { DnsName } from '../../model/dns-name.ts';
import { normalizeDnsName } from '../../model/dns-name.ts';
import type { HostedZoneId } from '../../model/ids.ts';
import type { ObservedName } from '../../model/observed.ts';
import type { Route53 } from '../../reconcile/ports.ts';
import { callAws } from '../aws-error.ts';
import type { ObservedRecord } from './observed-record.ts';
import { toObservedRecord, toResourceRecordSet } from './observed-record.ts';

/** Characters of a batch's comment, at the most. */
const commentMax = 256;

/** Route 53 through the SDK. */
export function createRoute53(client: Route53Client): Route53 {
  return {
    read: async (names) => {
      const byZone = Map.groupBy(names, ({ zoneId }) => zoneId);
      const zones = [...byZone].map(([zoneId, its]) =>
        readZone(
          client,
          zoneId,
          its.map(({ name }) => name),
        ),
      );
      return (await Promise.all(zones)).flat();
    },
    change: async (zoneId, changes, comment) => {
      const ChangeBatch = { Comment: comment.slice(0, commentMax), Changes: changes.flatMap(toBatch) };
      const command = new ChangeResourceRecordSetsCommand({ HostedZoneId: zoneId, ChangeBatch });
      await callAws(`ChangeResourceRecordSets ${zoneId}`, () => client.send(command));
    },
  };
}

/**
 * Route 53 has no conditional write; DELETE of the exact old record with CREATE of the new in one batch is one: it fails
 * as a whole when anything differs, and the name is never without a record.
 * @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html
 */
function toBatch({ before, after }: ChangeRecord): Change[] {
  return [
    ...(before === undefined
      ? []
      : [{ Action: 'DELETE' as const, ResourceRecordSet: toResourceRecordSet(before) }]),
    ...(after === undefined
      ? []
      : [{ Action: 'CREATE' as const, ResourceRecordSet: toResourceRecordSet(after) }]),
  ];
}

/**
 * Lists from each name that no page has shown yet. A page holds up to 300 record sets, so names that stand close together
 * cost one call, and a name counts as empty only when a listing that began at it did not show it.
 */
async function readZone(
  client: Route53Client,
  zoneId: HostedZoneId,
  names: readonly DnsName[],
): Promise<readonly ObservedName[]> {
  const wanted = [...new Set(names)].toSorted(byReversedLabels);
  const records = new Map<DnsName, ObservedRecord[]>();
  for (const start of wanted) {
    if (records.has(start)) continue;
    for (const [name, its] of await pageFrom(client, zoneId, start)) records.set(name, its);
    if (!records.has(start)) records.set(start, []);
  }
  return wanted.map((name) => {
    const its = records.get(name) ?? [];
    return {
      zoneId,
      name,
      records: its.flatMap((each) => (each.kind === 'simple' ? [each.record] : [])),
      foreign: its.flatMap((each) => (each.kind === 'foreign' ? [each.record] : [])),
    };
  });
}

/** The names that the page holds whole: the last one of a truncated page may go on in the next. */
async function pageFrom(
  client: Route53Client,
  zoneId: HostedZoneId,
  start: DnsName,
): Promise<ReadonlyMap<DnsName, ObservedRecord[]>> {
  const command = new ListResourceRecordSetsCommand({ HostedZoneId: zoneId, StartRecordName: start });
  const output = await callAws(`ListResourceRecordSets ${zoneId}`, () => client.send(command));
  const observed = (output.ResourceRecordSets ?? []).map((each) => toObservedRecord(zoneId, each));
  const names = Map.groupBy(observed, ({ record }) => record.name);
  const next =
    output.IsTruncated === true && output.NextRecordName
      ? normalizeDnsName(output.NextRecordName)
      : undefined;
  // A name with 300 record sets would be routed ones, all foreign: what is seen of it is enough to refuse it.
  if (next !== undefined && next !== start) names.delete(next);
  return names;
}

function byReversedLabels(a: DnsName, b: DnsName): number {
  const [first, second] = [a, b].map((name) => name.split('.').toReversed().join('.'));
  return (first ?? '') < (second ?? '') ? -1 : 1;
}

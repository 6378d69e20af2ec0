import type { Change, Route53Client } from '@aws-sdk/client-route-53';
import { ChangeResourceRecordSetsCommand } from '@aws-sdk/client-route-53';
import type { ChangeRecord } from '../../model/change.ts';
import type { HostedZoneId } from '../../model/ids.ts';
import type { RecordSet } from '../../model/record-set.ts';
import type { RecordReader, Route53 } from '../../reconcile/ports.ts';
import { callAws } from '../aws-error.ts';
import { ListedNames } from './listed-names.ts';
import { toResourceRecordSet } from './observed-record.ts';
import { readZone } from './read-zone.ts';

/** Characters of a batch's comment, at the most. */
const commentMax = 256;

/** Route 53 through the SDK. */
export function createRoute53(client: Route53Client): Route53 {
  return {
    // Nothing is remembered from one read to the next.
    read: (names) => createReader(client).read(names),
    createReader: () => createReader(client),
    change: async (zoneId, changes, comment) => {
      const ChangeBatch = { Comment: comment.slice(0, commentMax), Changes: toBatch(changes) };
      const command = new ChangeResourceRecordSetsCommand({ HostedZoneId: zoneId, ChangeBatch });
      await callAws(`ChangeResourceRecordSets ${zoneId}`, () => client.send(command));
    },
  };
}

function createReader(client: Route53Client): RecordReader {
  const listed = new Map<HostedZoneId, ListedNames>();
  const listedIn = (zoneId: HostedZoneId): ListedNames => {
    const known = listed.get(zoneId) ?? new ListedNames();
    listed.set(zoneId, known);
    return known;
  };
  return {
    read: async (names) => {
      const byZone = Map.groupBy(names, ({ zoneId }) => zoneId);
      const zones = [...byZone].map(([zoneId, its]) => {
        const namesOfZone = its.map(({ name }) => name);
        return readZone(client, zoneId, namesOfZone, listedIn(zoneId));
      });
      return (await Promise.all(zones)).flat();
    },
  };
}

/**
 * Route 53 has no conditional write; DELETE of the exact old record with CREATE of the new in one batch is one: it fails
 * as a whole when anything differs, and the name is never without a record. A batch is made in its order, so that all that
 * goes is gone before anything comes which could not stand beside it, and aliases find what they point at.
 * @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html
 */
function toBatch(changes: readonly ChangeRecord[]): Change[] {
  const action = (Action: 'CREATE' | 'DELETE') => (record: RecordSet) => ({
    Action,
    ResourceRecordSet: toResourceRecordSet(record),
  });
  const made = changes.flatMap(({ after }) => after ?? []);
  return [
    ...changes.flatMap(({ before }) => before ?? []).map(action('DELETE')),
    ...made.filter((record) => !isAlias(record)).map(action('CREATE')),
    ...made.filter(isAlias).map(action('CREATE')),
  ];
}

function isAlias({ content }: RecordSet): boolean {
  return content.kind === 'alias';
}

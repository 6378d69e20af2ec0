import type { Route53Account } from './account.ts';
import { isWithin } from './domain-name.ts';
import type { HostedZone } from './hosted-zone.ts';
import { type RecordSet, recordKey } from './record-set.ts';

/** Throws when the account's zones or records contradict themselves or DNS. */
export function checkInvariants(account: Route53Account): void {
  for (const zone of account.zones.byId()) {
    assert(zone.isPrivate === zone.vpcs.size > 0, zone, 'a zone is private exactly when it has VPCs');
    for (const vpc of zone.vpcs.values()) {
      const isListed = Iterator.from(account.zones.ofVpc(vpc, zone.id)).next().value === zone;
      assert(isListed, zone, `${vpc.VPCId} does not list the zone`);
    }
    checkRecords(zone);
  }
}

function checkRecords(zone: HostedZone): void {
  const recordSets = [...zone.records.from('')];
  assert(recordSets.length === zone.records.size, zone, 'record sets are listed once each');
  assert(zone.records.of(zone.name, 'SOA').length === 1, zone, 'there is one SOA record set');
  assert(zone.records.of(zone.name, 'NS').length > 0, zone, 'there is an NS record set at the apex');
  for (const [index, recordSet] of recordSets.entries()) {
    const previous = recordSets[index - 1];
    if (previous !== undefined) checkNeighbours(zone, previous, recordSet);
    assert(isWithin(recordSet.name, zone.name), zone, `${recordSet.name.text} is outside`);
    const hasIdentifier = recordSet.setIdentifier !== undefined;
    const what = `${recordSet.name.text} ${recordSet.type}`;
    assert(hasIdentifier === (recordSet.routing.kind !== 'simple'), zone, `${what} and its set identifier`);
  }
}

// Record sets of one name, and of one name and type, are neighbours in the list.
function checkNeighbours(zone: HostedZone, one: RecordSet, next: RecordSet): void {
  const what = `${next.name.text} ${next.type}`;
  assert(recordKey(one) < recordKey(next), zone, `${what} is out of order`);
  if (one.name.text !== next.name.text) return;
  const isMixed = one.type !== next.type && (one.type === 'CNAME' || next.type === 'CNAME');
  assert(!isMixed, zone, `${what} is beside a CNAME`);
  if (one.type !== next.type) return;
  const isOneGroup = one.routing.kind === next.routing.kind && one.routing.kind !== 'simple';
  assert(isOneGroup, zone, `${what} has two routing policies`);
}

function assert(holds: boolean, zone: HostedZone, rule: string): void {
  if (!holds) throw new Error(`hosted zone ${zone.id} (${zone.name.text}): ${rule}`);
}

import type { HostedZone } from '../hosted-zone.ts';
import { type RecordSet, recordKey, routingText } from '../record-set.ts';

const maxGroupSize = 100;

/**
 * Everything in the zone that a record set cannot exist beside. Its own former version, which an UPSERT replaces,
 * is not in its way.
 */
export function conflictProblems(zone: HostedZone, recordSet: RecordSet): readonly string[] {
  const ownKey = recordKey(recordSet);
  const others = zone.records.of(recordSet.name).filter((other) => recordKey(other) !== ownKey);
  const siblings = others.filter((other) => other.type === recordSet.type);
  return [...cnameProblems(zone, recordSet, others), ...routingProblems(recordSet, siblings)];
}

/** https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html#CNAMEFormat */
function cnameProblems(
  zone: HostedZone,
  { name, type }: RecordSet,
  others: readonly RecordSet[],
): readonly string[] {
  const subject = `RRSet of type ${type} with DNS name ${name.text} is not permitted`;
  if (type !== 'CNAME') {
    if (!others.some((other) => other.type === 'CNAME')) return [];
    // The two blanks are Route 53's.
    return [
      `${subject} because a conflicting RRSet of type  CNAME with the same DNS name already exists in zone ${zone.name.text}`,
    ];
  }
  if (name.text === zone.name.text) return [`${subject} at apex in zone ${zone.name.text}`];
  if (others.every((other) => other.type === 'CNAME')) return [];
  return [`${subject} as it conflicts with other records with the same DNS name in zone ${zone.name.text}`];
}

/** https://docs.aws.amazon.com/Route53/latest/APIReference/API_ResourceRecordSet.html */
function routingProblems(recordSet: RecordSet, siblings: readonly RecordSet[]): readonly string[] {
  if (siblings.length === 0) return [];
  const { name, type, routing } = recordSet;
  const subject = `RRSet with DNS name ${name.text}, type ${type}`;
  if (routing.kind === 'simple') {
    return [`${subject} cannot be created as other RRSets exist with the same name and type.`];
  }
  if (siblings.some((sibling) => sibling.routing.kind !== routing.kind)) return [mixture(recordSet, subject)];
  const problems = siblings.length < maxGroupSize ? [] : [groupIsFull(subject)];
  if (routing.kind === 'weighted') return [...problems, ...unequalTtl(recordSet, siblings)];
  const isTaken = siblings.some((sibling) => routingText(sibling.routing) === routingText(routing));
  return routing.kind === 'multivalue' || !isTaken ? problems : [...problems, taken(recordSet, subject)];
}

function mixture({ routing, setIdentifier }: RecordSet, subject: string): string {
  switch (routing.kind) {
    case 'latency':
      return `${subject}, SetIdentifier ${setIdentifier}, and Region Name=${routing.region} cannot be created because a non-latency RRSet with the same name and type already exists.`;
    case 'multivalue':
      return `${subject}, SetIdentifier ${setIdentifier} cannot be created because a non multivalue answer rrset exists with the same name and type.`;
    default:
      return `${subject}, SetIdentifier ${setIdentifier} cannot be created as a non-${routing.kind} set exists with the same name and type.`;
  }
}

function unequalTtl({ name, type, setIdentifier, content }: RecordSet, siblings: readonly RecordSet[]) {
  const isUnequal = siblings.some(
    (sibling) =>
      sibling.content.kind === 'values' &&
      content.kind === 'values' &&
      sibling.content.ttlSeconds !== content.ttlSeconds,
  );
  if (!isUnequal) return [];
  return [
    `RRSet with DNS name ${name.text} and type ${type}, SetIdentifier ${setIdentifier} cannot be created as weighted sets must contain the same TTL.`,
  ];
}

function taken({ routing, setIdentifier }: RecordSet, subject: string): string {
  return `${subject}, SetIdentifier ${setIdentifier} cannot be created because another RRSet with the same name and type already has ${routingText(routing)}.`;
}

function groupIsFull(subject: string): string {
  return `${subject} cannot be created as ${maxGroupSize} RRSets exist with the same name and type.`;
}

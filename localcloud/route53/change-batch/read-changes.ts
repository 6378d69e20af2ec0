import type { Route53Account } from '../account.ts';
import { type DomainName, isWithin, parseDomainName, wildcardLabel } from '../domain-name.ts';
import type { HostedZone } from '../hosted-zone.ts';
import { type RecordContent, type RecordSet, type RoutingPolicy, recordKey } from '../record-set.ts';
import { requireModelledTarget } from './alias-targets.ts';
import { batchLimitProblems } from './batch-limits.ts';
import type { ChangeInput, RecordSetInput } from './change-input.ts';
import { invalidChangeBatch } from './invalid-change-batch.ts';
import { recordValueProblems } from './record-values.ts';
import { requireForm } from './request-form.ts';

/** A change whose record set is well formed and belongs into its zone. */
export interface RecordChange {
  readonly action: 'CREATE' | 'DELETE' | 'UPSERT';
  readonly recordSet: RecordSet;
}

/**
 * Reads a batch without looking at the zone's records. Throws InvalidInput for fields that do not go together, and
 * InvalidChangeBatch with everything else that is wrong.
 */
export function readChanges(
  account: Route53Account,
  zone: HostedZone,
  inputs: readonly ChangeInput[],
): readonly RecordChange[] {
  for (const input of inputs) requireForm(input);
  const problems = [...batchLimitProblems(inputs)];
  const changes: RecordChange[] = [];
  for (const { Action, ResourceRecordSet } of inputs) {
    const read = readRecordSet(ResourceRecordSet);
    if (read.kind === 'problems') {
      problems.push(...read.messages);
      continue;
    }
    requireModelledTarget(read.recordSet, (id) => account.zones.has(id));
    problems.push(...placeProblems(zone, read.recordSet), ...recordValueProblems(read.recordSet));
    changes.push({ action: Action, recordSet: read.recordSet });
  }
  if (problems.length === 0) problems.push(...repetitionProblems(changes));
  if (problems.length > 0) throw invalidChangeBatch(problems);
  return changes;
}

type ReadRecordSet =
  | { readonly kind: 'record-set'; readonly recordSet: RecordSet }
  | { readonly kind: 'problems'; readonly messages: readonly string[] };

function readRecordSet(input: RecordSetInput): ReadRecordSet {
  const { Name, Type: type, SetIdentifier: setIdentifier, AliasTarget } = input;
  const name = parseDomainName(Name);
  const target = AliasTarget === undefined ? undefined : parseDomainName(AliasTarget.DNSName);
  if (name.kind === 'problem' || target?.kind === 'problem') {
    const messages = [name, target].flatMap((parsed) => (parsed?.kind === 'problem' ? [parsed.message] : []));
    return { kind: 'problems', messages };
  }
  const content = readContent(input, target?.name);
  const recordSet = { name: name.name, type, setIdentifier, routing: readRouting(input), content };
  return { kind: 'record-set', recordSet };
}

function readContent(input: RecordSetInput, target: DomainName | undefined): RecordContent {
  const { AliasTarget, ResourceRecords = [], TTL = 0 } = input;
  if (AliasTarget === undefined || target === undefined) {
    return { kind: 'values', ttlSeconds: TTL, values: ResourceRecords.map(({ Value }) => Value) };
  }
  return {
    kind: 'alias',
    zoneId: AliasTarget.HostedZoneId,
    target,
    isTargetHealthEvaluated: AliasTarget.EvaluateTargetHealth,
  };
}

function readRouting(input: RecordSetInput): RoutingPolicy {
  if (input.Weight !== undefined) return { kind: 'weighted', weight: input.Weight };
  if (input.Region !== undefined) return { kind: 'latency', region: input.Region };
  if (input.Failover !== undefined) return { kind: 'failover', role: input.Failover };
  if (input.GeoLocation !== undefined) return { kind: 'geolocation', location: input.GeoLocation };
  return input.MultiValueAnswer === true ? { kind: 'multivalue' } : { kind: 'simple' };
}

function placeProblems(zone: HostedZone, { name, type }: RecordSet): readonly string[] {
  if (!isWithin(name, zone.name)) {
    return [`RRSet with DNS name ${name.text} is not permitted in zone ${zone.name.text}`];
  }
  if (type === 'SOA' && name.text !== zone.name.text) {
    return ['A HostedZone must contain exactly one SOA record.'];
  }
  if (type === 'NS' && name.labels[0] === wildcardLabel) {
    return [`RRSet of type NS with DNS name ${name.text} is not permitted as NS records cannot be wildcards`];
  }
  return [];
}

// One record set may be changed twice only to be replaced: deleted, then created.
function repetitionProblems(changes: readonly RecordChange[]): readonly string[] {
  const actionsByKey = new Map<string, string>();
  const repeated = new Set<string>();
  for (const { action, recordSet } of changes) {
    const key = recordKey(recordSet);
    const earlier = actionsByKey.get(key);
    const actions = earlier === undefined ? action : `${earlier} ${action}`;
    actionsByKey.set(key, actions);
    if (earlier !== undefined && actions !== 'DELETE CREATE') {
      repeated.add(`${recordSet.type} ${recordSet.name.text}`);
    }
  }
  return [...repeated].map(
    (what) => `The request contains an invalid set of changes for a resource record set '${what}'`,
  );
}

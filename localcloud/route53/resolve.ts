import { notModelled } from '../core/aws-error.ts';
import type { Route53Account } from './account.ts';
import { type DomainName, domainNameOf, parseDomainName, wildcardLabel } from './domain-name.ts';
import { type HostedZone, vpcKey } from './hosted-zone.ts';
import type { RecordSet } from './record-set.ts';

/** Who asks: somebody on the internet unless a VPC is named. */
export interface Asker {
  readonly fromVpc?: string;
  /** The cloud's own Region unless given. */
  readonly region?: string;
}

/** What a client is told. `path` holds the names that were asked one after the other, along CNAMEs and aliases. */
export type Resolution =
  | {
      readonly kind: 'answer';
      readonly path: readonly string[];
      readonly ttlSeconds: number;
      readonly values: readonly string[];
    }
  /** The last name of the path is not in a zone of this account: somebody else answers. */
  | { readonly kind: 'elsewhere'; readonly path: readonly string[] }
  /** The name exists, but not with this type. */
  | { readonly kind: 'nodata'; readonly path: readonly string[] }
  | { readonly kind: 'nxdomain'; readonly path: readonly string[] }
  /** CNAMEs and aliases lead nowhere. */
  | { readonly kind: 'loop'; readonly path: readonly string[] };

const maxHops = 16;
const maxMultivalueAnswers = 8;

/**
 * Answers as Route 53's name servers and a VPC's resolver do, from INSYNC changes. A private zone of the VPC that
 * covers the name is asked alone, and a name it lacks does not exist, whatever the public zone says. The most
 * specific zone is the one asked. Delegations by NS records inside a zone are not followed.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zone-private-considerations.html
 */
export function resolve(account: Route53Account, name: string, type: string, asker: Asker): Resolution {
  const asked = parseDomainName(name);
  if (asked.kind === 'problem') throw new TypeError(asked.message);
  const path = [asked.name.text];
  for (let current = asked.name; path.length <= maxHops; ) {
    const zone = zoneFor(account, current, asker);
    if (zone === undefined) return { kind: 'elsewhere', path };
    const found = lookUp(account, zone, current, type);
    if (found.kind !== 'follow') return { ...found, path };
    current = found.target;
    path.push(current.text);
  }
  return { kind: 'loop', path };
}

function zoneFor(account: Route53Account, name: DomainName, asker: Asker): HostedZone | undefined {
  const { fromVpc, region = account.surroundings.region } = asker;
  const key = fromVpc === undefined ? undefined : vpcKey({ VPCId: fromVpc, VPCRegion: region });
  const isAsked = key === undefined ? undefined : (zone: HostedZone): boolean => zone.vpcs.has(key);
  const privateZone = isAsked && mostSpecificZone(account, name, isAsked);
  return privateZone ?? mostSpecificZone(account, name, (zone) => !zone.isPrivate);
}

function mostSpecificZone(
  account: Route53Account,
  name: DomainName,
  isAsked: (zone: HostedZone) => boolean,
): HostedZone | undefined {
  for (let depth = 0; depth < name.labels.length; depth++) {
    const candidates = account.zones.named(domainNameOf(name.labels.slice(depth)));
    const zone = Iterator.from(candidates).find(isAsked);
    if (zone !== undefined) return zone;
  }
  return undefined;
}

type Found =
  | { readonly kind: 'answer'; readonly ttlSeconds: number; readonly values: readonly string[] }
  | { readonly kind: 'follow'; readonly target: DomainName }
  | { readonly kind: 'nodata' }
  | { readonly kind: 'nxdomain' };

function lookUp(account: Route53Account, zone: HostedZone, name: DomainName, type: string): Found {
  const owner = zone.published.hasNameOrBelow(name) ? name : wildcardFor(zone, name);
  if (owner === undefined) return { kind: 'nxdomain' };
  const ofType = zone.published.of(owner, type);
  if (ofType.length > 0) return choose(account, ofType);
  const [cname] = zone.published.of(owner, 'CNAME');
  return cname === undefined
    ? { kind: 'nodata' }
    : follow(choose(account, zone.published.of(owner, 'CNAME')));
}

// The wildcard directly below the closest name that exists (RFC 4592, section 3.3.1).
function wildcardFor(zone: HostedZone, name: DomainName): DomainName | undefined {
  for (let depth = 1; depth < name.labels.length; depth++) {
    const ancestor = domainNameOf(name.labels.slice(depth));
    if (!zone.published.hasNameOrBelow(ancestor)) continue;
    const wildcard = domainNameOf([wildcardLabel, ...ancestor.labels]);
    return zone.published.of(wildcard).length > 0 ? wildcard : undefined;
  }
  return undefined;
}

function follow(chosen: Found): Found {
  if (chosen.kind !== 'answer') return chosen;
  const target = parseDomainName(chosen.values[0] ?? '');
  return target.kind === 'name' ? { kind: 'follow', target: target.name } : { kind: 'nodata' };
}

function choose(account: Route53Account, group: readonly RecordSet[]): Found {
  const [first] = group;
  if (first === undefined) return { kind: 'nodata' };
  switch (first.routing.kind) {
    case 'simple':
      return contentOf(first);
    case 'failover':
      return contentOf(group.find(isPrimary) ?? first);
    case 'weighted':
      return contentOf(pickByWeight(account, group) ?? first);
    case 'multivalue':
      return { ...contentOf(first), ...multivalueAnswer(group) };
    case 'latency':
    case 'geolocation':
      throw notModelled(`answers by ${first.routing.kind}`);
  }
}

function contentOf({ content }: RecordSet): Found {
  return content.kind === 'alias'
    ? { kind: 'follow', target: content.target }
    : { kind: 'answer', ttlSeconds: content.ttlSeconds, values: content.values };
}

function multivalueAnswer(group: readonly RecordSet[]): { readonly values: readonly string[] } {
  const values = group.flatMap(({ content }) => (content.kind === 'values' ? content.values : []));
  return { values: values.slice(0, maxMultivalueAnswers) };
}

function isPrimary({ routing }: RecordSet): boolean {
  return routing.kind === 'failover' && routing.role === 'PRIMARY';
}

// Weights of zero all round mean equal chances.
function pickByWeight(account: Route53Account, group: readonly RecordSet[]): RecordSet | undefined {
  const weights = group.map(({ routing }) => (routing.kind === 'weighted' ? routing.weight : 0));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (total === 0) return group[account.answering.integer(group.length)];
  let left = account.answering.integer(total);
  return group.find((_, index) => {
    left -= weights[index] ?? 0;
    return left < 0;
  });
}

import { notModelled } from '../core/aws-error.ts';

/** Values that a request has for condition keys: names in lower case; a key that is absent has no entry. */
export type Context = ReadonlyMap<string, readonly string[]>;

type Arity = 'single' | 'multi';

/**
 * Every condition key that localcloud gives a value to, in lower case, and whether a request may have several.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
 */
const arities: ReadonlyMap<string, Arity> = new Map<string, Arity>([
  ['aws:principalaccount', 'single'],
  ['aws:principalarn', 'single'],
  ['aws:requestedregion', 'single'],
  ['aws:resourceaccount', 'single'],
  ['aws:securetransport', 'single'],
  ['aws:sourceaccount', 'single'],
  ['aws:sourcearn', 'single'],
  ['aws:tagkeys', 'multi'],
  ['cloudwatch:namespace', 'single'],
  ['dynamodb:leadingkeys', 'multi'],
  ['ec2:allocationid', 'single'],
  ['ec2:attribute', 'single'],
  ['ec2:availabilityzone', 'single'],
  ['ec2:createaction', 'single'],
  ['ec2:domain', 'single'],
  ['ec2:instanceid', 'single'],
  ['ec2:instanceprofile', 'single'],
  ['ec2:instancetype', 'single'],
  ['ec2:networkinterfaceid', 'single'],
  ['ec2:publicipaddress', 'single'],
  ['ec2:region', 'single'],
  ['ec2:routetableid', 'single'],
  ['ec2:subnet', 'single'],
  ['ec2:vpc', 'single'],
  ['route53:changeresourcerecordsetsactions', 'multi'],
  ['route53:changeresourcerecordsetsnormalizedrecordnames', 'multi'],
  ['route53:changeresourcerecordsetsrecordtypes', 'multi'],
]);

/** Keys that go on with the key of a tag. */
const tagKeyPrefixes = [
  'aws:requesttag/',
  'aws:resourcetag/',
  'autoscaling:resourcetag/',
  'ec2:resourcetag/',
  'elasticloadbalancing:resourcetag/',
];

/** Throws by name for a key that localcloud gives no value to: a condition on it would quietly never hold. */
export function arityOf(key: string): Arity {
  const name = key.toLowerCase();
  if (tagKeyPrefixes.some((prefix) => name.startsWith(prefix) && name.length > prefix.length))
    return 'single';
  const arity = arities.get(name);
  if (arity === undefined) throw notModelled(`the condition key ${key}`);
  return arity;
}

/** Tag values by their keys, below each of the prefixes, e.g. `aws:ResourceTag/`. */
export function tagContext(
  prefixes: readonly string[],
  tags: Iterable<readonly [string, string]>,
): [string, readonly string[]][] {
  return [...tags].flatMap(([key, value]) =>
    prefixes.map((prefix): [string, readonly string[]] => [`${prefix}${key}`.toLowerCase(), [value]]),
  );
}

import * as z from 'zod';

/** A domain name in one spelling: lower case, no trailing dot, `*` as itself. Equal names are equal strings. */
export type DnsName = string & z.$brand<'DnsName'>;

const escapeSequence = /\\([0-3][0-7]{2})?/g;

/**
 * Brings a name as people or Route 53 write it to the one spelling. Route 53 answers with a trailing dot, lower case and
 * octal escapes (`\052` for `*`). A dot or a backslash inside a label stays escaped: it is not the one between labels.
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DomainNameFormat.html
 */
export function normalizeDnsName(name: string): DnsName {
  const unescaped = name.replace(escapeSequence, (_, octal: string | undefined) => {
    const character = octal === undefined ? '\\' : String.fromCharCode(Number.parseInt(octal, 8));
    if (character === '\\') return '\\134';
    return character === '.' ? '\\056' : character;
  });
  // DNS folds the letters of ASCII only (RFC 4343).
  return unescaped.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()).replace(/\.$/, '') as DnsName;
}

const label = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/;

/** What is wrong with a name as a record's or zone's name, in words; undefined when nothing is. */
export function dnsNameProblem(name: string): string | undefined {
  const normalized = normalizeDnsName(name);
  if (normalized.length === 0 || normalized.length > 253) return 'must be 1 to 253 characters long';
  const labels = normalized.split('.');
  const wrong = labels.find((each, index) => !label.test(each) && !(index === 0 && each === '*'));
  if (wrong === undefined) return undefined;
  return `has the label "${wrong}"; a label is 1 to 63 letters, digits, hyphens or underscores, with no hyphen at either end`;
}

/** A domain name, refused with the label that is wrong. */
export const dnsNameSchema = z.string().transform((text, context): DnsName => {
  const problem = dnsNameProblem(text);
  if (problem !== undefined) context.addIssue(problem);
  return normalizeDnsName(text);
});

/** Whether a record of this name can live in the zone: the apex, or below it. */
export function isInZone(name: DnsName, zone: DnsName): boolean {
  return name === zone || name.endsWith(`.${zone}`);
}

/**
 * The name under which a reverse lookup asks for an address: in in-addr.arpa, or in ip6.arpa for IPv6.
 * @see https://www.rfc-editor.org/rfc/rfc3596#section-2.5
 */
export function reverseDnsName(address: string): DnsName {
  if (!address.includes(':')) return `${address.split('.').toReversed().join('.')}.in-addr.arpa` as DnsName;
  const nibbles = [...groupsOf(address).join('')].toReversed();
  return `${nibbles.join('.')}.ip6.arpa` as DnsName;
}

/** The eight groups of an IPv6 address, four digits each. */
function groupsOf(address: string): readonly string[] {
  const compressed = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = [], tail = []] = compressed.split('::').map((part) => part.split(':').filter(Boolean));
  const zeros = Array.from({ length: 8 - head.length - tail.length }, () => '0');
  return [...head, ...zeros, ...tail].map((group) => group.padStart(4, '0'));
}

const reverseRoots = ['in-addr.arpa', 'ip6.arpa'].map(normalizeDnsName);

/** Whether the zone holds PTR records of addresses. */
export function isReverseZone(zone: DnsName): boolean {
  return reverseRoots.some((root) => isInZone(zone, root));
}

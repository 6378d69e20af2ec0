import * as z from 'zod';

/** A domain name in one spelling: lower case, no trailing dot, `*` as itself. Equal names are equal strings. */
export type DnsName = string & z.$brand<'DnsName'>;

/**
 * Brings a name as people or Route 53 write it to the one spelling. Route 53 answers with a trailing dot, lower case and
 * octal escapes (`\052` for `*`).
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DomainNameFormat.html
 */
export function normalizeDnsName(name: string): DnsName {
  const unescaped = name.replace(/\\([0-3][0-7]{2})/g, (_, octal: string) =>
    String.fromCharCode(Number.parseInt(octal, 8)),
  );
  return unescaped.toLowerCase().replace(/\.$/, '') as DnsName;
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
  if (problem !== undefined) context.addIssue({ code: 'custom', message: problem, input: text });
  return normalizeDnsName(text);
});

/** Whether a record of this name can live in the zone: the apex, or below it. */
export function isInZone(name: DnsName, zone: DnsName): boolean {
  return name === zone || name.endsWith(`.${zone}`);
}

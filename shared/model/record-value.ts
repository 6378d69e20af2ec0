import { dnsNameProblem, normalizeDnsName } from './dns-name.ts';
import { ipv4Schema, ipv6Schema } from './ids.ts';
import type { RecordType } from './record-type.ts';
import { readTxtValue, writeTxtValue } from './txt-value.ts';

/**
 * Brings one value of a record to the one spelling that Understudy writes: values that DNS takes for the same are equal
 * strings, however people or Route 53 spell them. What is not a value of its type stays as it is.
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html
 */
export function normalizeRecordValue(type: RecordType, value: string): string {
  if (type !== 'TXT' && recordValueProblem(type, value) !== undefined) return value;
  switch (type) {
    case 'TXT':
      return writeTxtValue(readTxtValue(value));
    case 'A':
      return value.trim();
    case 'AAAA':
      return ipv6Schema.parse(value.trim());
    case 'CNAME':
    case 'PTR':
      return normalizeDnsName(value.trim());
    case 'SRV':
      return normalizeSrvValue(value);
  }
}

function normalizeSrvValue(value: string): string {
  const fields = value.trim().split(/\s+/);
  const [target = '', ...numbers] = fields.toReversed();
  // A lone dot says that there is no such server (RFC 2782).
  const name = target === '.' ? target : normalizeDnsName(target);
  return [...numbers.toReversed().map((number) => number.replace(/^0+(?=\d)/, '')), name].join(' ');
}

/** Characters of one value, at the most; Route 53 counts them as they are written. */
const valueLengthMax = 4_000;

/** What is wrong with a value of a record of this type, in words; undefined when nothing is. */
export function recordValueProblem(type: RecordType, value: string): string | undefined {
  switch (type) {
    case 'A':
      return ipv4Schema.safeParse(value.trim()).success
        ? undefined
        : 'must be an IPv4 address such as 192.0.2.1';
    case 'AAAA':
      return ipv6Schema.safeParse(value.trim()).success
        ? undefined
        : 'must be an IPv6 address such as 2001:db8::1';
    case 'CNAME':
    case 'PTR':
      return targetProblem(value.trim());
    case 'SRV':
      return srvProblem(value);
    case 'TXT': {
      const { length } = normalizeRecordValue('TXT', value);
      if (length <= valueLengthMax) return undefined;
      return `must have at most ${valueLengthMax} characters once it is quoted; this has ${length}`;
    }
  }
}

function targetProblem(name: string): string | undefined {
  const problem = dnsNameProblem(name);
  return problem === undefined ? undefined : `must be a domain name: it ${problem}`;
}

function srvProblem(value: string): string | undefined {
  const fields = value.trim().split(/\s+/);
  const numbers = fields.slice(0, 3);
  const [target, ...more] = fields.slice(3);
  if (target === undefined || more.length > 0 || !numbers.every(isUnsigned16)) {
    return 'must be priority, weight, port and name, such as 0 5 5432 db.example.com; the numbers from 0 to 65535';
  }
  return target === '.' ? undefined : targetProblem(target);
}

function isUnsigned16(field: string): boolean {
  return /^\d{1,5}$/.test(field) && Number(field) <= 65_535;
}

import type { Random } from '../core/random.ts';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

// Where each of a zone's four name servers lives: `ns-0` to `ns-511` under .com, the next 512 under .net, and so on.
const nameServerDomains = ['com', 'net', 'org', 'co.uk'];
const nameServersPerDomain = 512;
const nameServersPerStripe = 8;

// The name servers that every private zone shows; nobody can ask them.
const privateNameServers = [
  'ns-1536.awsdns-00.co.uk',
  'ns-0.awsdns-00.com',
  'ns-1024.awsdns-00.org',
  'ns-512.awsdns-00.net',
];

/** An id as Route 53 makes them: `Z` for a zone or `C` for a change, then 20 digits and capital letters. */
export function newId(kind: 'Z' | 'C', random: Random): string {
  const digits = Array.from({ length: 8 }, () => random.integer(10));
  const letters = Array.from({ length: 12 }, () => alphabet.charAt(random.integer(alphabet.length)));
  return `${kind}${digits.join('')}${letters.join('')}`;
}

/**
 * The delegation set of a new zone: four name servers in four top-level domains for a public one.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/SOA-NSrecords.html
 */
export function newNameServers(isPrivate: boolean, random: Random): readonly string[] {
  if (isPrivate) return privateNameServers;
  return nameServerDomains.map((domain, index) => {
    const number = random.integer(nameServersPerDomain);
    const stripe = Math.floor(number / nameServersPerStripe);
    return `ns-${index * nameServersPerDomain + number}.awsdns-${String(stripe).padStart(2, '0')}.${domain}`;
  });
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalCidr, holdsIp } from '../../shared/model/cidr.ts';
import { dnsNameProblem, isReverseZone, reverseDnsName } from '../../shared/model/dns-name.ts';
import { elasticIpName } from '../../shared/model/elastic-ip-name.ts';
import { excerpt, jsonExcerpt } from '../../shared/model/excerpt.ts';
import { ipv4CidrSchema, ipv4Schema, ipv6Schema } from '../../shared/model/ids.ts';
import { canStandTogether, isSameRecordSet, recordKey } from '../../shared/model/record-set.ts';
import { arbitraryText } from '../builders/arbitrary-input.ts';
import { arbitraryRecordSet } from '../builders/arbitrary-records.ts';
import { hostileValue } from '../builders/hostile-input.ts';

const arbitraryIpv4 = fc.ipV4();
const arbitraryIpv6 = fc.ipV6();

/** The bits of an IPv4 address, as text. */
const bitsOf = (ip: string) =>
  ip
    .split('.')
    .map((each) => Number(each).toString(2).padStart(8, '0'))
    .join('');

describe('a range of addresses', () => {
  it('holds the addresses that begin as it does, and no others', () => {
    fc.assert(
      fc.property(arbitraryIpv4, arbitraryIpv4, fc.nat(32), (base, ip, length) => {
        const isHeld = bitsOf(base).slice(0, length) === bitsOf(ip).slice(0, length);

        expect(holdsIp(`${base}/${length}`, ip)).toBe(isHeld);
      }),
      { numRuns: 300 },
    );
  });

  it('has one spelling, which holds the same addresses', () => {
    fc.assert(
      fc.property(arbitraryIpv4, arbitraryIpv4, fc.nat(32), (base, ip, length) => {
        const cidr = ipv4CidrSchema.parse(`${base}/${length}`);
        const once = canonicalCidr(cidr);

        expect(canonicalCidr(once)).toBe(once);
        expect(holdsIp(once, base)).toBe(true);
        expect(holdsIp(once, ip)).toBe(holdsIp(cidr, ip));
      }),
    );
  });

  it('of IPv6 holds itself in any spelling, and nothing of IPv4', () => {
    fc.assert(
      fc.property(arbitraryIpv6, arbitraryIpv4, fc.nat(128), (base, ip, length) => {
        const written = ipv6Schema.parse(base);

        expect(holdsIp(`${written}/${length}`, written)).toBe(true);
        expect(holdsIp(`${written}/${length}`, ip)).toBe(false);
      }),
    );
  });
});

describe('an address', () => {
  it('of IPv6 has one spelling', () => {
    fc.assert(
      fc.property(arbitraryIpv6, (ip) => {
        const once = ipv6Schema.parse(ip);

        expect(ipv6Schema.parse(once)).toBe(once);
        expect(ipv6Schema.parse(ip.toUpperCase())).toBe(once);
      }),
    );
  });

  it('has a name for reverse lookups, which no other address has', () => {
    const address = fc.oneof(
      arbitraryIpv4,
      arbitraryIpv6.map((ip) => ipv6Schema.parse(ip)),
    );
    fc.assert(
      fc.property(address, address, (one, other) => {
        const name = reverseDnsName(one);

        expect(dnsNameProblem(name)).toBeUndefined();
        expect(isReverseZone(name)).toBe(true);
        expect(name === reverseDnsName(other)).toBe(one === other);
      }),
    );
  });

  it('that is elastic has a name in every region, which no other address has there', () => {
    const region = fc.constantFrom('us-east-1', 'eu-west-1', 'cn-north-1', 'us-gov-west-1', 'us-isob-east-1');
    fc.assert(
      fc.property(arbitraryIpv4, arbitraryIpv4, region, (one, other, where) => {
        const [name, another] = [one, other].map((ip) => elasticIpName(ipv4Schema.parse(ip), where));

        expect(dnsNameProblem(name ?? '')).toBeUndefined();
        expect(name === another).toBe(one === other);
      }),
    );
  });
});

describe('record sets', () => {
  it('are the same by a relation that goes both ways, and the same only under one key', () => {
    fc.assert(
      fc.property(arbitraryRecordSet, arbitraryRecordSet, arbitraryRecordSet, (a, b, c) => {
        expect(isSameRecordSet(a, structuredClone(a))).toBe(true);
        expect(isSameRecordSet(a, b)).toBe(isSameRecordSet(b, a));
        if (isSameRecordSet(a, b)) {
          expect(recordKey(a)).toBe(recordKey(b));
          expect(isSameRecordSet(a, c)).toBe(isSameRecordSet(b, c));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('are the same whatever the order of their values', () => {
    fc.assert(
      fc.property(
        arbitraryRecordSet,
        fc.array(fc.ipV4(), { minLength: 1, maxLength: 4 }),
        (record, values) => {
          const [one, other] = [values, values.toReversed()].map((each) => ({
            ...record,
            type: 'A' as const,
            content: { kind: 'values' as const, ttlSeconds: 60, values: each },
          }));

          expect(one && other && isSameRecordSet(one, other)).toBe(true);
        },
      ),
    );
  });

  it('can stand together or not, whichever is looked at first, and never beside themselves', () => {
    fc.assert(
      fc.property(arbitraryRecordSet, arbitraryRecordSet, (a, b) => {
        expect(canStandTogether(a, b)).toBe(canStandTogether(b, a));
        expect(canStandTogether(a, a)).toBe(false);
        if (recordKey(a) === recordKey(b)) expect(canStandTogether(a, b)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});

describe('an excerpt', () => {
  it('is the text, or its beginning with a mark, and always well formed', () => {
    fc.assert(
      fc.property(arbitraryText, fc.nat(20), (text, lengthMax) => {
        const part = excerpt(text, lengthMax);

        expect(part.isWellFormed()).toBe(true);
        expect(part.length).toBeLessThanOrEqual(lengthMax + 1);
        if (text.length <= lengthMax) expect(part).toBe(text.toWellFormed());
        else expect(part).toBe(`${text.slice(0, lengthMax).toWellFormed()}…`);
      }),
      { numRuns: 300 },
    );
  });

  it('of a value is its JSON, as long as that is short', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);

        expect(jsonExcerpt(JSON.parse(text), 1_000_000)).toBe(text.toWellFormed());
        expect(text.toWellFormed().startsWith(jsonExcerpt(JSON.parse(text), 30).replace(/…$/, ''))).toBe(
          true,
        );
      }),
      { numRuns: 300 },
    );
  });

  it('of any value is short, of whatever size and depth it is, and though it holds itself', () => {
    fc.assert(
      fc.property(hostileValue, fc.nat(200), (value, lengthMax) => {
        const own: unknown[] = [value];
        own.push(own, { own });

        for (const each of [value, own]) {
          expect(jsonExcerpt(each, lengthMax).length).toBeLessThanOrEqual(lengthMax + 1);
        }
      }),
      { numRuns: 200 },
    );
  });
});

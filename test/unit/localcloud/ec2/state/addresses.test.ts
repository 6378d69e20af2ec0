import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../../../localcloud/core/random.ts';
import { AddressPool } from '../../../../../localcloud/ec2/state/address-pool.ts';
import { formatIpv4, parseIpv4, parseIpv4Block } from '../../../../../localcloud/ec2/state/ipv4.ts';
import { formatIpv6, parseIpv6, parseIpv6Block } from '../../../../../localcloud/ec2/state/ipv6.ts';
import { PublicAddresses } from '../../../../../localcloud/ec2/state/public-addresses.ts';
import { SubnetAddresses } from '../../../../../localcloud/ec2/state/subnet-addresses.ts';

describe('a pool', () => {
  test('gives every number once, then none', () => {
    const pool = new AddressPool(100, seededRandom(1));

    const taken = Array.from({ length: 100 }, () => pool.takeAny());

    expect(new Set(taken).size).toBe(100);
    expect(pool.takeAny()).toBeUndefined();
    expect(pool.freeCount).toBe(0);
  });

  test('agrees with a set of taken numbers, whatever is taken and given back', () => {
    const step = fc.oneof(fc.constant('any' as const), fc.nat({ max: 19 }));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 100 }), (steps) => {
        const pool = new AddressPool(20, seededRandom(7));
        const taken = new Set<number>();
        for (const each of steps) {
          takeOrGive(pool, taken, each);
          expect(pool.freeCount).toBe(20 - taken.size);
          expect(numbers.filter((number) => !pool.isFree(number))).toEqual(
            numbers.filter((number) => taken.has(number)),
          );
        }
      }),
    );
  });
});

const numbers = Array.from({ length: 20 }, (_, number) => number);

function takeOrGive(pool: AddressPool, taken: Set<number>, step: number | 'any'): void {
  if (step === 'any') {
    const number = pool.takeAny();
    expect(number === undefined).toBe(taken.size === 20);
    if (number !== undefined) taken.add(number);
  } else if (taken.delete(step)) pool.give(step);
  else {
    pool.take(step);
    taken.add(step);
  }
}

describe('a subnet', () => {
  test('keeps its first four addresses and the last one for AWS', () => {
    const addresses = new SubnetAddresses(seededRandom(1));
    addresses.open('subnet-1', '10.0.0.16/28');

    const refusals = Array.from({ length: 18 }, (_, index) =>
      addresses.refusal('subnet-1', `10.0.0.${15 + index}`),
    );

    expect(refusals).toEqual([
      'outside',
      ...Array(4).fill('reserved'),
      ...Array(11).fill(undefined),
      'reserved',
      'outside',
    ]);
    expect(addresses.freeCount('subnet-1')).toBe(11);
  });
});

describe('public addresses', () => {
  test('come from the documentation ranges first and can be given back', () => {
    const addresses = new PublicAddresses(seededRandom(1));

    const taken = Array.from({ length: 600 }, () => addresses.take());

    expect(new Set(taken).size).toBe(600);
    expect(taken.slice(0, 254).every((address) => address.startsWith('203.0.113.'))).toBe(true);
    expect(taken.slice(254, 508).every((address) => address.startsWith('198.51.100.'))).toBe(true);
    expect(taken.slice(508).every((address) => /^198\.1[89]\./.test(address))).toBe(true);
    for (const address of taken) addresses.give(address);
    expect(addresses.take()).toMatch(/^203\.0\.113\./);
  });
});

describe('IPv4', () => {
  test('formats what it parses', () => {
    fc.assert(
      fc.property(fc.ipV4(), (text) => {
        expect(formatIpv4(parseIpv4(text) ?? Number.NaN)).toBe(text);
      }),
    );
  });

  test.each(['', '1.2.3', '1.2.3.256', '01.2.3.4', '1.2.3.4.5', 'a.b.c.d'])('refuses %j', (text) => {
    expect(parseIpv4(text)).toBeUndefined();
  });

  test.each(['10.0.0.0', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/8/8', '10.0.0/8'])(
    'refuses the block %j',
    (text) => {
      expect(parseIpv4Block(text)).toBeUndefined();
    },
  );

  test('clears the host bits of a block', () => {
    expect(parseIpv4Block('100.68.0.18/18')).toEqual({
      first: parseIpv4('100.68.0.0'),
      size: 16_384,
      prefixLength: 18,
    });
  });
});

describe('IPv6', () => {
  test.each([
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['2001:db8:0:1:0:0:0:1', '2001:db8:0:1::1'],
    ['0:0:0:0:0:0:0:0', '::'],
    ['fe80::', 'fe80::'],
    ['2001:db8::1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:db8:10:0:0:10:0:1', '2001:db8:10::10:0:1'],
  ])('writes %s as %s', (text, canonical) => {
    expect(formatIpv6(parseIpv6(text) ?? 0n)).toBe(canonical);
  });

  test('reads what it writes', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 128n - 1n }), (address) => {
        expect(parseIpv6(formatIpv6(address))).toBe(address);
      }),
    );
  });

  test.each(['', '1:2:3', '::1::2', '1:2:3:4:5:6:7:8:9', '12345::', 'g::', '1:2:3:4:5:6:7::8'])(
    'refuses %j',
    (text) => {
      expect(parseIpv6(text)).toBeUndefined();
    },
  );

  test('refuses blocks with bad prefixes', () => {
    expect(parseIpv6Block('2001:db8::/129')).toBeUndefined();
    expect(parseIpv6Block('2001:db8::')).toBeUndefined();
  });
});

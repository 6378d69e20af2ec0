import { describe, expect, it } from 'vitest';
import { canonicalCidr, holdsIp } from '../../../../shared/model/cidr.ts';
import { ipv4Cidr } from '../../../builders/network.ts';

describe('holdsIp', () => {
  it.each([
    ['10.0.1.0/24', '10.0.1.0'],
    ['10.0.1.0/24', '10.0.1.255'],
    ['10.0.1.16/28', '10.0.1.31'],
    ['0.0.0.0/0', '255.255.255.255'],
    ['10.0.1.5/32', '10.0.1.5'],
    ['2600:1f18:1:1::/64', '2600:1f18:1:1::50'],
    ['2600:1f18:1:1::/64', '2600:1f18:1:1:ffff:ffff:ffff:ffff'],
    ['2600:1f18::/56', '2600:1f18:0:ff::1'],
    ['::/0', '::1'],
  ])('says that %s holds %s', (cidr, ip) => {
    expect(holdsIp(cidr, ip)).toBe(true);
  });

  it.each([
    ['10.0.1.0/24', '10.0.2.0'],
    ['10.0.1.16/28', '10.0.1.32'],
    ['10.0.1.5/32', '10.0.1.4'],
    ['2600:1f18:1:1::/64', '2600:1f18:1:2::50'],
    ['2600:1f18::/56', '2600:1f18:0:100::1'],
    ['0.0.0.0/0', '::1'],
    ['::/0', '10.0.1.1'],
  ])('says that %s does not hold %s', (cidr, ip) => {
    expect(holdsIp(cidr, ip)).toBe(false);
  });
});

describe('canonicalCidr', () => {
  it.each([
    ['10.99.0.5/24', '10.99.0.0/24'],
    ['10.99.0.5/32', '10.99.0.5/32'],
    ['255.255.255.255/1', '128.0.0.0/1'],
    ['1.2.3.4/0', '0.0.0.0/0'],
  ])('writes %s as %s, as EC2 does', (cidr, canonical) => {
    expect(canonicalCidr(ipv4Cidr(cidr))).toBe(canonical);
  });
});

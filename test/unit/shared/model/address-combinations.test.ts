import { describe, expect, it } from 'vitest';
import { toldProblems } from './told-problems.ts';

const elasticIp = { elasticIp: 'eipalloc-0abc1234def567890' };
const another = { elasticIp: 'eipalloc-0abc1234def567891' };
const third = { elasticIp: 'eipalloc-0abc1234def567892' };
const privateIp = { privateIp: '10.0.0.5' };
const networkInterface = { networkInterface: 'eni-0abc1234def567890' };
const route = { route: '10.99.0.1/32', routeTables: ['rtb-12345678'] };
const targetGroup = {
  targetGroup: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0123456789abcdef',
};
const onPrimary = { on: 'primary' };
const onPrivateIp = { on: 'privateIp' };
const subnets = ['subnet-12345678', 'subnet-87654321'];
const mail = { zone: 'example.com', name: 'mail.example.com' };
const withReverseName = { ...elasticIp, reverseName: 'mail.example.com' };

const role = (...addresses: readonly object[]) => ({ addresses });
const group = (...addresses: readonly object[]) => ({ slots: 2, addresses });

describe('addresses that can work together', () => {
  it.each<[what: string, spec: object]>([
    ['a route of one slot', role(route)],
    ['a target group of several slots', group(targetGroup)],
    ['a target group with two ports', role({ ...targetGroup, port: 80 }, { ...targetGroup, port: 81 })],
    ['a list of one address for one slot', role({ privateIp: ['10.0.0.5'] })],
    ['an interface of each slot', group({ networkInterface: ['eni-12345678', 'eni-87654321'] })],
    ['a private address in its one subnet', { ...role(privateIp), allow: { subnets: subnets[0] } }],
    [
      'a private address in one subnet, named twice',
      { ...role(privateIp), allow: { subnets: [subnets[0], subnets[0]] } },
    ],
    [
      'a private address where no subnet is named',
      { ...role(privateIp), allow: { account: '111122223333' } },
    ],
    ['an Elastic IP in several subnets', { ...role(elasticIp), allow: { subnets } }],
    ['an Elastic IP on the private address', role({ ...elasticIp, ...onPrivateIp }, privateIp)],
    [
      'an Elastic IP on each of two addresses',
      role({ ...elasticIp, ...onPrimary }, { ...another, ...onPrivateIp }, privateIp),
    ],
    [
      'two Elastic IPs on two private addresses',
      role({ ...elasticIp, ...onPrivateIp }, { ...another, ...onPrivateIp }, privateIp, {
        privateIp: '10.0.0.6',
      }),
    ],
    [
      'an Elastic IP on the private address beside an interface',
      role(elasticIp, privateIp, networkInterface),
    ],
    ['one route in two tables', role(route, { ...route, routeTables: ['rtb-87654321'] })],
    ['a reverse name without any record', role(withReverseName)],
    [
      'a reverse name in a zone that is told by its id',
      {
        ...role(withReverseName),
        records: [{ ...mail, zone: 'Z0123456789ABC', name: 'db.example.com', value: 'privateIp' }],
      },
    ],
    [
      'a reverse name of a record with the Elastic IP among its values',
      { ...role(withReverseName), records: [{ ...mail, type: 'A', values: ['192.0.2.1', '{elasticIp}'] }] },
    ],
  ])('may be %s', (_, spec) => {
    expect(toldProblems(spec)).toEqual([]);
  });
});

describe('addresses that cannot work together', () => {
  const pool = 'must be { pool: { tags: { KEY: VALUE } } } in a group, so that each slot keeps one';
  const ownPrivateIp =
    'must have a privateIp of its own among the addresses of the role: one carries one Elastic IP';
  const noRecord = 'must be the name of a record of the role with value: elasticIp, which AWS asks for first';
  const once = 'must be there once: the role has it already';

  it.each<[what: string, spec: object, problem: string]>([
    [
      'an Elastic IP by its tags for a group',
      group({ elasticIp: { tags: { Name: 'db' } } }),
      `addresses[0].elasticIp: ${pool}`,
    ],
    [
      'one interface for a group',
      group(networkInterface),
      'addresses[0].networkInterface: must be a list of 2, one for each slot',
    ],
    [
      'three addresses for two slots',
      group({ ipv6: ['2001:db8::1', '2001:db8::2', '2001:db8::3'] }),
      'addresses[0].ipv6: must be a list of 2, one for each slot',
    ],
    [
      'an IPv6 address and candidates in several subnets',
      { ...role(elasticIp, { ipv6: '2001:db8::1' }), allow: { subnets } },
      'allow.subnets: must be the one subnet of 2001:db8::1 (addresses[1]): it cannot leave it; a route or an Elastic IP can',
    ],
    [
      'two Elastic IPs on one private address',
      role(privateIp, { ...elasticIp, ...onPrivateIp }, { ...another, ...onPrivateIp }),
      `addresses[2].on: ${ownPrivateIp}`,
    ],
    [
      'two Elastic IPs on one private address, of which one does not say so',
      role(elasticIp, { ...another, ...onPrivateIp }, privateIp),
      `addresses[1].on: ${ownPrivateIp}`,
    ],
    [
      'three Elastic IPs, of which two are on the primary address',
      role({ ...elasticIp, ...onPrimary }, { ...another, ...onPrivateIp }, privateIp, {
        ...third,
        ...onPrimary,
      }),
      'addresses[3].on: must be primary once at most: an address carries one Elastic IP',
    ],
    ['one route twice', role(route, route), `addresses[1].route: ${once}`],
    [
      'one interface twice',
      role(networkInterface, networkInterface),
      `addresses[1].networkInterface: ${once}`,
    ],
    [
      'a reverse name of a record with another address',
      { ...role(withReverseName), records: [{ ...mail, type: 'A', values: ['192.0.2.1'] }] },
      `addresses[0].reverseName: ${noRecord}`,
    ],
    [
      'a reverse name in one zone of several, without its record',
      {
        ...role(withReverseName),
        records: ['example.org', 'example.com'].map((zone) => ({ zone, name: zone, value: 'privateIp' })),
      },
      `addresses[0].reverseName: ${noRecord}`,
    ],
    [
      'a reverse name of a text with its address',
      { ...role(withReverseName), records: [{ ...mail, type: 'TXT', values: ['{elasticIp}'] }] },
      `addresses[0].reverseName: ${noRecord}`,
    ],
    [
      'a reverse name of a record with another address, in a zone that is told by its id',
      { ...role(withReverseName), records: [{ ...mail, zone: 'Z0123456789ABC', value: 'privateIp' }] },
      `addresses[0].reverseName: ${noRecord}`,
    ],
  ])('such as %s are told', (_, spec, problem) => {
    expect(toldProblems(spec)).toEqual([problem]);
  });
});

import { describe, expect, it } from 'vitest';
import { lb, toldProblems, typed, withRecord } from './told-problems.ts';

const reverseZone = { zone: '10.in-addr.arpa', name: '5.0.0.10.in-addr.arpa' };
const weighted = { routing: { weight: 10 } };

describe('a record that can work', () => {
  it.each<[what: string, spec: object]>([
    ['an alias that says its type', withRecord({ alias: lb, type: 'A' })],
    [
      'a name for reverse lookups of a PTR',
      withRecord({ ...reverseZone, type: 'PTR', values: ['db.example.com'] }),
    ],
    ['a name for reverse lookups of text', withRecord({ ...reverseZone, type: 'TXT', values: ['x'] })],
    ['SRV for every service of a protocol', withRecord({ ...typedSrv(), name: '*._tcp.example.com' })],
    ['the reverse of an address', withRecord({ reverse: true })],
    ['the reverse of an IPv6 address', withRecord({ value: 'ipv6', reverse: true })],
    ['a weight and one value', withRecord({ ...weighted, type: 'TXT', values: ['x'] })],
    ['several values', typed('A', '192.0.2.1', '192.0.2.2')],
    [
      'several values of a multivalue record',
      withRecord({ routing: 'multivalue', type: 'TXT', values: ['a', 'b'] }),
    ],
  ])('may have %s', (_, spec) => {
    expect(toldProblems(spec)).toEqual([]);
  });
});

describe('a record that cannot work', () => {
  it.each<[what: string, spec: object, problem: string]>([
    [
      'values of no type',
      withRecord({ values: ['192.0.2.1'] }),
      'records[0].type: must be given with values: A, AAAA, CNAME, PTR, SRV or TXT',
    ],
    [
      'no answer',
      { records: [{ zone: 'example.com', name: 'db.example.com' }] },
      'records[0]: must have exactly one of value, values and alias',
    ],
    [
      'the name of the holder at the apex',
      withRecord({ name: 'example.com', value: 'privateName' }),
      'records[0].value: makes a CNAME, and the apex of a zone cannot be one (RFC 1034); use an address or an alias',
    ],
    [
      'a CNAME of its own at the apex',
      withRecord({ name: 'example.com', type: 'CNAME', values: ['db.example.org'] }),
      'records[0].type: makes a CNAME, and the apex of a zone cannot be one (RFC 1034); use an address or an alias',
    ],
    [
      'an address at a name for reverse lookups',
      withRecord(reverseZone),
      'records[0].name: must not be a name for reverse lookups, which has no A record',
    ],
    [
      'an IPv6 address at a name for reverse lookups',
      withRecord({ ...reverseZone, value: 'ipv6' }),
      'records[0].name: must not be a name for reverse lookups, which has no AAAA record',
    ],
    [
      'SRV at a name below that of a service',
      withRecord({ ...typedSrv(), name: 'a._db._tcp.example.com' }),
      'records[0].name: must begin with service and protocol, such as _postgresql._tcp, for SRV',
    ],
    [
      'the reverse of an alias',
      withRecord({ alias: lb, reverse: true }),
      'records[0].reverse: must be false for an alias: only an address has a reverse name',
    ],
  ])('is told of %s', (_, spec, problem) => {
    expect(toldProblems(spec)).toEqual([problem]);
  });

  it('is told of several values under one weight, at the weight and at the values', () => {
    expect(toldProblems(withRecord({ ...weighted, type: 'A', values: ['192.0.2.1', '192.0.2.2'] }))).toEqual([
      'records[0].routing: must be multivalue for several values: a weighted record has one',
      'records[0].values: must be one value for a weighted record',
    ]);
  });
});

function typedSrv(): object {
  return { type: 'SRV', values: ['0 5 5432 db.example.com'] };
}

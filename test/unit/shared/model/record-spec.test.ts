import { describe, expect, it } from 'vitest';
import {
  recordNameOf,
  recordSpecSchema,
  recordTypeOf,
  ttlSecondsOf,
  zoneKey,
  zoneNameOf,
} from '../../../../shared/model/record-spec.ts';
import { aRecordSpec, lb } from './told-problems.ts';

const times = (count: number, value: string): readonly string[] => Array.from({ length: count }, () => value);
const { value: _, ...silent } = aRecordSpec;
const text = (...values: readonly string[]) => ({ type: 'TXT', values });

/** What is wrong with a record, each as `field: words`. */
function problemsOf(fields: object): readonly string[] {
  const { error } = recordSpecSchema.safeParse({ ...silent, ...fields });
  return (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);
}

describe('a record', () => {
  it.each<[what: string, fields: object]>([
    ['four hundred values', text(...times(400, 'x'))],
    ['a value of 4000 characters', text('x'.repeat(4000))],
    ['a TTL of two days', { ttl: 172_800 }],
    ['no weight', { routing: { weight: 0 } }],
    ['the greatest weight', { routing: { weight: 255 } }],
    ['four hundred parking values', { parking: times(400, '192.0.2.1') }],
    ['an alias in a zone with the longest id', { alias: { ...lb, zone: `Z${'A'.repeat(31)}` } }],
    ['the zone of a VPC', { zone: { name: 'example.com', vpc: 'vpc-0a1b2c3d' } }],
    ['the public zone', { zone: { name: 'example.com', public: true } }],
  ])('may have %s', (_, fields) => {
    expect(problemsOf(fields)).toEqual([]);
  });

  const tooFew = 'Too small: expected array to have >=1 items';
  const tooMany = 'Too big: expected array to have <=400 items';
  const empty = 'Too small: expected string to have >=1 characters';
  const aZone =
    'must be a hosted zone id, a domain name, { name: NAME, vpc: VPC-ID } for the private zone of a VPC, or { name: NAME, public: true }';

  it.each<[what: string, fields: object, problem: string]>([
    ['a list of no values', { type: 'TXT', values: [] }, `values: ${tooFew}`],
    ['an empty value', text(''), `values.0: ${empty}`],
    [
      'a value too long',
      text('x'.repeat(4001)),
      'values.0: Too big: expected string to have <=4000 characters',
    ],
    ['too many values', text(...times(401, 'x')), `values: ${tooMany}`],
    ['a TTL too long', { ttl: 172_801 }, 'ttl: Too big: expected number to be <=172800'],
    ['part of a second', { ttl: 0.5 }, 'ttl: Invalid input: expected int, received number'],
    ['a word for its routing', { routing: 'latency' }, 'routing: must be multivalue or { weight: 0 to 255 }'],
    [
      'a negative weight',
      { routing: { weight: -1 } },
      'routing.weight: Too small: expected number to be >=0',
    ],
    [
      'a weight too great',
      { routing: { weight: 256 } },
      'routing.weight: Too big: expected number to be <=255',
    ],
    ['a list of no parking values', { parking: [] }, `parking: ${tooFew}`],
    ['an empty parking value', { parking: [''] }, `parking.0: ${empty}`],
    ['too many parking values', { parking: times(401, '192.0.2.1') }, `parking: ${tooMany}`],
    ['an alias in no zone', { alias: { ...lb, zone: 'eu-west-1' } }, 'alias.zone: must be a hosted zone id'],
    [
      'an alias in a zone with more before',
      { alias: { ...lb, zone: '/Z1' } },
      'alias.zone: must be a hosted zone id',
    ],
    [
      'an alias in a zone with more behind',
      { alias: { ...lb, zone: 'Z1/' } },
      'alias.zone: must be a hosted zone id',
    ],
    [
      'an alias in a zone with too long an id',
      { alias: { ...lb, zone: `Z${'A'.repeat(32)}` } },
      'alias.zone: must be a hosted zone id',
    ],
    [
      'an unknown key of an alias',
      { alias: { ...lb, evaluateTargetHealth: true } },
      'alias: Unrecognized key: "evaluateTargetHealth"',
    ],
    ['a zone that is not public', { zone: { name: 'example.com', public: false } }, `zone: ${aZone}`],
  ])('cannot have %s', (_, fields, problem) => {
    expect(problemsOf(fields)).toEqual([problem]);
  });

  it('does not ask for the health of its alias unless it says so', () => {
    expect(recordSpecSchema.parse({ ...silent, alias: lb }).alias).toEqual({ ...lb, evaluateHealth: false });
  });

  it('keeps {slot} in its name, and has a name for each slot', () => {
    const record = recordSpecSchema.parse({ ...aRecordSpec, name: 'Web-{slot}.{slot}.Example.com.' });

    expect(record.name).toBe('web-{slot}.{slot}.example.com');
    expect(recordNameOf(record, 12)).toBe('web-12.12.example.com');
  });

  it.each<[fields: object, type: string]>([
    [{ value: 'elasticIpName' }, 'CNAME'],
    [{ value: 'publicIp' }, 'A'],
    [{ value: 'publicName' }, 'CNAME'],
    [{ value: 'ipv6' }, 'AAAA'],
    [{ alias: lb }, 'A'],
    [{ alias: lb, type: 'AAAA' }, 'AAAA'],
    [{ type: 'SRV', values: ['0 5 5432 db.example.com'] }, 'SRV'],
  ])('of %j is of type %s', (fields, type) => {
    expect(recordTypeOf(recordSpecSchema.parse({ ...silent, ...fields }))).toBe(type);
  });

  it('may be kept for a minute unless it says otherwise', () => {
    expect(ttlSecondsOf(recordSpecSchema.parse(aRecordSpec))).toBe(60);
    expect(ttlSecondsOf(recordSpecSchema.parse({ ...aRecordSpec, ttl: 0 }))).toBe(0);
  });
});

describe('a zone', () => {
  const zoneOf = (zone: unknown) => recordSpecSchema.parse({ ...aRecordSpec, zone }).zone;

  it.each<[zone: unknown, key: string, name: string | undefined]>([
    ['Z0123456789ABC', 'Z0123456789ABC', undefined],
    ['Example.com.', 'example.com', 'example.com'],
    [{ name: 'example.com', vpc: 'vpc-0a1b2c3d' }, 'example.com in vpc-0a1b2c3d', 'example.com'],
    [{ name: 'example.com', public: true }, 'example.com (public)', 'example.com'],
  ])('written as %j is called %s', (zone, key, name) => {
    expect(zoneKey(zoneOf(zone))).toBe(key);
    expect(zoneNameOf(zoneOf(zone))).toBe(name);
  });
});

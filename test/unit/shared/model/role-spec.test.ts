import { describe, expect, it } from 'vitest';
import { roleSpecSchema } from '../../../../shared/model/role-spec.ts';
import type { SpecProblem } from '../../../../shared/model/spec-problem.ts';
import { specProblems } from '../../../../shared/model/spec-problem.ts';

const elasticIp = 'eipalloc-0abc1234def567890';
const record = { zone: 'example.com', name: 'db.example.com', value: 'elasticIp' };

function problemsOf(spec: unknown): readonly SpecProblem[] {
  const result = roleSpecSchema.safeParse(spec);
  return result.success ? [] : specProblems(result.error, spec);
}

describe('a good role spec', () => {
  it('is completed with what it leaves out, its names in the one spelling', () => {
    const spec = roleSpecSchema.parse({
      addresses: [{ elasticIp }],
      records: [{ zone: 'Example.COM.', name: 'DB.Example.com.', value: 'elasticIpName' }],
    });

    expect(spec).toEqual({
      slots: 1,
      addresses: [{ elasticIp, adopt: false }],
      records: [
        { zone: 'example.com', name: 'db.example.com', value: 'elasticIpName', reverse: false, adopt: false },
      ],
      election: {
        prefer: 'incumbent',
        failback: false,
        ready: 'running',
        cooldown: '60s',
        zones: [],
        handover: '10m',
      },
      vacant: 'keep',
    });
  });

  it('reads the same when it is read again, as it is each time it comes out of the table', () => {
    const once = roleSpecSchema.parse({ addresses: [{ elasticIp }], records: [record] });

    expect(roleSpecSchema.parse(once)).toEqual(once);
  });

  it.each([
    ['an address alone', { addresses: [{ elasticIp }] }],
    ['records alone', { records: [{ ...record, value: 'privateIp' }] }],
    ['an old allocation id', { addresses: [{ elasticIp: 'eipalloc-0abc1234' }] }],
    ['an Elastic IP by tags', { addresses: [{ elasticIp: { tags: { Name: 'db', team: '' } } }] }],
    ['a zone by id', { records: [{ zone: 'Z0123456789ABC', name: 'any.name.at.all', value: 'publicIp' }] }],
    ['the apex as an address', { addresses: [{ elasticIp }], records: [{ ...record, name: 'example.com' }] }],
    ['a wildcard', { records: [{ ...record, name: '*.example.com', value: 'privateIp' }] }],
    ['a TTL of zero', { addresses: [{ elasticIp }], records: [{ ...record, ttl: 0 }] }],
    [
      'the same name in two zones',
      {
        addresses: [{ elasticIp }],
        records: [record, { ...record, zone: 'Z0PRIVATE', value: 'privateIp' }],
      },
    ],
  ])('may have %s', (_, spec) => {
    expect(problemsOf(spec)).toEqual([]);
  });
});

describe('a bad role spec', () => {
  const elasticIpHint =
    'must be an allocation id such as eipalloc-0123456789abcdef0, { tags: { KEY: VALUE } }, or { pool: { tags: { KEY: VALUE } } }';
  const zoneHint =
    'must be a hosted zone id, a domain name, { name: NAME, vpc: VPC-ID } for the private zone of a VPC, or { name: NAME, public: true }';
  const unknownKey = {
    found: 'an unknown key',
    allowed: 'only the keys that the documentation names; is it a spelling mistake?',
  };

  it.each<[what: string, spec: unknown, problem: Partial<SpecProblem>]>([
    ['an unknown key', { addresses: [{ elasticIp }], record: [] }, { path: 'record', ...unknownKey }],
    [
      'an unknown key of an address',
      { addresses: [{ elasticIp, adpot: true }] },
      { path: 'addresses[0].adpot', ...unknownKey },
    ],
    [
      'an unknown key of a record',
      { records: [{ ...record, value: 'privateIp', TTL: 60 }] },
      { path: 'records[0].TTL', ...unknownKey },
    ],
    [
      'an id that is no allocation id',
      { addresses: [{ elasticIp: 'eipassoc-0abc1234' }] },
      { path: 'addresses[0].elasticIp', found: '"eipassoc-0abc1234"', allowed: elasticIpHint },
    ],
    [
      'an allocation id of the wrong length',
      { addresses: [{ elasticIp: 'eipalloc-0abc' }] },
      { path: 'addresses[0].elasticIp', found: '"eipalloc-0abc"', allowed: elasticIpHint },
    ],
    [
      'an address instead of its id',
      { addresses: [{ elasticIp: '203.0.113.25' }] },
      { path: 'addresses[0].elasticIp', found: '"203.0.113.25"', allowed: elasticIpHint },
    ],
    [
      'an address of no kind',
      { addresses: [{}] },
      {
        path: 'addresses[0]',
        found: '{}',
        allowed: 'must have exactly one of elasticIp, privateIp, networkInterface, route, ipv6, targetGroup',
      },
    ],
    [
      'an address of two kinds',
      { addresses: [{ elasticIp, privateIp: '10.0.1.50' }] },
      { path: 'addresses[0]', allowed: expect.stringContaining('exactly one of') },
    ],
    [
      'an Elastic IP by an unknown key',
      { addresses: [{ elasticIp: { tag: { Name: 'db' } } }] },
      { path: 'addresses[0].elasticIp', found: '{"tag":{"Name":"db"}}', allowed: elasticIpHint },
    ],
    [
      'an empty map of tags',
      { addresses: [{ elasticIp: { tags: {} } }] },
      { path: 'addresses[0].elasticIp.tags', found: '{}', allowed: 'must name at least one tag' },
    ],
    [
      'a name with a label that DNS does not have',
      { records: [{ ...record, name: 'my db.example.com', value: 'privateIp' }] },
      {
        path: 'records[0].name',
        found: '"my db.example.com"',
        allowed: expect.stringContaining('has the label "my db"'),
      },
    ],
    [
      'an empty name',
      { records: [{ ...record, name: '', value: 'privateIp' }] },
      { path: 'records[0].name', found: '""', allowed: 'must be 1 to 253 characters long' },
    ],
    [
      'a zone that is neither id nor name',
      { records: [{ ...record, zone: 'my zone', value: 'privateIp' }] },
      { path: 'records[0].zone', found: '"my zone"', allowed: zoneHint },
    ],
    [
      'no zone',
      { records: [{ name: 'db.example.com', value: 'privateIp' }] },
      { path: 'records[0].zone', found: 'nothing', allowed: zoneHint },
    ],
    [
      'an unknown value',
      { records: [{ ...record, value: 'publicIpv6' }] },
      { path: 'records[0].value', found: '"publicIpv6"' },
    ],
    [
      'a TTL with a unit',
      { records: [{ ...record, value: 'privateIp', ttl: '60s' }] },
      { path: 'records[0].ttl', found: '"60s"' },
    ],
    [
      'a negative TTL',
      { records: [{ ...record, value: 'privateIp', ttl: -1 }] },
      { path: 'records[0].ttl', found: '-1' },
    ],
    [
      'adopt as text',
      { records: [{ ...record, value: 'privateIp', adopt: 'yes' }] },
      { path: 'records[0].adopt', found: '"yes"' },
    ],
    ['nothing in it', {}, { path: '', found: '{}', allowed: 'must have at least one address or record' }],
    ['no map', 'db', { path: '', found: '"db"' }],
    ['nothing', null, { path: '', found: 'null' }],
  ])('with %s is refused at its path', (_, spec, problem) => {
    const problems = problemsOf(spec);

    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject(problem);
  });

  it('has all its problems told at once', () => {
    const paths = problemsOf({
      addresses: [{ elasticIp: 'x', adopt: 1 }],
      records: [{ zone: 'a b', name: 'c d', value: 'e', ttl: -1 }],
      extra: true,
    }).map(({ path }) => path);

    expect(paths.toSorted()).toEqual([
      'addresses[0].adopt',
      'addresses[0].elasticIp',
      'extra',
      'records[0].name',
      'records[0].ttl',
      'records[0].value',
      'records[0].zone',
    ]);
  });
});

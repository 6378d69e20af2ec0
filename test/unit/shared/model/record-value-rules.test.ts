import { describe, expect, it } from 'vitest';
import { toldProblems, typed, withRecord } from './told-problems.ts';

const withElasticIp = { addresses: [{ elasticIp: 'eipalloc-0abc1234def567890' }] };

describe('a value of a record', () => {
  it.each<[spec: object]>([
    [typed('CNAME', '{instanceId}.example.org')],
    [typed('CNAME', '{zone}.example.org')],
    [typed('CNAME', '{role}-{slot}.example.org')],
    [typed('A', '{privateIp}', '{publicIp}')],
    [typed('AAAA', '{ipv6}')],
    [typed('A', '10.0.{slot}.{tag:octet}')],
    [{ ...typed('A', '{elasticIp}'), ...withElasticIp }],
    [withRecord({ value: 'elasticIp' }, withElasticIp)],
    [withRecord({ parking: ['192.0.2.1', '192.0.2.2'] }, { vacant: 'park' })],
  ])('may be that of %j', (spec) => {
    expect(toldProblems(spec)).toEqual([]);
  });

  it.each<[spec: object, problem: string]>([
    [
      withRecord({ value: 'elasticIpName' }),
      'records[0].value: needs an elasticIp among the addresses of the role',
    ],
    [
      typed('CNAME', '{instanceId}'.repeat(4)),
      `records[0].values: must be a domain name: it has the label "${'i-0123456789abcdef0'.repeat(4)}"; a label is 1 to 63 letters, digits, hyphens or underscores, with no hyphen at either end, for CNAME; "${'{instanceId}'.repeat(4)}" is none`,
    ],
    [
      withRecord({ value: 'privateName', parking: ['a.example.org', 'b.example.org'] }, { vacant: 'park' }),
      'records[0].parking: must be one value for a CNAME',
    ],
    [
      withRecord({ routing: { weight: 1 }, parking: ['192.0.2.1', '192.0.2.2'] }, { vacant: 'park' }),
      'records[0].parking: must be one value for a weighted record',
    ],
  ])('cannot be that of %j', (spec, problem) => {
    expect(toldProblems(spec)).toEqual([problem]);
  });
});

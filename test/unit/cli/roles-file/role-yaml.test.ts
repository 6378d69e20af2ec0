import { describe, expect, it } from 'vitest';
import { roleYaml } from '../../../../cli/roles-file/role-yaml.ts';
import { parseRolesFile } from '../../../../cli/roles-file/roles-file.ts';
import { allocationId, aRole } from './builders.ts';

const specs: readonly (readonly [string, object])[] = [
  ['an Elastic IP by id', { addresses: [{ elasticIp: allocationId, adopt: true }] }],
  [
    'an Elastic IP by tags that look like something else',
    { addresses: [{ elasticIp: { tags: { Name: 'yes', 'a:b': '007', '# c': ' x'.repeat(100) } } }] },
  ],
  [
    'records of every kind',
    {
      addresses: [{ elasticIp: allocationId }],
      records: [
        { zone: 'example.com', name: '*.example.com', value: 'elasticIpName', ttl: 0 },
        { zone: 'example.com', name: 'a.example.com', value: 'publicIp', adopt: true },
        { zone: 'ZPRIVATE1', name: 'a.corp.internal', value: 'privateIp', ttl: 172_800 },
      ],
    },
  ],
  [
    'a group with all that can be said of it',
    {
      slots: 2,
      addresses: [
        { elasticIp: { pool: { tags: { Role: 'web' } } } },
        { privateIp: ['10.0.1.50', '10.0.1.51'] },
        {
          targetGroup: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0123456789abcdef',
        },
      ],
      records: [
        { zone: 'example.com', name: 'web.example.com', value: 'elasticIp', routing: 'multivalue' },
        { zone: 'example.com', name: 'web-{slot}.example.com', type: 'TXT', values: ['{instanceId}'] },
      ],
      allow: { subnets: ['subnet-0123456789abcdef0'], tags: { team: 'web' } },
      election: { prefer: 'priority', failback: true, ready: { tag: 'ready=yes' }, cooldown: '5m' },
    },
  ],
];

describe('roleYaml', () => {
  it.each(specs)('writes a file that reads as the same role: %s', (_, spec) => {
    const role = aRole('db', spec);

    const parsed = parseRolesFile(roleYaml(role));

    expect(parsed).toMatchObject({ kind: 'valid', file: { roles: [{ name: 'db', spec: role.spec }] } });
  });

  it('says the version and what the zones are, and nothing that says nothing', () => {
    const role = aRole(
      'db',
      { records: [{ zone: 'example.com', name: 'a.example.com', value: 'publicIp' }] },
      4,
    );

    expect(roleYaml(role)).toBe(`# version 4
# the zone example.com is ZPUBLIC1
roles:
  db:
    records:
      - zone: example.com
        name: a.example.com
        value: publicIp
`);
  });
});

import { describe, expect, it } from 'vitest';
import type { FileProblem } from '../../../../cli/roles-file/file-problem.ts';
import type { NamedSpec } from '../../../../cli/roles-file/roles-file.ts';
import { parseRolesFile } from '../../../../cli/roles-file/roles-file.ts';

function problemsOf(text: string): readonly FileProblem[] {
  const parsed = parseRolesFile(text);
  return parsed.kind === 'invalid' ? parsed.problems : [];
}

function rolesOf(text: string): readonly NamedSpec[] {
  const parsed = parseRolesFile(text);
  return parsed.kind === 'valid' ? parsed.file.roles : [];
}

const valid = `roles:
  db:
    addresses:
      - elasticIp: eipalloc-0123456789abcdef0
    records:
      - { zone: example.com, name: DB.example.com., value: elasticIp }
`;

describe('parseRolesFile', () => {
  it('reads roles by their names, with defaults filled in and names in one spelling', () => {
    const roles = rolesOf(valid);

    expect(roles).toEqual([
      {
        name: 'db',
        spec: {
          slots: 1,
          addresses: [{ elasticIp: 'eipalloc-0123456789abcdef0', adopt: false }],
          records: [
            {
              zone: 'example.com',
              name: 'db.example.com',
              value: 'elasticIp',
              reverse: false,
              adopt: false,
            },
          ],
          election: expect.objectContaining({ prefer: 'incumbent', cooldown: '60s' }),
          vacant: 'keep',
        },
      },
    ]);
  });

  it('reads JSON, anchors and aliases, as YAML 1.2 has them', () => {
    const shared = `roles:
  a: { records: &records [{ zone: example.com, name: a.example.com, value: privateIp }] }
  b: { records: *records }
`;

    expect(rolesOf(shared).map(({ name }) => name)).toEqual(['a', 'b']);
    expect(rolesOf('{"roles":{"a":{"addresses":[{"elasticIp":{"tags":{"Name":"a"}}}]}}}')).toHaveLength(1);
  });

  it('tells line and column of what is no YAML', () => {
    const problems = problemsOf('roles:\n  db: [1, 2\n  web: 3\n');

    expect(problems[0]).toMatchObject({ line: 3, column: 3 });
    expect(problems[0]?.allowed).toContain('YAML 1.2');
  });

  it('refuses a name that stands there twice, at the second place', () => {
    const problems = problemsOf(`${valid}  db: {}\n`);

    expect(problems).toMatchObject([{ found: '"db: {}"', line: 7, column: 3 }]);
  });

  it('refuses a second document and unknown tags', () => {
    expect(problemsOf(`${valid}---\n${valid}`)).toHaveLength(1);
    expect(problemsOf('roles: !Sub "x"\n')[0]?.allowed).toContain('!Sub');
  });

  it.each([
    ['an empty file', ''],
    ['a list', '- db\n'],
    ['no roles', 'roles: {}\n'],
    ['roles that are nothing', 'roles:\n'],
  ])('refuses %s', (_, text) => {
    expect(problemsOf(text)).toHaveLength(1);
  });

  it('names each unknown key at its place, with the keys that are allowed there', () => {
    const problems = problemsOf(`roles:
  db:
    adresses: []
    records:
      - { zone: example.com, name: a.example.com, value: privateIp, tll: 3 }
extra: 1
`);

    expect(problems).toEqual([
      { path: 'extra', found: 'an unknown key', allowed: 'only roles', line: 6, column: 1 },
      {
        path: 'roles.db.records[0].tll',
        found: 'an unknown key',
        allowed: 'only zone, name, value, values, alias, type, ttl, routing, reverse, parking, adopt',
        line: 5,
        column: 69,
      },
      {
        path: 'roles.db.adresses',
        found: 'an unknown key',
        allowed: 'only slots, addresses, records, allow, election, vacant',
        line: 3,
        column: 5,
      },
    ]);
  });

  it('names the keys of the kind of address that has an unknown one', () => {
    const problems = problemsOf(`roles:
  db:
    addresses:
      - { privateIp: 10.0.1.50, adpot: true }
`);

    expect(problems).toMatchObject([
      { path: 'roles.db.addresses[0].adpot', allowed: 'only privateIp, adopt', line: 4 },
    ]);
  });

  it('finds all that is wrong with all roles at once', () => {
    const problems = problemsOf(`roles:
  DB:
    addresses: [{ elasticIp: eipalloc-xyz }]
  web:
    records: [{ zone: example.com, name: www.example.org, value: ip }]
`);

    expect(problems.map(({ path, found, line }) => [path, found, line])).toEqual([
      ['roles.DB', '"DB"', 2],
      ['roles.DB.addresses[0].elasticIp', '"eipalloc-xyz"', 3],
      ['roles.web.records[0].value', '"ip"', 5],
    ]);
  });

  it('says what is allowed without repeating what was found', () => {
    const problems = problemsOf(
      'roles: { a: { records: [{ zone: b.org, name: a.b.org, value: privateIp, adopt: 3 }] } }',
    );

    expect(problems[0]).toMatchObject({ found: '3', allowed: 'expected boolean' });
  });

  it('takes no part of an object that a name could reach by accident', () => {
    const problems = problemsOf('roles:\n  __proto__: { records: [] }\n  constructor: {}\n');

    expect(problems.map(({ path }) => path)).toEqual([
      'roles.__proto__',
      'roles.__proto__',
      'roles.constructor',
    ]);
  });
});

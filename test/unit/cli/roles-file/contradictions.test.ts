import { describe, expect, it } from 'vitest';
import { contradictions } from '../../../../cli/roles-file/contradictions.ts';
import { allocationId, aResolvedRole, aRole, publicZoneId } from './builders.ts';

const address = { addresses: [{ elasticIp: allocationId }] };
const named = (name: string, zone = 'example.com', value = 'privateIp') => ({
  records: [{ zone, name, value }],
});

describe('contradictions', () => {
  it('finds none between roles that share nothing', () => {
    const roles = [
      aResolvedRole('a', { ...address, ...named('a.example.com') }),
      aResolvedRole('b', named('b.example.com')),
      aResolvedRole('c', {
        records: [{ zone: 'corp.internal', name: 'a.corp.internal', value: 'privateIp' }],
      }),
    ];

    expect(contradictions(roles, [])).toEqual([]);
  });

  it('refuses one Elastic IP in two roles, at the later one', () => {
    const problems = contradictions([aResolvedRole('a', address), aResolvedRole('b', address)], []);

    expect(problems).toEqual([
      {
        at: ['roles', 'b', 'addresses', 0, 'elasticIp'],
        found: `"${allocationId}"`,
        allowed: 'an Elastic IP that nothing else has; the role "a" has this one',
      },
    ]);
  });

  it('refuses the same tags in two roles, in whatever order', () => {
    const byTags = (tags: object) => ({ addresses: [{ elasticIp: { tags } }] });

    const problems = contradictions(
      [aResolvedRole('a', byTags({ x: '1', y: '2' })), aResolvedRole('b', byTags({ y: '2', x: '1' }))],
      [],
    );

    expect(problems).toHaveLength(1);
  });

  it('refuses one name in two roles, whether the zone is given by name or by id', () => {
    const problems = contradictions(
      [
        aResolvedRole('a', named('db.example.com')),
        aResolvedRole('b', named('db.example.com', publicZoneId, 'publicIp')),
      ],
      [],
    );

    expect(problems).toMatchObject([{ at: ['roles', 'b', 'records', 0, 'name'] }]);
  });

  it('refuses what a role that is defined already has', () => {
    const problems = contradictions([aResolvedRole('b', address)], [aRole('a', address)]);

    expect(problems).toMatchObject([{ at: ['roles', 'b', 'addresses', 0, 'elasticIp'] }]);
  });

  it('lets a name move from one role to another within the file', () => {
    const defined = [aRole('a', named('db.example.com')), aRole('b', named('b.example.com'))];

    const problems = contradictions(
      [aResolvedRole('a', named('a.example.com')), aResolvedRole('b', named('db.example.com'))],
      defined,
    );

    expect(problems).toEqual([]);
  });

  it('refuses one name twice in a role, once the zones turn out to be the same', () => {
    const records = [...named('db.example.com').records, ...named('db.example.com', publicZoneId).records];

    const problems = contradictions([aResolvedRole('a', { records })], []);

    expect(problems).toMatchObject([{ at: ['roles', 'a', 'records', 1, 'name'] }]);
    expect(problems[0]?.allowed).toContain('another record of this role');
  });
});

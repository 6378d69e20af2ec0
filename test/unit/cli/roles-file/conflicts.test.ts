import { describe, expect, it } from 'vitest';
import { conflictsIn } from '../../../../cli/roles-file/conflicts.ts';
import { allocationId, aResolvedRole, aRole } from './builders.ts';

const address = { addresses: [{ elasticIp: allocationId }] };
const named = (name: string) => ({ records: [{ zone: 'example.com', name, value: 'privateIp' }] });

describe('conflictsIn', () => {
  it('refuses one address in two roles of the file, at the later one', () => {
    const problems = conflictsIn([aResolvedRole('a', address), aResolvedRole('b', address)], []);

    expect(problems).toMatchObject([
      { at: ['roles', 'b', 'addresses', 0, 'elasticIp'], found: `"${allocationId}"` },
    ]);
    expect(problems[0]?.allowed).toContain('the role "a" has this one');
  });

  it('refuses what a role that is defined already has', () => {
    const problems = conflictsIn([aResolvedRole('b', address)], [aRole('a', address)]);

    expect(problems).toMatchObject([{ at: ['roles', 'b', 'addresses', 0, 'elasticIp'] }]);
  });

  it('lets a name move from one role to another within the file', () => {
    const defined = [aRole('a', named('db.example.com')), aRole('b', named('b.example.com'))];

    const problems = conflictsIn(
      [aResolvedRole('a', named('a.example.com')), aResolvedRole('b', named('db.example.com'))],
      defined,
    );

    expect(problems).toEqual([]);
  });
});

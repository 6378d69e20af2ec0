import { describe, expect, it } from 'vitest';
import { roleDifference } from '../../../../cli/roles-file/role-difference.ts';
import { writeRoles } from '../../../../cli/roles-file/write-roles.ts';
import type { Role } from '../../../../shared/model/observed.ts';
import type { RoleCatalogue } from '../../../../shared/reconcile/ports.ts';
import { aResolvedRole, aRole } from './builders.ts';

const spec = { records: [{ zone: 'example.com', name: 'a.example.com', value: 'publicIp' }] };

/** A catalogue in which somebody else is always first with the named roles. */
function catalogue(contested: readonly string[]): RoleCatalogue & { readonly written: readonly Role[] } {
  const written: Role[] = [];
  return {
    written,
    apply: async (role) => {
      if (contested.includes(role.name)) return false;
      written.push(role);
      return true;
    },
    remove: async () => undefined,
    history: async () => [],
    say: async () => undefined,
  };
}

describe('writeRoles', () => {
  it('writes what differs and nothing else', async () => {
    const store = catalogue([]);
    const differences = [
      roleDifference(undefined, aResolvedRole('a', spec)),
      roleDifference(aRole('b', spec), aResolvedRole('b', spec)),
    ];

    await writeRoles(store, differences);

    expect(store.written.map(({ name, version }) => [name, version])).toEqual([['a', 1]]);
  });

  it('names the roles that somebody else changed meanwhile, and writes the others', async () => {
    const store = catalogue(['a', 'c']);
    const differences = ['a', 'b', 'c'].map((name) => roleDifference(undefined, aResolvedRole(name, spec)));

    await expect(writeRoles(store, differences)).rejects.toMatchObject({
      code: 'VersionConflict',
      message: 'somebody else changed a, c at the same time; the others were written',
      exitCode: 1,
    });

    expect(store.written.map(({ name }) => name)).toEqual(['b']);
  });
});

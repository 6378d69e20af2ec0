import { InvalidArgumentError } from 'commander';
import type { RoleName } from '../shared/model/ids.ts';
import { roleNameSchema } from '../shared/model/ids.ts';

/** An argument that is a role's name. */
export function roleArgument(text: string): RoleName {
  const name = roleNameSchema.safeParse(text);
  if (name.success) return name.data;
  throw new InvalidArgumentError(`A role's name ${name.error.issues[0]?.message ?? 'looks otherwise'}.`);
}

/** An option that names a role and may be given several times. */
export function rolesOption(text: string, before: readonly RoleName[] = []): readonly RoleName[] {
  return [...before, roleArgument(text)];
}

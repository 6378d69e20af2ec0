import { InvalidArgumentError } from 'commander';
import type { RoleName } from '../shared/model/ids.ts';
import { roleNameSchema } from '../shared/model/ids.ts';

/** An argument that is a role's name. */
export function roleArgument(text: string): RoleName {
  const name = roleNameSchema.safeParse(text);
  if (name.success) return name.data;
  throw new InvalidArgumentError(`A role's name ${name.error.issues[0]?.message ?? 'looks otherwise'}.`);
}

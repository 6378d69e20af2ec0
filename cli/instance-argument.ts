import { InvalidArgumentError } from 'commander';
import type { InstanceId } from '../shared/model/ids.ts';
import { instanceIdSchema } from '../shared/model/ids.ts';

/** An argument or option that is the id of an instance. */
export function instanceArgument(text: string): InstanceId {
  const id = instanceIdSchema.safeParse(text);
  if (id.success) return id.data;
  throw new InvalidArgumentError(`An instance id ${id.error.issues[0]?.message ?? 'looks otherwise'}.`);
}

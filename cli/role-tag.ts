import type { EC2Client } from '@aws-sdk/client-ec2';
import { CreateTagsCommand, DeleteTagsCommand } from '@aws-sdk/client-ec2';
import type { InstanceId, RoleName } from '../shared/model/ids.ts';
import { parseRoleTag } from '../shared/plan/role-tag.ts';
import { usageError } from './cli-error.ts';

/** What EC2 lets a tag be. */
const valueLengthMax = 256;

/**
 * The value of a role tag that asks for one role more; what else stands in it stays.
 * @throws CliError `RoleTagFull`
 */
export function roleTagWith(value: string | undefined, role: RoleName): string {
  if (parseRoleTag(value).includes(role)) return value ?? role;
  const longer = value === undefined || value.trim() === '' ? role : `${value.trimEnd()},${role}`;
  if (longer.length <= valueLengthMax && parseRoleTag(longer).includes(role)) return longer;
  throw usageError(
    `the role tag has no room for "${role}": it is "${value}"`,
    'RoleTagFull',
    `a tag has at most ${valueLengthMax} characters and 20 roles; release the instance from another role first`,
  );
}

/** The same with one role less; undefined when nothing is left of it. */
export function roleTagWithout(value: string | undefined, role: RoleName): string | undefined {
  const others = (value ?? '').split(',').filter((name) => name.trim() !== role && name.trim() !== '');
  return others.length === 0 ? undefined : others.join(',');
}

/** Writes the role tag of an instance, or removes it. */
export async function writeRoleTag(
  ec2: EC2Client,
  instanceId: InstanceId,
  { key, value }: { readonly key: string; readonly value: string | undefined },
): Promise<void> {
  const Resources = [instanceId];
  if (value === undefined) await ec2.send(new DeleteTagsCommand({ Resources, Tags: [{ Key: key }] }));
  else await ec2.send(new CreateTagsCommand({ Resources, Tags: [{ Key: key, Value: value }] }));
}

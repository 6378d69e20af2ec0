import type { RoleName } from '../model/ids.ts';
import { roleNameSchema } from '../model/ids.ts';

/** No instance asks for more roles than this; what comes after is not read. */
const rolesPerInstanceMax = 20;

/**
 * The longest value that a tag can have; what is longer is no tag of an instance.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions
 */
const valueLengthMax = 256;

/**
 * The roles that a tag value asks for: names separated by commas, spaces around them allowed. What is not a role's name
 * is left out: a tag is written by whoever may tag, and is only a request. So nothing that comes out of here can be a key
 * of another item, a wildcard, or look like a name that it is not.
 */
export function parseRoleTag(value: string | undefined): readonly RoleName[] {
  if (value === undefined || value.length > valueLengthMax) return [];
  const names = value.split(',', rolesPerInstanceMax).flatMap((part) => {
    // Spaces and nothing else: `trim` would take away line ends and other marks that are no part of a name.
    const name = roleNameSchema.safeParse(part.replace(/^ +| +$/g, ''));
    return name.success ? [name.data] : [];
  });
  return [...new Set(names)];
}

/** The tag that orders candidates: a whole number, higher first, 0 when it is missing or no number. */
export const priorityTagKey = 'role-priority';

export function parsePriorityTag(value: string | undefined): number {
  return value !== undefined && /^-?\d{1,6}$/.test(value.trim()) ? Number(value) : 0;
}

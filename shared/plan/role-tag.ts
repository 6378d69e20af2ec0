import type { RoleName } from '../model/ids.ts';
import { roleNameSchema } from '../model/ids.ts';

/** No instance asks for more roles than this; what comes after is not read. */
const rolesPerInstanceMax = 20;

/**
 * The roles that a tag value asks for: names separated by commas, spaces around them allowed. What is not a role's name
 * is left out: a tag is written by whoever may tag, and is only a request.
 */
export function parseRoleTag(value: string | undefined): readonly RoleName[] {
  if (value === undefined) return [];
  const names = value.split(',', rolesPerInstanceMax).flatMap((part) => {
    const name = roleNameSchema.safeParse(part.trim());
    return name.success ? [name.data] : [];
  });
  return [...new Set(names)];
}

/** The tag that orders candidates: a whole number, higher first, 0 when it is missing or no number. */
export const priorityTagKey = 'role-priority';

export function parsePriorityTag(value: string | undefined): number {
  return value !== undefined && /^-?\d{1,6}$/.test(value.trim()) ? Number(value) : 0;
}

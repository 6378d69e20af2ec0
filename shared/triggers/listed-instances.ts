import * as z from 'zod';
import type { InstanceId } from '../model/ids.ts';
import { instanceIdSchema } from '../model/ids.ts';

const arnOfAnInstance = /^arn:[^/]*:instance\//;

/**
 * One of the resources that an event lists by id or by ARN: the id if it is an instance, otherwise undefined, since such
 * lists hold resources of every kind. What is named like an instance and has no id of one is malformed.
 */
export const listedResourceSchema = z
  .string()
  .transform((text) => text.replace(arnOfAnInstance, ''))
  .transform((id) => (id.startsWith('i-') ? id : undefined))
  .pipe(instanceIdSchema.optional());

/** The instances among the listed resources, each once. */
export function instancesAmong(resources: readonly (InstanceId | undefined)[]): readonly InstanceId[] {
  return [...new Set(resources.filter((id) => id !== undefined))];
}

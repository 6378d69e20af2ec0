import type { Call, Operation } from '../../core/service.ts';
import type { World } from '../../ec2/state/world.ts';
import type { Context } from '../condition-keys.ts';
import type { Requirement } from '../evaluate.ts';

/** What requirements are told from, besides a call's own input. */
export interface Surveyed {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  /** EC2's real state: IAM does not see the lag of Describe calls. */
  readonly ec2?: World | undefined;
  /** A read operation of a room that has the tags and ARNs of its resources, e.g. of `autoscaling`. */
  readonly operation: (service: string, name: string) => Operation | undefined;
}

/** A call, as its requirements are told from it. */
export interface CallToJudge {
  readonly operation: string;
  readonly input: unknown;
  readonly surveyed: Surveyed;
  /** Whether the caller's policies have conditions on this key (in lower case). */
  readonly asksFor: (key: string) => boolean;
  /** Keys that all requests have, whatever they are about. */
  readonly base: readonly (readonly [string, readonly string[]])[];
}

/**
 * All that must be allowed for a call; nothing for one that needs no permission or names nothing that exists (which the
 * operation itself will say). Undefined when localcloud does not know what the operation needs.
 */
export type RequirementsOf = (
  call: CallToJudge,
) => readonly Requirement[] | undefined | Promise<readonly Requirement[] | undefined>;

const readerCall: Call = { requestId: 'iam', accessKeyId: 'localcloud', traceId: undefined };

/** Asks a room as its clients do, past the front. Undefined when there is no such room or operation. */
export async function ask<Answer>(
  { operation }: Surveyed,
  service: string,
  name: string,
  input: object,
): Promise<Partial<Answer> | undefined> {
  const run = operation(service, name)?.run as
    | ((input: object, call: Call) => object | Promise<object>)
    | undefined;
  return run === undefined ? undefined : ((await run(input, readerCall)) as Partial<Answer>);
}

/** The base keys and more. */
export function contextOf(
  { base }: CallToJudge,
  more: readonly (readonly [string, readonly string[]])[] = [],
): Context {
  return new Map([...base, ...more]);
}

/** `arn:partition:service:region:account:resource`. */
export function arnOf({ partition, region, accountId }: Surveyed, service: string, resource: string): string {
  return `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
}

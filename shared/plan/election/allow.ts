import type { AllowSpec } from '../../model/election-spec.ts';
import type { Observed, ObservedInstance } from '../../model/observed.ts';

type ImageOwners = Observed['imageOwners'];

interface Condition {
  readonly field: Exclude<keyof AllowSpec, 'tags'>;
  /** What it looks at, in words that follow `its`. */
  readonly name: string;
  /** What the instance has; one of these must be allowed. */
  readonly found: (instance: ObservedInstance, imageOwners: ImageOwners) => readonly (string | undefined)[];
}

/**
 * Nothing here can be set by whoever may tag. The group and the launch template are read from tags, whose keys begin with
 * `aws:`: those are reserved, and only AWS writes, changes and removes them.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-tagging.html
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/launch-instances-from-launch-template.html
 */
const conditions: readonly Condition[] = [
  { field: 'account', name: 'account', found: ({ accountId }) => [accountId] },
  {
    field: 'instanceProfile',
    name: 'instance profile',
    found: ({ instanceProfileArn }) => [instanceProfileArn],
  },
  {
    field: 'autoScalingGroup',
    name: 'Auto Scaling group',
    found: ({ tags }) => [tags['aws:autoscaling:groupName']],
  },
  {
    field: 'launchTemplate',
    name: 'launch template',
    found: ({ tags }) => [tags['aws:ec2launchtemplate:id']],
  },
  { field: 'vpc', name: 'VPC', found: ({ vpcId }) => [vpcId] },
  { field: 'subnets', name: 'subnet', found: ({ subnetId }) => [subnetId] },
  { field: 'image', name: 'image', found: ({ imageId }) => [imageId] },
  { field: 'imageOwner', name: 'image owner', found: ({ imageId }, owners) => owners[imageId] ?? [] },
  { field: 'securityGroup', name: 'security group', found: ({ securityGroupIds }) => securityGroupIds },
  { field: 'instances', name: 'id', found: ({ instanceId }) => [instanceId] },
];

/**
 * The first condition of `allow` that the instance does not satisfy, in words that follow `because`. All that are given
 * must hold, and of a list one must; what is unknown is not allowed. Undefined when the instance may hold the role.
 */
export function allowProblem(
  instance: ObservedInstance,
  allow: AllowSpec,
  imageOwners: ImageOwners,
): string | undefined {
  for (const { field, name, found } of conditions) {
    const allowed = allow[field];
    const has = found(instance, imageOwners).filter((each) => each !== undefined);
    const problem = allowed === undefined ? undefined : mismatch(name, has, listOf(allowed));
    if (problem !== undefined) return problem;
  }
  return tagProblem(instance, allow);
}

/** Tags are worth as much as the rights to write them: a condition for those who have fenced theirs. */
function tagProblem({ tags }: ObservedInstance, allow: AllowSpec): string | undefined {
  for (const [key, values] of Object.entries(allow.tags ?? {})) {
    const value = Object.hasOwn(tags, key) ? tags[key] : undefined;
    const problem = mismatch(`tag ${key}`, value === undefined ? [] : [value], listOf(values));
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function mismatch(name: string, has: readonly string[], allowed: readonly string[]): string | undefined {
  if (has.some((each) => allowed.includes(each))) return undefined;
  const allowedWords = `allowed ${allowed.length === 1 ? 'is' : 'are'} ${allowed.join(', ')}`;
  return has.length === 0
    ? `its ${name} is none or unknown; ${allowedWords}`
    : `its ${name} is ${has.join(', ')}; ${allowedWords}`;
}

function listOf<Value extends string>(value: Value | readonly Value[]): readonly Value[] {
  return typeof value === 'string' ? [value] : value;
}

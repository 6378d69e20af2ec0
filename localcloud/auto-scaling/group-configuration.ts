import { z } from 'zod';
import { AwsError, notModelled } from '../core/aws-error.ts';
import { validationError } from './errors.ts';
import { oneOf, size, text } from './inputs.ts';
import { launchInputFor } from './launch-request.ts';
import { type GroupConfiguration, type Placement, terminationPolicies } from './state/group.ts';
import type { Groups } from './state/groups.ts';

/** The parameters that CreateAutoScalingGroup and UpdateAutoScalingGroup have in common. */
export const configurationInput = {
  LaunchTemplate: z
    .strictObject({
      LaunchTemplateId: text(1, 255).optional(),
      LaunchTemplateName: text(3, 128).optional(),
      Version: text(1, 255).optional(),
    })
    .optional(),
  MinSize: size.optional(),
  MaxSize: size.optional(),
  DesiredCapacity: size.optional(),
  DefaultCooldown: size.optional(),
  AvailabilityZones: z.array(text(1, 255)).optional(),
  VPCZoneIdentifier: text(1, 5_000).optional(),
  HealthCheckType: text(1, 32).optional(),
  HealthCheckGracePeriod: size.optional(),
  TerminationPolicies: z.array(oneOf(terminationPolicies)).optional(),
};

type ConfigurationInput = z.infer<z.ZodObject<typeof configurationInput>>;

/** Throws ValidationError unless min <= desired <= max. */
export function expectSizes(minSize: number, maxSize: number, desiredCapacity: number): void {
  if (maxSize < minSize)
    throw validationError(`Max bound, ${maxSize}, must be greater than or equal to min bound, ${minSize}`);
  if (desiredCapacity < minSize || desiredCapacity > maxSize)
    throw validationError(
      `Desired capacity:${desiredCapacity} must be between the specified min size:${minSize} and max size:${maxSize}`,
    );
}

/** EC2's checks are there without being asked for; other kinds are not modelled. */
export function expectHealthCheckType(healthCheckType: string | undefined): void {
  const kinds = (healthCheckType ?? 'EC2').split(',').map((kind) => kind.trim());
  const other = kinds.find((kind) => kind !== 'EC2');
  if (other === undefined) return;
  if (['EBS', 'ELB', 'VPC_LATTICE'].includes(other)) throw notModelled(`the health check type ${other}`);
  throw validationError(`Invalid health check type: ${other}`);
}

/**
 * The launch template as the group keeps it: its version stays as it was written, `$Default` without one. Throws
 * ValidationError when there is no such template or version.
 */
export function expectLaunchTemplate(
  { ec2 }: Groups,
  {
    LaunchTemplateId,
    LaunchTemplateName,
    Version = '$Default',
  }: NonNullable<ConfigurationInput['LaunchTemplate']>,
): GroupConfiguration['launchTemplate'] {
  if ((LaunchTemplateId === undefined) === (LaunchTemplateName === undefined))
    throw validationError('Valid requests must contain either launchTemplateId or LaunchTemplateName');
  try {
    const { id, name } = ec2.launchTemplate({ LaunchTemplateId, LaunchTemplateName }, Version);
    return { id, name, version: Version };
  } catch (error) {
    throw notFullyFormed(error);
  }
}

/** Where the group launches: the subnets named, or the default subnets of the zones named. Throws ValidationError. */
export function expectPlacements(
  groups: Groups,
  vpcZoneIdentifier: string | undefined,
  zones: readonly string[] | undefined,
): readonly Placement[] {
  const { world } = groups.ec2;
  for (const zone of zones ?? [])
    if (!world.zoneIds.has(zone)) throw validationError(`Invalid availability zone: [${zone}]`);
  if (vpcZoneIdentifier === undefined) return (zones ?? []).map((zone) => defaultPlacement(groups, zone));
  const subnetIds = vpcZoneIdentifier.split(',').map((id) => id.trim());
  const subnets = [...new Set(subnetIds)].map((id) => {
    const subnet = world.subnets.get(id);
    if (subnet === undefined) throw validationError(`The subnet ID '${id}' does not exist`);
    return subnet;
  });
  if (new Set(subnets.map(({ vpcId }) => vpcId)).size > 1)
    throw validationError('All subnets of an Auto Scaling group must be in one VPC');
  const placements = subnets.map(({ id, availabilityZone }) => ({ subnetId: id, zone: availabilityZone }));
  const subnetZones = new Set(placements.map(({ zone }) => zone));
  if (
    zones !== undefined &&
    (zones.length !== subnetZones.size || !zones.every((zone) => subnetZones.has(zone)))
  )
    throw validationError(
      'The availability zones of the specified subnets and the Auto Scaling group do not match',
    );
  return placements;
}

function defaultPlacement({ ec2: { world } }: Groups, zone: string): Placement {
  const subnetId = world.defaultSubnetByZone.get(zone);
  if (subnetId === undefined) throw validationError(`No default subnet in the availability zone ${zone}`);
  return { subnetId, zone };
}

/** Throws ValidationError when EC2 would refuse to launch from the template; that there is room is not asked. */
export function expectLaunchable({ ec2 }: Groups, { launchTemplate, placements }: GroupConfiguration): void {
  const [placement] = placements;
  if (placement === undefined) return;
  try {
    const template = ec2.launchTemplate({ LaunchTemplateId: launchTemplate.id }, launchTemplate.version);
    ec2.checkLaunch(launchInputFor(template, placement, new Map()));
  } catch (error) {
    if (error instanceof AwsError && error.code === 'InsufficientFreeAddressesInSubnet') return;
    throw notFullyFormed(error);
  }
}

function notFullyFormed(error: unknown): unknown {
  if (!(error instanceof AwsError)) return error;
  return validationError(`You must use a valid fully-formed launch template. ${error.message}`);
}

import { AwsError } from '../core/aws-error.ts';
import { invalidParameterCombination, invalidParameterValue } from './errors.ts';
import { expectImage } from './images.ts';
import { defaultInstanceType, type InstanceType, instanceTypes } from './instance-type-table.ts';
import type { LaunchInput } from './launch-input.ts';
import { type PlannedInterface, planInterfaces } from './launch-interfaces.ts';
import type { Instance, Subnet, Tags } from './state/resources.ts';
import type { World } from './state/world.ts';
import { tagsFor } from './tag-rules.ts';
import { expectUserData } from './user-data.ts';

/** A launch that nothing stands against. */
export interface LaunchPlan {
  readonly count: number;
  readonly type: InstanceType;
  readonly subnet: Subnet;
  readonly interfaces: readonly PlannedInterface[];
  readonly tags: Tags;
  readonly interfaceTags: Tags;
  readonly volumeTags: Tags;
  readonly attributes: Pick<
    Instance,
    | 'imageId'
    | 'keyName'
    | 'profile'
    | 'userData'
    | 'isMonitored'
    | 'isTerminationProtected'
    | 'shutdownBehavior'
  >;
}

/** Checks a launch against the real state and finds out its subnet, interfaces and count; changes nothing. */
export function planLaunch(world: World, input: LaunchInput): LaunchPlan {
  const { MinCount, MaxCount, InstanceType = defaultInstanceType } = input;
  if (MinCount < 1 || MaxCount < MinCount)
    throw invalidParameterValue(
      `Invalid value for min and max count: ${MinCount} and ${MaxCount}. The minimum is at least 1 and at most the maximum.`,
    );
  const type = instanceTypes.get(InstanceType);
  if (type === undefined) throw invalidParameterValue(`Invalid value '${InstanceType}' for InstanceType.`);
  const { interfaces, subnet, count } = planInterfaces(world, input, type);
  const kinds = ['instance', 'network-interface', 'volume'] as const;
  return {
    count,
    type,
    subnet,
    interfaces,
    tags: tagsFor('instance', input.TagSpecifications, kinds),
    interfaceTags: tagsFor('network-interface', input.TagSpecifications, kinds),
    volumeTags: tagsFor('volume', input.TagSpecifications, kinds),
    attributes: {
      imageId: expectImage(world, input.ImageId).id,
      keyName: input.KeyName,
      profile: profileOf(world, input.IamInstanceProfile),
      userData: input.UserData === undefined ? undefined : expectUserData(input.UserData),
      isMonitored: input.Monitoring?.Enabled ?? false,
      isTerminationProtected: input.DisableApiTermination ?? false,
      shutdownBehavior: input.InstanceInitiatedShutdownBehavior ?? 'stop',
    },
  };
}

function profileOf(
  world: World,
  profile: LaunchInput['IamInstanceProfile'],
): { readonly arn: string; readonly id: string } | undefined {
  const { Arn, Name } = profile ?? {};
  if (Arn !== undefined && Name !== undefined)
    throw invalidParameterCombination(
      "The parameter 'iamInstanceProfile.name' may not be used in combination with 'iamInstanceProfile.arn'",
    );
  if (Arn === undefined && Name === undefined) return undefined;
  if (Arn !== undefined && !/^arn:[^:]+:iam::\d{12}:instance-profile\/.+$/.test(Arn))
    throw new AwsError(
      'InvalidIamInstanceProfileArn.Malformed',
      `The IAM instance profile ARN '${Arn}' is malformed.`,
    );
  const { partition, accountId, random } = world.surroundings;
  const arn = Arn ?? `arn:${partition}:iam::${accountId}:instance-profile/${Name}`;
  const id = world.profileIds.get(arn) ?? `AIPA${random.hex(17).toUpperCase()}`;
  world.profileIds.set(arn, id);
  return { arn, id };
}

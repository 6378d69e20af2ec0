import { z } from 'zod';
import { launchInput } from './launch-input.ts';

const { ImageId, InstanceType, KeyName, SecurityGroupIds, SecurityGroups, Placement } = launchInput;
const { IamInstanceProfile, UserData, Monitoring, DisableApiTermination } = launchInput;

// As at launch, but for the mark of a primary IPv6 address.
const interfaceSpecification = launchInput.NetworkInterfaces.unwrap().element.extend({
  Ipv6Addresses: z.array(z.strictObject({ Ipv6Address: z.string() })).optional(),
});

/** What a launch template can say of an instance: RunInstances' parameters, without how many and where. */
export const launchTemplateData = z.strictObject({
  ImageId,
  InstanceType,
  KeyName,
  SecurityGroupIds,
  SecurityGroups,
  Placement,
  NetworkInterfaces: z.array(interfaceSpecification).optional(),
  IamInstanceProfile,
  UserData,
  Monitoring,
  DisableApiTermination,
  InstanceInitiatedShutdownBehavior: launchInput.InstanceInitiatedShutdownBehavior,
  TagSpecifications: launchInput.TagSpecifications,
});

export type LaunchTemplateData = z.infer<typeof launchTemplateData>;

import { z } from 'zod';
import { tagSpecificationsInput } from './tag-rules.ts';
import { wantedAddressesInput } from './wanted-addresses.ts';

const specificationsInput = z
  .array(
    z.strictObject({
      DeviceIndex: z.number().int().optional(),
      NetworkInterfaceId: z.string().optional(),
      SubnetId: z.string().optional(),
      Description: z.string().optional(),
      Groups: z.array(z.string()).optional(),
      AssociatePublicIpAddress: z.boolean().optional(),
      DeleteOnTermination: z.boolean().optional(),
      ...wantedAddressesInput,
      InterfaceType: z.literal('interface').optional(),
      NetworkCardIndex: z.literal(0).optional(),
    }),
  )
  .optional();

/** One of the `NetworkInterfaces` of RunInstances. */
export type InterfaceSpecification = NonNullable<z.infer<typeof specificationsInput>>[number];

/** The parameters of RunInstances that are modelled. */
export const launchInput = {
  MinCount: z.number().int(),
  MaxCount: z.number().int(),
  ImageId: z.string().optional(),
  InstanceType: z.string().optional(),
  KeyName: z.string().optional(),
  SubnetId: z.string().optional(),
  SecurityGroupIds: z.array(z.string()).optional(),
  SecurityGroups: z.array(z.string()).optional(),
  PrivateIpAddress: z.string().optional(),
  Ipv6AddressCount: z.number().int().optional(),
  Ipv6Addresses: z
    .array(z.strictObject({ Ipv6Address: z.string(), IsPrimaryIpv6: z.boolean().optional() }))
    .optional(),
  NetworkInterfaces: specificationsInput,
  Placement: z
    .strictObject({ AvailabilityZone: z.string().optional(), Tenancy: z.literal('default').optional() })
    .optional(),
  IamInstanceProfile: z.strictObject({ Arn: z.string().optional(), Name: z.string().optional() }).optional(),
  UserData: z.string().optional(),
  Monitoring: z.strictObject({ Enabled: z.boolean() }).optional(),
  DisableApiTermination: z.boolean().optional(),
  InstanceInitiatedShutdownBehavior: z.enum(['stop', 'terminate']).optional(),
  TagSpecifications: tagSpecificationsInput,
  ClientToken: z.string().optional(),
};

export type LaunchInput = z.infer<z.ZodObject<typeof launchInput, z.core.$strict>>;

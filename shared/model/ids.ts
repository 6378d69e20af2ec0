import * as z from 'zod';

/**
 * Ids as AWS writes them: the old form has 8 hexadecimal digits, the new one 17.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html
 */
const ec2Id = (prefix: string) =>
  z.string().regex(new RegExp(`^${prefix}-[0-9a-f]{8}(?:[0-9a-f]{9})?$`), {
    error: `must be ${prefix}- and 8 or 17 hexadecimal digits`,
    // So that a union of this and something else speaks for all its members.
    abort: true,
  });

export const instanceIdSchema = ec2Id('i').brand<'InstanceId'>();
export type InstanceId = z.infer<typeof instanceIdSchema>;

export const allocationIdSchema = ec2Id('eipalloc').brand<'AllocationId'>();
export type AllocationId = z.infer<typeof allocationIdSchema>;

export const associationIdSchema = ec2Id('eipassoc').brand<'AssociationId'>();
export type AssociationId = z.infer<typeof associationIdSchema>;

export const networkInterfaceIdSchema = ec2Id('eni').brand<'NetworkInterfaceId'>();
export type NetworkInterfaceId = z.infer<typeof networkInterfaceIdSchema>;

export const subnetIdSchema = ec2Id('subnet').brand<'SubnetId'>();
export type SubnetId = z.infer<typeof subnetIdSchema>;

export const vpcIdSchema = ec2Id('vpc').brand<'VpcId'>();
export type VpcId = z.infer<typeof vpcIdSchema>;

export const routeTableIdSchema = ec2Id('rtb').brand<'RouteTableId'>();
export type RouteTableId = z.infer<typeof routeTableIdSchema>;

export const attachmentIdSchema = ec2Id('eni-attach').brand<'AttachmentId'>();
export type AttachmentId = z.infer<typeof attachmentIdSchema>;

export const targetGroupArnSchema = z
  .string()
  .regex(
    /^arn:aws[a-z-]*:elasticloadbalancing:[a-z0-9-]+:\d{12}:targetgroup\/[A-Za-z0-9-]{1,32}\/[0-9a-f]{16}$/,
    {
      error: 'must be the ARN of a target group',
    },
  )
  .brand<'TargetGroupArn'>();
export type TargetGroupArn = z.infer<typeof targetGroupArnSchema>;

export const hostedZoneIdSchema = z
  .string()
  .regex(/^Z[A-Z0-9]{1,31}$/, { error: 'must be Z and up to 31 capital letters or digits', abort: true })
  .brand<'HostedZoneId'>();
export type HostedZoneId = z.infer<typeof hostedZoneIdSchema>;

export const ipv4Schema = z.ipv4().brand<'Ipv4'>();
export type Ipv4 = z.infer<typeof ipv4Schema>;

/** Compressed and in lower case, as EC2 writes it: equal addresses are equal strings. */
export const ipv6Schema = z
  .ipv6()
  .transform((text) => new URL(`http://[${text}]`).hostname.slice(1, -1))
  .pipe(z.string().brand<'Ipv6'>());
export type Ipv6 = z.infer<typeof ipv6Schema>;

export const ipv4CidrSchema = z.cidrv4().brand<'Ipv4Cidr'>();
export type Ipv4Cidr = z.infer<typeof ipv4CidrSchema>;

/** Lower-case, so that a role's name can be a DNS label; no wildcards, so that it can stand in a tag filter. */
export const roleNameSchema = z
  .string()
  .regex(
    /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
    'must be 1 to 63 lower-case letters, digits or hyphens, with no hyphen at either end',
  )
  .brand<'RoleName'>();
export type RoleName = z.infer<typeof roleNameSchema>;

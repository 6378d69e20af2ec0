import { AwsError } from '../../core/aws-error.ts';
import type { Route53Account } from '../account.ts';
import type { DomainName } from '../domain-name.ts';
import { type Vpc, vpcKey } from '../hosted-zone.ts';

/**
 * Throws InvalidVPCId when the VPC does not exist, ConflictingDomainExists when it already has a zone of that name.
 * https://docs.aws.amazon.com/Route53/latest/APIReference/API_AssociateVPCWithHostedZone.html
 */
export function requireAssociable(account: Route53Account, name: DomainName, vpc: Vpc): void {
  if (account.hasVpc?.(vpc.VPCId, vpc.VPCRegion) === false) {
    throw new AwsError('InvalidVPCId', `The VPC ID is invalid: ${vpc.VPCId} in region ${vpc.VPCRegion}.`);
  }
  for (const zone of account.zones.named(name)) {
    if (!zone.vpcs.has(vpcKey(vpc))) continue;
    throw new AwsError(
      'ConflictingDomainExists',
      `The VPC that you chose, ${vpc.VPCId} in region ${vpc.VPCRegion}, is already associated with another private hosted zone that has an overlapping name space, ${name.text}.`,
    );
  }
}

import { z } from 'zod';
import { AwsError } from '../../core/aws-error.ts';
import { type Operation, operation } from '../../core/service.ts';
import type { Route53Account } from '../account.ts';
import { resourceId, vpc } from '../constraints.ts';
import { vpcKey } from '../hosted-zone.ts';
import { requireAssociable } from './vpc-rules.ts';

const input = z.strictObject({ HostedZoneId: resourceId, VPC: vpc, Comment: z.string().optional() });

/** AssociateVPCWithHostedZone, DisassociateVPCFromHostedZone. */
export function vpcAssociationOperations(account: Route53Account): readonly Operation[] {
  return [associateVpcWithHostedZone(account), disassociateVpcFromHostedZone(account)];
}

function associateVpcWithHostedZone(account: Route53Account): Operation {
  return operation({
    name: 'AssociateVPCWithHostedZone',
    effect: 'write',
    input,
    run: ({ HostedZoneId, VPC, Comment }) => {
      const zone = account.zones.require(HostedZoneId);
      account.requireIdle(zone);
      if (!zone.isPrivate) {
        const reason = `Attempting to associate public zone: ${zone.id} with vpc: ${VPC.VPCId}`;
        throw new AwsError('PublicZoneVPCAssociation', reason);
      }
      requireAssociable(account, zone.name, VPC);
      if (zone.vpcs.size >= account.quotas.vpcsPerZone) {
        const reason = `The hosted zone ${zone.id} has reached its limit of ${account.quotas.vpcsPerZone} VPCs.`;
        throw new AwsError('LimitsExceeded', reason);
      }
      account.zones.associate(zone, VPC);
      return { ChangeInfo: account.changes.submit(zone, Comment) };
    },
    honesty: {
      modelled: [
        'Only private zones; one zone of a name for each VPC (ConflictingDomainExists), this zone itself included.',
      ],
      notModelled: ['VPCs of other accounts and their authorizations. The VPC sees the zone at once.'],
      sources: [
        'https://docs.aws.amazon.com/Route53/latest/APIReference/API_AssociateVPCWithHostedZone.html',
        'https://github.com/infrablocks/terraform-aws-base-networking/issues/4 (associating twice)',
        'https://github.com/crossplane-contrib/provider-upjet-aws/pull/456 (PublicZoneVPCAssociation)',
        'unverified: messages of LimitsExceeded and InvalidVPCId',
      ],
    },
  });
}

function disassociateVpcFromHostedZone(account: Route53Account): Operation {
  return operation({
    name: 'DisassociateVPCFromHostedZone',
    effect: 'write',
    input,
    run: ({ HostedZoneId, VPC, Comment }) => {
      const zone = account.zones.require(HostedZoneId);
      if (!zone.vpcs.has(vpcKey(VPC))) {
        const reason = `The VPC ${VPC.VPCId} in region ${VPC.VPCRegion} is not associated with the hosted zone ${zone.id}.`;
        throw new AwsError('VPCAssociationNotFound', reason, 404);
      }
      if (zone.vpcs.size === 1) {
        throw new AwsError(
          'LastVPCAssociation',
          "The VPC that you're trying to disassociate from the private hosted zone is the last VPC that is associated with the hosted zone. Amazon Route 53 doesn't support disassociating the last VPC from a hosted zone.",
        );
      }
      account.zones.disassociate(zone, VPC);
      return { ChangeInfo: account.changes.submit(zone, Comment) };
    },
    honesty: {
      modelled: ['A private zone keeps its last VPC.'],
      notModelled: ['The VPC stops seeing the zone at once.'],
      sources: [
        'https://docs.aws.amazon.com/Route53/latest/APIReference/API_DisassociateVPCFromHostedZone.html',
        'unverified: messages',
      ],
    },
  });
}

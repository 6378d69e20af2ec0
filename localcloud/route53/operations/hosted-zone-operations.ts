import { z } from 'zod';
import { AwsError } from '../../core/aws-error.ts';
import { type Operation, operation } from '../../core/service.ts';
import type { Route53Account } from '../account.ts';
import { resourceId, text } from '../constraints.ts';
import { isDeletable } from '../hosted-zone.ts';
import { hostedZoneOutput } from './hosted-zone-output.ts';

/** GetHostedZone, GetHostedZoneCount, UpdateHostedZoneComment, DeleteHostedZone. */
export function hostedZoneOperations(account: Route53Account): readonly Operation[] {
  return [
    getHostedZone(account),
    getHostedZoneCount(account),
    updateHostedZoneComment(account),
    deleteHostedZone(account),
  ];
}

function getHostedZone(account: Route53Account): Operation {
  return operation({
    name: 'GetHostedZone',
    effect: 'read',
    input: z.strictObject({ Id: resourceId }),
    run: ({ Id }) => {
      const zone = account.zones.require(Id);
      return {
        HostedZone: hostedZoneOutput(zone),
        ...(zone.isPrivate
          ? { VPCs: [...zone.vpcs.values()] }
          : { DelegationSet: { NameServers: zone.nameServers } }),
      };
    },
    honesty: {
      modelled: [
        'The delegation set of a public zone, the VPCs of a private one, the number of record sets.',
      ],
      sources: ['https://docs.aws.amazon.com/Route53/latest/APIReference/API_GetHostedZone.html'],
    },
  });
}

function getHostedZoneCount(account: Route53Account): Operation {
  return operation({
    name: 'GetHostedZoneCount',
    effect: 'read',
    input: z.strictObject({}),
    run: () => ({ HostedZoneCount: account.zones.size }),
    honesty: {
      modelled: ['The number of public and private zones.'],
      sources: ['https://docs.aws.amazon.com/Route53/latest/APIReference/API_GetHostedZoneCount.html'],
    },
  });
}

function updateHostedZoneComment(account: Route53Account): Operation {
  return operation({
    name: 'UpdateHostedZoneComment',
    effect: 'write',
    input: z.strictObject({ Id: resourceId, Comment: text(256).optional() }),
    run: ({ Id, Comment }) => {
      const zone = account.zones.require(Id);
      account.requireIdle(zone);
      zone.comment = Comment;
      return { HostedZone: hostedZoneOutput(zone) };
    },
    honesty: {
      modelled: ['Replaces the comment; without one it is removed.'],
      sources: ['https://docs.aws.amazon.com/Route53/latest/APIReference/API_UpdateHostedZoneComment.html'],
    },
  });
}

function deleteHostedZone(account: Route53Account): Operation {
  return operation({
    name: 'DeleteHostedZone',
    effect: 'write',
    input: z.strictObject({ Id: resourceId }),
    run: ({ Id }) => {
      const zone = account.zones.require(Id);
      account.requireIdle(zone);
      if (!isDeletable(zone)) {
        // The two blanks are Route 53's.
        const reason =
          'The specified hosted zone contains non-required resource record sets  and so cannot be deleted.';
        throw new AwsError('HostedZoneNotEmpty', reason);
      }
      account.zones.delete(zone);
      return { ChangeInfo: account.changes.submit(zone) };
    },
    honesty: {
      modelled: ['HostedZoneNotEmpty while anything but the zone’s own NS and SOA records is in it.'],
      notModelled: ['The name servers stop answering for the zone at once.'],
      sources: [
        'https://docs.aws.amazon.com/Route53/latest/APIReference/API_DeleteHostedZone.html',
        'https://github.com/hashicorp/terraform/issues/5345 (message)',
      ],
    },
  });
}

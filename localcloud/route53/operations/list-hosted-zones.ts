import { z } from 'zod';
import { AwsError } from '../../core/aws-error.ts';
import { type Operation, operation } from '../../core/service.ts';
import type { Route53Account } from '../account.ts';
import { dnsName, maxItems, oneOf, resourceId, text } from '../constraints.ts';
import { hostedZoneOutput } from './hosted-zone-output.ts';
import { pageOf } from './paging.ts';
import { requireDomainName } from './require-domain-name.ts';

const maxZonesPerPage = 100;

/** ListHostedZones, ListHostedZonesByName, ListHostedZonesByVPC. */
export function listHostedZonesOperations(account: Route53Account): readonly Operation[] {
  return [listHostedZones(account), listHostedZonesByName(account), listHostedZonesByVpc(account)];
}

function listHostedZones(account: Route53Account): Operation {
  return operation({
    name: 'ListHostedZones',
    effect: 'read',
    input: z.strictObject({
      Marker: text(64).optional(),
      MaxItems: maxItems,
      DelegationSetId: resourceId.optional(),
      HostedZoneType: oneOf(['PrivateHostedZone']).optional(),
    }),
    run: ({ Marker, MaxItems, DelegationSetId, HostedZoneType }) => {
      if (DelegationSetId !== undefined) throw new AwsError('NoSuchDelegationSet', DelegationSetId);
      const size = pageSize(MaxItems);
      const zones = Iterator.from(account.zones.byId(Marker));
      const listed = HostedZoneType === undefined ? zones : zones.filter((zone) => zone.isPrivate);
      const { page, next } = pageOf(listed, size);
      return {
        HostedZones: page.map(hostedZoneOutput),
        Marker: Marker ?? '',
        IsTruncated: next !== undefined,
        ...(next !== undefined && { NextMarker: next.id }),
        MaxItems: size,
      };
    },
    honesty: {
      modelled: ['Pages of up to 100 zones; HostedZoneType=PrivateHostedZone.'],
      notModelled: ['Reusable delegation sets: none exist, so any DelegationSetId is NoSuchDelegationSet.'],
      sources: [
        'https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListHostedZones.html',
        'unverified: zones are listed by id; MaxItems above 100 means 100',
      ],
    },
  });
}

function listHostedZonesByName(account: Route53Account): Operation {
  return operation({
    name: 'ListHostedZonesByName',
    effect: 'read',
    input: z.strictObject({
      DNSName: dnsName.optional(),
      HostedZoneId: resourceId.optional(),
      MaxItems: maxItems,
    }),
    run: ({ DNSName, HostedZoneId, MaxItems }) => {
      if (HostedZoneId !== undefined && DNSName === undefined) {
        throw new AwsError('InvalidInput', 'The hosted zone ID to start with needs a DNS name.');
      }
      const size = pageSize(MaxItems);
      const start = DNSName === undefined ? undefined : requireDomainName(DNSName, 'InvalidDomainName');
      const { page, next } = pageOf(account.zones.byName(start, HostedZoneId), size);
      return {
        HostedZones: page.map(hostedZoneOutput),
        ...(DNSName !== undefined && { DNSName }),
        ...(HostedZoneId !== undefined && { HostedZoneId }),
        IsTruncated: next !== undefined,
        ...(next !== undefined && { NextDNSName: next.name.text, NextHostedZoneId: next.id }),
        MaxItems: size,
      };
    },
    honesty: {
      modelled: [
        'Ordered by name with its labels reversed, public and private zones of one name by id; starts at DNSName and HostedZoneId.',
      ],
      sources: [
        'https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListHostedZonesByName.html',
        'unverified: HostedZoneId without DNSName is InvalidInput; MaxItems above 100 means 100',
      ],
    },
  });
}

function listHostedZonesByVpc(account: Route53Account): Operation {
  return operation({
    name: 'ListHostedZonesByVPC',
    effect: 'read',
    input: z.strictObject({
      VPCId: text(1024),
      VPCRegion: text(64, 1),
      MaxItems: maxItems,
      NextToken: text(1024).optional(),
    }),
    run: ({ VPCId, VPCRegion, MaxItems, NextToken }) => {
      if (NextToken !== undefined && !/^Z[0-9A-Z]+$/.test(NextToken)) {
        throw new AwsError('InvalidPaginationToken', 'The specified value for NextToken is invalid.');
      }
      const size = pageSize(MaxItems);
      const { page, next } = pageOf(account.zones.ofVpc({ VPCId, VPCRegion }, NextToken), size);
      return {
        HostedZoneSummaries: page.map((zone) => ({
          HostedZoneId: zone.id,
          Name: zone.name.text,
          Owner: { OwningAccount: account.surroundings.accountId },
        })),
        MaxItems: size,
        ...(next !== undefined && { NextToken: next.id }),
      };
    },
    honesty: {
      modelled: ['The private zones that a VPC is associated with.'],
      notModelled: ['Zones of other accounts and of AWS services.'],
      sources: [
        'https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListHostedZonesByVPC.html',
        'unverified: order, form of the token, words of InvalidPaginationToken',
      ],
    },
  });
}

function pageSize(requested: number | undefined): number {
  return Math.min(requested ?? maxZonesPerPage, maxZonesPerPage);
}

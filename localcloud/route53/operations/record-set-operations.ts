import { z } from 'zod';
import { AwsError } from '../../core/aws-error.ts';
import { type Operation, operation } from '../../core/service.ts';
import type { Route53Account } from '../account.ts';
import { applyChanges } from '../change-batch/apply-changes.ts';
import { changeBatch } from '../change-batch/change-input.ts';
import { readChanges } from '../change-batch/read-changes.ts';
import { dnsName, maxItems, oneOf, resourceId, text } from '../constraints.ts';
import { type RecordSet, recordKeyPrefix, recordTypes } from '../record-set.ts';
import { pageOf } from './paging.ts';
import { recordSetOutput } from './record-set-output.ts';
import { requireDomainName } from './require-domain-name.ts';

const maxRecordSetsPerPage = 300;

const listInput = z.strictObject({
  HostedZoneId: resourceId,
  StartRecordName: dnsName.optional(),
  StartRecordType: oneOf(recordTypes).optional(),
  StartRecordIdentifier: text(128, 1).optional(),
  MaxItems: maxItems,
});

/** ChangeResourceRecordSets, ListResourceRecordSets. */
export function recordSetOperations(account: Route53Account): readonly Operation[] {
  return [changeResourceRecordSets(account), listResourceRecordSets(account)];
}

function changeResourceRecordSets(account: Route53Account): Operation {
  return operation({
    name: 'ChangeResourceRecordSets',
    effect: 'write',
    input: z.strictObject({ HostedZoneId: resourceId, ChangeBatch: changeBatch }),
    run: ({ HostedZoneId, ChangeBatch }) => {
      const zone = account.zones.require(HostedZoneId);
      account.requireIdle(zone);
      const changes = readChanges(account, zone, ChangeBatch.Changes);
      const effects = applyChanges(account, zone, changes);
      return { ChangeInfo: account.changes.submit(zone, ChangeBatch.Comment, effects) };
    },
    honesty: {
      modelled: [
        'A batch is applied whole and in order, or not at all; InvalidChangeBatch lists everything that is wrong.',
        'DELETE must match every field and, in any order, every value; DELETE then CREATE replaces in one step.',
        'Names, values (A, AAAA, CAA, CNAME, MX, NS, PTR, SOA, SPF, SRV, TXT), CNAME rules, routing policies, alias rules, limits and the zone quota are checked.',
        'A change is PENDING until the configured lag has passed on the clock.',
        'PriorRequestNotComplete, when a window for it is set; off by default.',
      ],
      notModelled: [
        'Records of type NAPTR, DS, TLSA, SSHFP, SVCB and HTTPS; CIDR and geoproximity routing; traffic policy instances.',
        'Health checks: none exist, so any HealthCheckId is NoSuchHealthCheck.',
        'Aliases into zones of AWS services other than CloudFront, Global Accelerator and some load balancers.',
      ],
      sources: [
        'https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html',
        'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html',
        'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html',
        'https://github.com/aws/aws-sdk-kotlin/pull/1435 (form of InvalidChangeBatch)',
        'https://github.com/cookpad/roadworker/pull/89 (changes are checked in their order)',
        'https://github.com/kubernetes-sigs/external-dns/issues/2362 (a PRIMARY with own values needs a health check)',
        'unverified: which changes of one record set a batch may hold besides DELETE then CREATE',
        'unverified: values are compared as text; a value written differently does not match',
        'unverified: messages for values of MX and SRV with bad numbers, CAA, SOA, several CNAME or weighted values, duplicate regions and failover roles, CloudFront aliases',
        'unverified: zone ids of load balancers outside eu-west-1; names of Regions are checked by their form only',
        'unverified: a record set that an alias targets can be deleted; an alias and its target can be created in one batch, target first',
      ],
    },
  });
}

function listResourceRecordSets(account: Route53Account): Operation {
  return operation({
    name: 'ListResourceRecordSets',
    effect: 'read',
    input: listInput,
    run: (input) => {
      const zone = account.zones.require(input.HostedZoneId);
      const size = Math.min(input.MaxItems ?? maxRecordSetsPerPage, maxRecordSetsPerPage);
      const { page, next } = pageOf(zone.records.from(startKey(input)), size);
      return {
        ResourceRecordSets: page.map(recordSetOutput),
        IsTruncated: next !== undefined,
        ...(next !== undefined && nextRecord(next)),
        MaxItems: size,
      };
    },
    honesty: {
      modelled: [
        'Ordered by name with its labels reversed, then type, then set identifier, 300 a page, PENDING changes shown.',
        'StartRecordName, StartRecordType and StartRecordIdentifier; a type without a name is InvalidInput.',
        'NextRecordIdentifier continues inside a group of record sets of one name and type.',
      ],
      sources: [
        'https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListResourceRecordSets.html',
        'unverified: MaxItems above 300 means 300; the order uses the escaped form of a name',
      ],
    },
  });
}

function startKey(input: z.infer<typeof listInput>): string {
  const { StartRecordName, StartRecordType, StartRecordIdentifier } = input;
  if (StartRecordName === undefined) {
    if (StartRecordType === undefined && StartRecordIdentifier === undefined) return '';
    throw new AwsError('InvalidInput', 'The record type or identifier to start with needs a record name.');
  }
  if (StartRecordType === undefined && StartRecordIdentifier !== undefined) {
    throw new AwsError('InvalidInput', 'The record identifier to start with needs a record type.');
  }
  const name = requireDomainName(StartRecordName, 'InvalidInput');
  return recordKeyPrefix(name, StartRecordType, StartRecordIdentifier);
}

function nextRecord({ name, type, setIdentifier }: RecordSet): object {
  return {
    NextRecordName: name.text,
    NextRecordType: type,
    ...(setIdentifier !== undefined && { NextRecordIdentifier: setIdentifier }),
  };
}

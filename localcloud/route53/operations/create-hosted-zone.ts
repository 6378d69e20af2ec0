import { z } from 'zod';
import { AwsError } from '../../core/aws-error.ts';
import { type Operation, operation } from '../../core/service.ts';
import type { Route53Account } from '../account.ts';
import { dnsName, resourceId, text, vpc } from '../constraints.ts';
import { type DomainName, wildcardLabel } from '../domain-name.ts';
import { type HostedZone, initialRecords, vpcKey } from '../hosted-zone.ts';
import { newId, newNameServers } from '../identifiers.ts';
import { RecordSets } from '../record-sets.ts';
import { hostedZoneOutput } from './hosted-zone-output.ts';
import { requireDomainName } from './require-domain-name.ts';
import { requireAssociable } from './vpc-rules.ts';

const input = z.strictObject({
  Name: dnsName,
  CallerReference: text(128, 1),
  VPC: vpc.optional(),
  HostedZoneConfig: z
    .strictObject({ Comment: text(256).optional(), PrivateZone: z.boolean().optional() })
    .optional(),
  DelegationSetId: resourceId.optional(),
});

type Input = z.infer<typeof input>;

/** CreateHostedZone. */
export function createHostedZone(account: Route53Account): Operation {
  return operation({
    name: 'CreateHostedZone',
    effect: 'write',
    input,
    run: (request) => {
      const name = requireDomainName(request.Name, 'InvalidDomainName');
      requireCreatable(account, name, request);
      const zone = addZone(account, name, request);
      return {
        HostedZone: hostedZoneOutput(zone),
        ChangeInfo: account.changes.submit(
          zone,
          undefined,
          [...zone.records.from('')].map((recordSet) => ({ kind: 'put', recordSet })),
        ),
        ...(request.VPC === undefined
          ? { DelegationSet: { NameServers: zone.nameServers } }
          : { VPC: request.VPC }),
        Location: `https://route53.amazonaws.com/2013-04-01/hostedzone/${zone.id}`,
      };
    },
    honesty: {
      modelled: [
        'Public zones with four name servers, and private ones with their first VPC; NS and SOA records are created.',
        'A caller reference is good for one zone, even after that zone is deleted.',
        'Public top-level domains are InvalidDomainName; a VPC has one private zone of a name (ConflictingDomainExists).',
      ],
      notModelled: [
        'Reusable delegation sets: none exist, so any DelegationSetId is NoSuchDelegationSet.',
        'Names that AWS reserves, such as example.com, are accepted: documents and demos use them.',
      ],
      sources: [
        'https://docs.aws.amazon.com/Route53/latest/APIReference/API_CreateHostedZone.html',
        'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/SOA-NSrecords.html',
        'https://github.com/saltstack/salt/issues/40655 (caller references of deleted zones)',
        'https://github.com/ansible/ansible/issues/23561 (top-level domains)',
        'unverified: a private zone is answered without a DelegationSet; PrivateZone=false with a VPC is InvalidInput; messages of InvalidInput and TooManyHostedZones',
      ],
    },
  });
}

function requireCreatable(account: Route53Account, name: DomainName, request: Input): void {
  const isPrivate = request.VPC !== undefined;
  const isTopLevel = !isPrivate && name.labels.length === 1;
  if (isTopLevel || name.labels[0] === wildcardLabel) throw new AwsError('InvalidDomainName', name.text);
  if ((request.HostedZoneConfig?.PrivateZone ?? isPrivate) !== isPrivate) {
    throw new AwsError(
      'InvalidInput',
      isPrivate
        ? "When you specify values for VPCId and VPCRegion, you can't specify false for PrivateZone."
        : "When you're creating a private hosted zone (when you specify true for PrivateZone), you must also specify values for VPCId and VPCRegion.",
    );
  }
  if (request.DelegationSetId !== undefined) {
    throw new AwsError('NoSuchDelegationSet', request.DelegationSetId);
  }
  if (account.zones.hasCallerReference(request.CallerReference)) {
    const reason = 'A hosted zone has already been created with the specified caller reference.';
    throw new AwsError('HostedZoneAlreadyExists', reason, 409);
  }
  if (request.VPC !== undefined) requireAssociable(account, name, request.VPC);
  if (account.zones.size >= account.quotas.hostedZones) {
    throw new AwsError(
      'TooManyHostedZones',
      'Limits Exceeded: MAX_HOSTED_ZONES_BY_OWNER - Cannot create more hosted zones.',
    );
  }
}

function addZone(account: Route53Account, name: DomainName, request: Input): HostedZone {
  const isPrivate = request.VPC !== undefined;
  const nowMs = account.surroundings.clock.now();
  const zone: HostedZone = {
    id: newId('Z', account.random),
    name,
    callerReference: request.CallerReference,
    isPrivate,
    nameServers: newNameServers(isPrivate, account.random),
    comment: request.HostedZoneConfig?.Comment,
    vpcs: new Map(request.VPC === undefined ? [] : [[vpcKey(request.VPC), request.VPC]]),
    tags: new Map(),
    records: new RecordSets(),
    published: new RecordSets(),
    inSyncAtMs: nowMs,
    changedAtMs: nowMs,
  };
  for (const recordSet of initialRecords(name, zone.nameServers)) zone.records.put(recordSet);
  account.zones.add(zone);
  return zone;
}

import { randomUUID } from 'node:crypto';
import {
  type Change,
  type ChangeInfo,
  ChangeResourceRecordSetsCommand,
  CreateHostedZoneCommand,
  DeleteHostedZoneCommand,
  ListResourceRecordSetsCommand,
  type ResourceRecordSet,
  type Route53Client,
  type RRType,
  type VPC,
} from '@aws-sdk/client-route-53';
import { conformanceCase } from '../conformance-case.ts';
import type { Target } from '../target.ts';
import { motoDivergences } from './moto-divergences.ts';

/** A hosted zone of one case. */
export interface DnsZone {
  /** Without its prefix. */
  readonly id: string;
  /** Without a trailing dot. */
  readonly name: string;
  readonly route53: Route53Client;
  change(...changes: readonly Change[]): Promise<ChangeInfo>;
  /** In the order of ListResourceRecordSets, without the zone's own NS and SOA. */
  recordSets(): Promise<readonly ResourceRecordSet[]>;
}

/** A domain that no other case and no other run uses. */
export function newDomain(): string {
  return `conformance-${randomUUID().slice(0, 13)}.net`;
}

/** A conformance case of Route 53, with what is known of moto. */
export function route53Case(name: string, source: string, run: (target: Target) => Promise<void>): void {
  const moto = motoDivergences.get(name);
  conformanceCase(name, { source, ...(moto !== undefined && { divergences: { moto } }) }, run);
}

/** A case with a zone of its own, which is emptied and deleted in the end. */
export function zoneCase(
  name: string,
  source: string,
  run: (zone: DnsZone, target: Target) => Promise<void>,
): void {
  route53Case(name, source, async (target) => {
    const zone = await createZone(target.clients.route53, newDomain());
    try {
      await run(zone, target);
    } finally {
      await deleteZone(zone);
    }
  });
}

export async function createZone(route53: Route53Client, name: string, vpc?: VPC): Promise<DnsZone> {
  const created = await route53.send(
    new CreateHostedZoneCommand({
      Name: name,
      CallerReference: randomUUID(),
      ...(vpc !== undefined && { VPC: vpc }),
    }),
  );
  const id = bareId(created.HostedZone?.Id);
  return {
    id,
    name,
    route53,
    change: async (...Changes) => {
      const changed = await route53.send(
        new ChangeResourceRecordSetsCommand({ HostedZoneId: id, ChangeBatch: { Changes: [...Changes] } }),
      );
      if (changed.ChangeInfo === undefined) throw new Error('the answer has no ChangeInfo');
      return changed.ChangeInfo;
    },
    recordSets: async () => {
      const listed = await route53.send(new ListResourceRecordSetsCommand({ HostedZoneId: id }));
      return (listed.ResourceRecordSets ?? []).filter(
        ({ Name, Type }) => Name !== `${name}.` || (Type !== 'NS' && Type !== 'SOA'),
      );
    },
  };
}

/** Deletes the zone with all that is in it. */
export async function deleteZone(zone: DnsZone): Promise<void> {
  for (let left = await zone.recordSets(); left.length > 0; left = await zone.recordSets()) {
    await zone.change(...left.map((recordSet) => deleting(withoutEmptyValues(recordSet))));
  }
  await zone.route53.send(new DeleteHostedZoneCommand({ Id: zone.id }));
}

/** `Z1` of `/hostedzone/Z1`. */
export function bareId(id: string | undefined): string {
  return (id ?? '').replace(/^\/\w+\//, '');
}

/** A record set with values of its own and a TTL of one minute. */
export function record(Name: string, Type: RRType, ...values: readonly string[]): ResourceRecordSet {
  return { Name, Type, TTL: 60, ResourceRecords: values.map((Value) => ({ Value })) };
}

export function creating(ResourceRecordSet: ResourceRecordSet): Change {
  return { Action: 'CREATE', ResourceRecordSet };
}

export function deleting(ResourceRecordSet: ResourceRecordSet): Change {
  return { Action: 'DELETE', ResourceRecordSet };
}

export function upserting(ResourceRecordSet: ResourceRecordSet): Change {
  return { Action: 'UPSERT', ResourceRecordSet };
}

/** The error that a client sees for a batch with these things wrong. */
export function invalidChangeBatch(...messages: readonly string[]): object {
  return expectedError('InvalidChangeBatch', `[${messages.join(', ')}]`, 400);
}

/** The error of a call that is expected to fail. */
export async function failureOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => {
      throw new Error('the call succeeded');
    },
    (error: unknown) => error,
  );
}

/** An error by code, message and status. */
export function expectedError(name: string, message: string | RegExp, httpStatusCode: number): object {
  return { name, message: matching(message), $metadata: { httpStatusCode } };
}

function matching(message: string | RegExp): unknown {
  return typeof message === 'string'
    ? message
    : { asymmetricMatch: (text: unknown) => message.test(String(text)), toString: () => String(message) };
}

// The SDK shows an alias with an empty list of values, which the API does not take back.
function withoutEmptyValues(recordSet: ResourceRecordSet): ResourceRecordSet {
  const { ResourceRecords, ...rest } = recordSet;
  return ResourceRecords === undefined || ResourceRecords.length === 0 ? rest : recordSet;
}

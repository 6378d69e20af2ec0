import * as z from 'zod';
import { parseRoleTag } from '../../shared/plan/role-tag.ts';
import type { StoredRole } from '../../shared/reconcile/ports.ts';
import { privateZone, publicZone, reverseZone } from '../simulation/engine/network.ts';
import type { SoakStage } from './stage.ts';

const stateSchema = z.object({
  ec2: z.object({
    instances: z.array(
      z.object({ id: z.string(), state: z.string(), tags: z.record(z.string(), z.string()) }),
    ),
    networkInterfaces: z.array(
      z.object({
        id: z.string(),
        subnetId: z.string(),
        privateIps: z.array(z.object({ address: z.string(), isPrimary: z.boolean() })),
        attachment: z.object({ instanceId: z.string(), deviceIndex: z.number() }).optional(),
      }),
    ),
    addresses: z.array(
      z.object({
        id: z.string(),
        association: z.object({ id: z.string(), networkInterfaceId: z.string() }).optional(),
      }),
    ),
  }),
});

const recordsSchema = z.object({
  ResourceRecordSets: z.array(
    z.object({
      Name: z.string(),
      Type: z.string(),
      ResourceRecords: z.array(z.object({ Value: z.string() })).default([]),
    }),
  ),
});

export interface SeenInstance {
  readonly id: string;
  readonly state: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Roles that it asks for by its tag. */
  readonly roles: readonly string[];
  readonly subnetId: string | undefined;
  readonly primaryIp: string | undefined;
}

export interface SeenRecord {
  readonly zone: string;
  readonly name: string;
  readonly type: string;
  readonly values: readonly string[];
}

/** Where an Elastic IP is. */
export interface SeenAssociation {
  readonly associationId: string;
  readonly instanceId: string | undefined;
}

/** The world as it really is at one moment, and what the controller has written of it. */
export interface Look {
  readonly atMs: number;
  readonly instances: ReadonlyMap<string, SeenInstance>;
  /** By the allocation's id. */
  readonly associations: ReadonlyMap<string, SeenAssociation>;
  readonly records: readonly SeenRecord[];
  readonly roles: readonly StoredRole[];
}

/** Roles of one page; soaks have fewer. */
const rolesMax = 100;

/** Looks over HTTP, without the lag that Describe calls have. */
export async function lookAt(stage: SoakStage): Promise<Look> {
  const { control, store, cloud } = stage;
  const { ec2 } = stateSchema.parse(await control.get('state'));
  const primaries = new Map(
    ec2.networkInterfaces.flatMap((each) =>
      each.attachment?.deviceIndex === 0 ? [[each.attachment.instanceId, each] as const] : [],
    ),
  );
  const carrierOf = new Map(ec2.networkInterfaces.map(({ id, attachment }) => [id, attachment?.instanceId]));
  return {
    atMs: cloud.clock.now(),
    instances: new Map(
      ec2.instances.map(({ id, state, tags }) => {
        const primary = primaries.get(id);
        const primaryIp = primary?.privateIps.find(({ isPrimary }) => isPrimary)?.address;
        const roles = parseRoleTag(tags['role']);
        return [id, { id, state, tags, roles, subnetId: primary?.subnetId, primaryIp }];
      }),
    ),
    associations: new Map(
      ec2.addresses.flatMap(({ id, association }) =>
        association === undefined
          ? []
          : [
              [
                id,
                { associationId: association.id, instanceId: carrierOf.get(association.networkInterfaceId) },
              ],
            ],
      ),
    ),
    records: (
      await Promise.all([publicZone, privateZone, reverseZone].map((zone) => recordsOf(stage, zone)))
    ).flat(),
    roles: (await store.readRoles(await store.listRoles({ after: undefined, max: rolesMax }))).stored,
  };
}

async function recordsOf({ ask, names }: SoakStage, zone: string): Promise<readonly SeenRecord[]> {
  const answer = await ask('route53', 'ListResourceRecordSets', { HostedZoneId: names.get(zone) });
  return recordsSchema.parse(answer).ResourceRecordSets.map(({ Name, Type, ResourceRecords }) => ({
    zone,
    name: Name.replace(/\.$/, ''),
    type: Type,
    values: ResourceRecords.map(({ Value }) => Value),
  }));
}

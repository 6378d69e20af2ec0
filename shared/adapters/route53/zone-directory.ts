import type { HostedZone as AwsHostedZone, Route53Client, VPC } from '@aws-sdk/client-route-53';
import {
  GetHostedZoneCommand,
  ListHostedZonesByNameCommand,
  paginateListHostedZones,
} from '@aws-sdk/client-route-53';
import { isReverseZone, normalizeDnsName } from '../../model/dns-name.ts';
import { ControllerError, isControllerError } from '../../model/errors.ts';
import type { HostedZoneId } from '../../model/ids.ts';
import { hostedZoneIdSchema, vpcIdSchema } from '../../model/ids.ts';
import type { HostedZone, ZoneDirectory } from '../../reconcile/ports.ts';
import { callAws } from '../aws-error.ts';

/** Hosted zones through the SDK. */
export function createZoneDirectory(client: Route53Client): ZoneDirectory {
  const byId = (id: HostedZoneId) => findZone(client, id);
  // Lists do not tell the VPCs of a private zone. One after the other: Route 53 takes ten requests a second.
  const withVpcs = async (listed: readonly AwsHostedZone[]): Promise<readonly HostedZone[]> => {
    const zones: HostedZone[] = [];
    for (const zone of listed.map((each) => toHostedZone(each, []))) {
      zones.push(zone.isPrivate ? ((await byId(zone.id)) ?? zone) : zone);
    }
    return zones;
  };
  return {
    byId,
    // Zones of one name come first and together; more than a page of them is more than an account may have.
    byName: async (name) => {
      const output = await callAws('ListHostedZonesByName', () =>
        client.send(new ListHostedZonesByNameCommand({ DNSName: name })),
      );
      return withVpcs((output.HostedZones ?? []).filter(({ Name = '' }) => normalizeDnsName(Name) === name));
    },
    reverseZones: async () => {
      const all = await callAws('ListHostedZones', () => allZones(client));
      return withVpcs(all.filter(({ Name = '' }) => isReverseZone(normalizeDnsName(Name))));
    },
  };
}

async function allZones(client: Route53Client): Promise<readonly AwsHostedZone[]> {
  const zones: AwsHostedZone[] = [];
  for await (const { HostedZones = [] } of paginateListHostedZones({ client, stopOnSameToken: true }, {}))
    zones.push(...HostedZones);
  return zones;
}

async function findZone(client: Route53Client, id: HostedZoneId): Promise<HostedZone | undefined> {
  try {
    const { HostedZone: zone, VPCs } = await callAws(`GetHostedZone ${id}`, () =>
      client.send(new GetHostedZoneCommand({ Id: id })),
    );
    return zone && toHostedZone(zone, VPCs ?? []);
  } catch (error) {
    if (isControllerError(error) && error.code === 'NoSuchHostedZone') return undefined;
    throw error;
  }
}

function toHostedZone({ Id, Name, Config }: AwsHostedZone, vpcs: readonly VPC[]): HostedZone {
  const id = hostedZoneIdSchema.safeParse(Id?.replace('/hostedzone/', ''));
  if (!id.success || Name === undefined) {
    throw new ControllerError(`Route 53 answered with a hosted zone that has no id or name: ${Id}`, {
      code: 'UnclassifiedAwsError',
      disposition: 'permanent',
    });
  }
  return {
    id: id.data,
    name: normalizeDnsName(Name),
    isPrivate: Config?.PrivateZone ?? false,
    vpcIds: vpcs.flatMap(({ VPCId }) => vpcIdSchema.safeParse(VPCId).data ?? []),
  };
}

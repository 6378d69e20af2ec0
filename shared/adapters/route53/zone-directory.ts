import type { HostedZone as AwsHostedZone, Route53Client } from '@aws-sdk/client-route-53';
import { GetHostedZoneCommand, ListHostedZonesByNameCommand } from '@aws-sdk/client-route-53';
import { normalizeDnsName } from '../../model/dns-name.ts';
import { ControllerError, isControllerError } from '../../model/errors.ts';
import { hostedZoneIdSchema } from '../../model/ids.ts';
import type { HostedZone, ZoneDirectory } from '../../reconcile/ports.ts';
import { callAws } from '../aws-error.ts';

/** Hosted zones through the SDK. */
export function createZoneDirectory(client: Route53Client): ZoneDirectory {
  return {
    // Zones of one name come first and together; more than a page of them is more than an account may have.
    byName: async (name) => {
      const output = await callAws('ListHostedZonesByName', () =>
        client.send(new ListHostedZonesByNameCommand({ DNSName: name })),
      );
      return (output.HostedZones ?? []).flatMap(toHostedZone).filter((zone) => zone.name === name);
    },
    byId: async (id) => {
      try {
        const output = await callAws(`GetHostedZone ${id}`, () =>
          client.send(new GetHostedZoneCommand({ Id: id })),
        );
        return output.HostedZone === undefined ? undefined : toHostedZone(output.HostedZone)[0];
      } catch (error) {
        if (isControllerError(error) && error.code === 'NoSuchHostedZone') return undefined;
        throw error;
      }
    },
  };
}

function toHostedZone({ Id, Name, Config }: AwsHostedZone): HostedZone[] {
  const id = hostedZoneIdSchema.safeParse(Id?.replace('/hostedzone/', ''));
  if (!id.success || Name === undefined) {
    throw new ControllerError(`Route 53 answered with a hosted zone that has no id or name: ${Id}`, {
      code: 'UnclassifiedAwsError',
      disposition: 'permanent',
    });
  }
  return [{ id: id.data, name: normalizeDnsName(Name), isPrivate: Config?.PrivateZone ?? false }];
}

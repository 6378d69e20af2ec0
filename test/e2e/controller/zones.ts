import {
  CreateHostedZoneCommand,
  ListResourceRecordSetsCommand,
  type ResourceRecordSet,
} from '@aws-sdk/client-route-53';
import { stageRegion } from '../../../demo/stage.ts';
import type { Theatre } from './theatre.ts';

/** A private zone of the world's VPC; its id. */
export async function createPrivateZone({ stage }: Theatre, Name: string): Promise<string> {
  const { HostedZone } = await stage.clients.route53.send(
    new CreateHostedZoneCommand({
      Name,
      CallerReference: `private ${Name}`,
      VPC: { VPCId: stage.world.vpcId, VPCRegion: stageRegion },
    }),
  );
  return HostedZone?.Id?.replace('/hostedzone/', '') ?? '';
}

/**
 * The record sets of a zone but its own SOA and NS: by name and type (and set identifier, where there is one) the TTL and
 * the values, or what it is an alias of.
 */
export async function recordsIn(
  { stage }: Theatre,
  zoneId: string,
): Promise<Readonly<Record<string, string>>> {
  const { ResourceRecordSets = [] } = await stage.clients.route53.send(
    new ListResourceRecordSetsCommand({ HostedZoneId: zoneId }),
  );
  return Object.fromEntries(
    ResourceRecordSets.filter(({ Type }) => Type !== 'SOA' && Type !== 'NS').map((each) => [
      keyOf(each),
      contentOf(each),
    ]),
  );
}

function keyOf({ Name = '', Type = 'A', SetIdentifier }: ResourceRecordSet): string {
  const identifier = SetIdentifier === undefined ? '' : ` ${SetIdentifier}`;
  return `${Name.replace(/\.$/, '')} ${Type}${identifier}`;
}

function contentOf({ TTL, ResourceRecords = [], AliasTarget }: ResourceRecordSet): string {
  if (AliasTarget !== undefined) return `alias ${AliasTarget.DNSName}`;
  return [TTL, ...ResourceRecords.map(({ Value }) => Value)].join(' ');
}

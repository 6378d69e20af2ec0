import {
  type Change,
  type ChangeInfo,
  ChangeResourceRecordSetsCommand,
  CreateHostedZoneCommand,
  ListResourceRecordSetsCommand,
  type ResourceRecordSet,
  Route53Client,
  type RRType,
} from '@aws-sdk/client-route-53';
import { type Cloud, createCloud } from '../../../../localcloud/cloud.ts';
import { VirtualClock } from '../../../../localcloud/core/clock.ts';
import { createRequestHandler } from '../../../../localcloud/front/request-handler.ts';
import { createRoute53, type Route53, type Route53Options } from '../../../../localcloud/route53/route53.ts';

/** A cloud that has only Route 53 and whose time stands still, with an SDK client for it. */
interface DnsWorld {
  readonly clock: VirtualClock;
  readonly cloud: Cloud<{ readonly route53: Route53 }>;
  readonly route53: Route53;
  readonly client: Route53Client;
  /** Creates a public zone, or a private one of the VPC; returns its bare id. */
  createZone(name: string, vpcId?: string): Promise<string>;
  change(zoneId: string, ...changes: readonly Change[]): Promise<ChangeInfo>;
  /** `name type identifier` of the record sets in the API's order, without the zone's own NS and SOA. */
  listed(zoneId: string): Promise<readonly string[]>;
  /** Lets all changes so far become INSYNC. */
  sync(): void;
}

export function createDnsWorld(options: Route53Options & { readonly route53SyncMs?: number } = {}): DnsWorld {
  const clock = new VirtualClock();
  const { route53SyncMs = 30_000 } = options;
  const cloud = createCloud({
    clock,
    throttles: false,
    isCheckingInvariants: true,
    lag: { route53SyncMs },
    rooms: (surroundings) => ({ route53: createRoute53(surroundings, options) }),
  });
  const client = new Route53Client({
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    requestHandler: createRequestHandler(cloud.handle),
    maxAttempts: 1,
  });
  let zoneCount = 0;
  return {
    clock,
    cloud,
    route53: cloud.rooms.route53,
    client,
    createZone: async (Name, VPCId) => {
      const CallerReference = `zone ${zoneCount++}`;
      const vpc = VPCId === undefined ? {} : { VPC: { VPCId, VPCRegion: 'us-east-1' as const } };
      const created = await client.send(new CreateHostedZoneCommand({ Name, CallerReference, ...vpc }));
      return (created.HostedZone?.Id ?? '').replace('/hostedzone/', '');
    },
    change: async (HostedZoneId, ...Changes) => {
      const ChangeBatch = { Changes: [...Changes] };
      const changed = await client.send(new ChangeResourceRecordSetsCommand({ HostedZoneId, ChangeBatch }));
      if (changed.ChangeInfo === undefined) throw new Error('the answer has no ChangeInfo');
      return changed.ChangeInfo;
    },
    listed: async (HostedZoneId) => {
      const { ResourceRecordSets = [] } = await client.send(
        new ListResourceRecordSetsCommand({ HostedZoneId }),
      );
      return ResourceRecordSets.filter(({ Type }) => Type !== 'NS' && Type !== 'SOA').map(
        ({ Name, Type, SetIdentifier = '' }) => `${Name} ${Type} ${SetIdentifier}`.trimEnd(),
      );
    },
    sync: () => clock.advanceBy(route53SyncMs),
  };
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

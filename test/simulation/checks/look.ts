import { isGone } from '../../../shared/model/trigger.ts';
import { ipv6ReverseZone, privateZone, publicZone, reverseZone } from '../engine/network.ts';
import type { Stage } from '../engine/stage.ts';

/** One record set as it stands in a zone. */
export interface StandingRecord {
  readonly name: string;
  readonly type: string;
  readonly values: readonly string[];
}

const call = { requestId: 'look', accessKeyId: 'AKIALOOK', traceId: undefined };

/** The real state of the cloud, read without the SDK and without lag. */
export class Look {
  readonly #stage: Stage;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  get #world() {
    return this.#stage.cloud.rooms.ec2.world;
  }

  /** All record sets of a zone. */
  recordsOf(zoneName: string): readonly StandingRecord[] {
    const { cloud, names } = this.#stage;
    const operation = cloud.rooms.route53.operations.get('ListResourceRecordSets');
    const input = { HostedZoneId: names.get(zoneName) };
    const answer = operation?.run(input as never, call);
    const sets: readonly object[] = Reflect.get(Object(answer), 'ResourceRecordSets') ?? [];
    return sets.map((each) => ({
      name: String(Reflect.get(each, 'Name')).replace(/\.$/, ''),
      type: String(Reflect.get(each, 'Type')),
      values: ((Reflect.get(each, 'ResourceRecords') ?? []) as readonly object[]).map((value) =>
        String(Reflect.get(value, 'Value')),
      ),
    }));
  }

  /** All names that have a record in any zone. */
  names(): ReadonlySet<string> {
    const zones = [publicZone, privateZone, reverseZone, ipv6ReverseZone];
    return new Set(zones.flatMap((zone) => this.recordsOf(zone).map(({ name }) => name)));
  }

  associationOf(allocationId: string): string | undefined {
    return this.#world.addresses.get(allocationId)?.association?.id;
  }

  /** The instance that an Elastic IP is with. */
  carrierOf(allocationId: string): string | undefined {
    return this.hostOf(this.#world.addresses.get(allocationId)?.association?.networkInterfaceId);
  }

  /** Ids of the Elastic IPs that carry all of the tags. */
  elasticIpsTagged(tags: Readonly<Record<string, string>>): readonly string[] {
    return [...this.#world.addresses.all()]
      .filter((address) => Object.entries(tags).every(([key, value]) => address.tags.get(key) === value))
      .map(({ id }) => id);
  }

  /** The instance that has a private or an IPv6 address. */
  carrierOfIp(ip: string | undefined): string | undefined {
    return [...this.#world.networkInterfaces.all()].find(
      ({ privateIps, ipv6Addresses }) =>
        privateIps.some(({ address }) => address === ip) || ipv6Addresses.some((address) => address === ip),
    )?.attachment?.instanceId;
  }

  /** The instance that an interface is attached to. */
  hostOf(networkInterfaceId: string | undefined): string | undefined {
    if (networkInterfaceId === undefined) return undefined;
    return this.#world.networkInterfaces.get(networkInterfaceId)?.attachment?.instanceId;
  }

  /** Whether the instance is on its way out or no more: Auto Scaling finds that out by itself. */
  isGone(instanceId: string): boolean {
    return isGone(this.#world.instances.get(instanceId)?.state ?? 'terminated');
  }

  primaryInterfaceOf(instanceId: string): string | undefined {
    return this.#world.instances.get(instanceId)?.networkInterfaceIds[0];
  }

  primaryIpOf(networkInterfaceId: string | undefined): string | undefined {
    if (networkInterfaceId === undefined) return undefined;
    return this.#world.networkInterfaces.get(networkInterfaceId)?.privateIps[0]?.address;
  }

  /** The instance that a route leads to. */
  targetOf(routeTableId: string, destination: string): string | undefined {
    const { routes = [] } = this.#world.routeTables.get(routeTableId) ?? {};
    const target = routes.find((route) => route.destination === destination)?.target;
    return target?.kind === 'network-interface' ? this.hostOf(target.networkInterfaceId) : undefined;
  }

  /** The instances that a target group has. */
  registeredAt(TargetGroupArn: string): readonly string[] {
    const operation = this.#stage.cloud.rooms.elasticLoadBalancing.operations.get('DescribeTargetHealth');
    const answer = operation?.run({ TargetGroupArn } as never, call);
    const health: readonly object[] = Reflect.get(Object(answer), 'TargetHealthDescriptions') ?? [];
    return health.map((each) => String(Reflect.get(Object(Reflect.get(each, 'Target')), 'Id')));
  }

  /** The planted things that are nobody's role. */
  foreign(): string {
    const records = this.recordsOf(privateZone).filter(({ name }) => name.startsWith('foreign.'));
    const association = this.associationOf(this.#stage.names.get('$foreignEip') ?? '');
    return JSON.stringify({ records, association });
  }
}

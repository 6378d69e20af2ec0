import type { Timer } from '../../core/clock.ts';
import type { Surroundings } from '../../core/surroundings.ts';
import { ClientTokens } from './client-tokens.ts';
import { expectWellFormedId, newId, newResourceId, notFound, type ResourceKind } from './ids.ts';
import { Images } from './images.ts';
import { PublicAddresses } from './public-addresses.ts';
import type {
  Address,
  Instance,
  InternetGateway,
  LaunchTemplate,
  NetworkInterface,
  Resource,
  RouteTable,
  SecurityGroup,
  Subnet,
  Volume,
  Vpc,
} from './resources.ts';
import type { ScheduledEvent } from './scheduled-event.ts';
import type { Ec2Settings } from './settings.ts';
import { Shelf } from './shelf.ts';
import { SubnetAddresses } from './subnet-addresses.ts';
import { type Zone, zonesOfRegion } from './zones.ts';

/** A status check that is made to fail. */
export interface Impairment {
  readonly check: 'instance' | 'system' | 'attached-ebs';
  readonly sinceMs: number;
}

/** EC2's state in one account and region: a shelf per kind, and the indexes that writes look things up by. */
export class World {
  #isClosed = false;
  readonly surroundings: Surroundings;
  readonly settings: Ec2Settings;
  readonly zones: readonly Zone[];
  /** By zone name. */
  readonly zoneIds: ReadonlyMap<string, string>;
  readonly vpcs: Shelf<Vpc>;
  readonly subnets: Shelf<Subnet>;
  readonly internetGateways: Shelf<InternetGateway>;
  readonly routeTables: Shelf<RouteTable>;
  readonly securityGroups: Shelf<SecurityGroup>;
  readonly networkInterfaces: Shelf<NetworkInterface>;
  readonly addresses: Shelf<Address>;
  readonly instances: Shelf<Instance>;
  readonly volumes: Shelf<Volume>;
  readonly launchTemplates: Shelf<LaunchTemplate>;
  readonly images: Images;
  readonly publicAddresses: PublicAddresses;
  readonly subnetAddresses: SubnetAddresses;
  readonly clientTokens = new ClientTokens();
  /** The one planned state change of each instance that is on its way from state to state. */
  readonly transitions = new Map<string, Timer>();
  /** The ids of instance profiles by ARN; that there is such a profile is not checked. */
  readonly profileIds = new Map<string, string>();
  readonly impairments = new Map<string, readonly Impairment[]>();
  /** Those that have not ended. */
  readonly scheduledEvents = new Set<ScheduledEvent>();

  readonly gatewayByVpc: ReadonlyMap<string, string>;
  readonly defaultSubnetByZone: ReadonlyMap<string, string>;
  readonly defaultVpc: ReadonlyMap<string, string>;
  readonly groupByName: ReadonlyMap<string, string>;
  /** By {@link privateIpKey}. */
  readonly interfaceByPrivateIp: ReadonlyMap<string, string>;
  readonly interfaceByIpv6: ReadonlyMap<string, string>;
  readonly interfaceByAttachment: ReadonlyMap<string, string>;
  readonly addressByPublicIp: ReadonlyMap<string, string>;
  readonly addressByAssociation: ReadonlyMap<string, string>;
  /** By interface and private address: at most one Elastic IP each. */
  readonly addressByTarget: ReadonlyMap<string, string>;
  readonly mainRouteTableByVpc: ReadonlyMap<string, string>;
  readonly routeTableBySubnet: ReadonlyMap<string, string>;
  readonly routeTableByAssociation: ReadonlyMap<string, string>;
  readonly launchTemplateByName: ReadonlyMap<string, string>;

  constructor(surroundings: Surroundings, settings: Ec2Settings) {
    this.surroundings = surroundings;
    this.settings = settings;
    this.zones = zonesOfRegion(surroundings.region, settings.zoneLetters);
    this.zoneIds = new Map(this.zones.map(({ name, id }) => [name, id]));
    this.vpcs = this.#shelf('vpcs');
    this.subnets = this.#shelf('subnets');
    this.internetGateways = this.#shelf('internetGateways');
    this.routeTables = this.#shelf('routeTables');
    this.securityGroups = this.#shelf('securityGroups');
    this.networkInterfaces = this.#shelf('networkInterfaces');
    this.addresses = this.#shelf('addresses');
    this.instances = this.#shelf('instances');
    this.volumes = this.#shelf('volumes');
    this.launchTemplates = this.#shelf('launchTemplates');
    this.images = new Images(surroundings.accountId);
    this.publicAddresses = new PublicAddresses(surroundings.random.fork('public-addresses'));
    this.subnetAddresses = new SubnetAddresses(surroundings.random.fork('subnet-addresses'));

    this.defaultVpc = this.vpcs.indexBy((vpc) => (vpc.isDefault ? ['default'] : []));
    this.gatewayByVpc = this.internetGateways.indexBy(({ vpcId }) => (vpcId === undefined ? [] : [vpcId]));
    this.defaultSubnetByZone = this.subnets.indexBy((subnet) =>
      subnet.isDefaultForZone ? [subnet.availabilityZone] : [],
    );
    this.groupByName = this.securityGroups.indexBy((group) => [`${group.vpcId}/${group.name}`]);
    this.interfaceByPrivateIp = this.networkInterfaces.indexBy((eni) =>
      eni.privateIps.map(({ address }) => privateIpKey(eni.vpcId, address)),
    );
    this.interfaceByIpv6 = this.networkInterfaces.indexBy((eni) => eni.ipv6Addresses);
    this.interfaceByAttachment = this.networkInterfaces.indexBy(({ attachment }) =>
      attachment === undefined ? [] : [attachment.id],
    );
    this.addressByPublicIp = this.addresses.indexBy(({ publicIp }) => [publicIp]);
    this.addressByAssociation = this.addresses.indexBy(({ association }) =>
      association === undefined ? [] : [association.id],
    );
    this.addressByTarget = this.addresses.indexBy(({ association }) =>
      association === undefined
        ? []
        : [targetKey(association.networkInterfaceId, association.privateIpAddress)],
    );
    this.mainRouteTableByVpc = this.routeTables.indexBy((table) =>
      table.associations.some(({ subnetId }) => subnetId === undefined) ? [table.vpcId] : [],
    );
    this.routeTableBySubnet = this.routeTables.indexBy((table) =>
      table.associations.flatMap(({ subnetId }) => (subnetId === undefined ? [] : [subnetId])),
    );
    this.routeTableByAssociation = this.routeTables.indexBy((table) =>
      table.associations.map(({ id }) => id),
    );
    this.launchTemplateByName = this.launchTemplates.indexBy(({ name }) => [name]);
  }

  nowMs(): number {
    return this.surroundings.clock.now();
  }

  /** Now as EC2 tells it: in whole seconds. */
  timestamp(): Date {
    return new Date(Math.floor(this.nowMs() / 1_000) * 1_000);
  }

  /** Runs the task some time from now, unless the world is closed by then. */
  after(delayMs: number, task: () => void): Timer {
    return this.surroundings.clock.after(delayMs, () => {
      if (!this.#isClosed) task();
    });
  }

  /** Nothing happens in it by itself any more. */
  close(): void {
    this.#isClosed = true;
  }

  newResourceId(kind: ResourceKind): string {
    return newResourceId(kind, this.surroundings.random);
  }

  newId(prefix: string): string {
    return newId(prefix, this.surroundings.random);
  }

  arn(kind: ResourceKind, id: string): string {
    const { partition, region, accountId } = this.surroundings;
    return `arn:${partition}:ec2:${region}:${accountId}:${kind}/${id}`;
  }

  /** The shelf of a kind, for what all kinds share: tags and lookups. */
  shelf(kind: ResourceKind): Shelf<Resource> {
    const shelves: Readonly<Record<ResourceKind, unknown>> = {
      instance: this.instances,
      'network-interface': this.networkInterfaces,
      'elastic-ip': this.addresses,
      vpc: this.vpcs,
      subnet: this.subnets,
      'internet-gateway': this.internetGateways,
      'route-table': this.routeTables,
      'security-group': this.securityGroups,
      volume: this.volumes,
      'launch-template': this.launchTemplates,
    };
    // Callers only change what Resource has, and put back the snapshot they got.
    return shelves[kind] as Shelf<Resource>;
  }

  #shelf<T extends Resource>(name: string): Shelf<T> {
    const { clock, random, lag } = this.surroundings;
    const delays = random.fork(`lag of ${name}`);
    return new Shelf({
      now: () => clock.now(),
      nextDelayMs: () => {
        const { describeMs } = lag();
        return describeMs > 0 ? delays.next() * describeMs : 0;
      },
    });
  }
}

/** Private addresses are unique within a VPC, not between VPCs. */
export function privateIpKey(vpcId: string, address: string): string {
  return `${vpcId}/${address}`;
}

export function targetKey(networkInterfaceId: string, privateIpAddress: string): string {
  return `${networkInterfaceId}/${privateIpAddress}`;
}

/** The resource with this id in the real state; throws the kind's Malformed or NotFound error. */
export function expectResource<T extends Resource>(shelf: Shelf<T>, kind: ResourceKind, id: string): T {
  expectWellFormedId(kind, id);
  const resource = shelf.get(id);
  if (resource === undefined) throw notFound(kind, [id]);
  return resource;
}

/** As {@link expectResource} for many: the error names every id that is missing. Repeated ids count once. */
export function expectResources<T extends Resource>(
  shelf: Shelf<T>,
  kind: ResourceKind,
  ids: readonly string[],
): T[] {
  const distinct = [...new Set(ids)];
  for (const id of distinct) expectWellFormedId(kind, id);
  const resources = distinct.flatMap((id) => shelf.get(id) ?? []);
  if (resources.length < distinct.length)
    throw notFound(
      kind,
      distinct.filter((id) => shelf.get(id) === undefined),
    );
  return resources;
}

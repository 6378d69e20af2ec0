import type { AddressChange } from '../../shared/model/change.ts';
import type { AllocationId, InstanceId, RoleName } from '../../shared/model/ids.ts';
import type {
  Observed,
  ObservedElasticIp,
  ObservedInstance,
  ObservedNetwork,
} from '../../shared/model/observed.ts';
import { noNetwork } from '../../shared/model/observed.ts';
import type { WrittenAssociation } from '../../shared/model/role-state.ts';
import type { Ec2, NetworkNeeds } from '../../shared/reconcile/ports.ts';
import type { Ec2World } from './memory-ec2-world.ts';
import { afterChange, interfacesIn } from './memory-ec2-world.ts';
import type { Script } from './script.ts';

/**
 * Instances, Elastic IPs and the network, as far as the controller sees them.
 *
 * - Reads tell the world as it is; `instancesTagged` finds a role's name anywhere in the tag, `network` only what was asked
 *   for.
 * - A change has the effect and the conflicts that `afterChange` says. It is entered in the script by its kind, except that
 *   associating an Elastic IP is `associate` and names the address and the instance.
 */
export class MemoryEc2 implements Ec2 {
  readonly #script: Script;
  #world: Ec2World = { instances: [], elasticIps: [], network: noNetwork };
  #statusChecks: Observed['statusChecks'] = {};
  #imageOwners: Observed['imageOwners'] = {};
  #serial = 100;

  constructor(script: Script) {
    this.#script = script;
  }

  /** All there is. */
  get world(): Ec2World {
    return this.#world;
  }

  /** Adds an instance, or changes it. */
  put(...instances: readonly ObservedInstance[]): void {
    const byId = new Map([...this.#world.instances, ...instances].map((each) => [each.instanceId, each]));
    this.#world = { ...this.#world, instances: [...byId.values()] };
  }

  putElasticIp(...elasticIps: readonly ObservedElasticIp[]): void {
    const all = [...this.#world.elasticIps, ...elasticIps];
    const byId = new Map(all.map((each) => [each.allocationId, each]));
    this.#world = { ...this.#world, elasticIps: [...byId.values()] };
  }

  /** Sets what the network consists of besides the interfaces of the instances. */
  putNetwork(network: Partial<ObservedNetwork>): void {
    this.#world = { ...this.#world, network: { ...this.#world.network, ...network } };
  }

  putStatusChecks(statusChecks: Observed['statusChecks']): void {
    this.#statusChecks = { ...this.#statusChecks, ...statusChecks };
  }

  putImageOwners(imageOwners: Observed['imageOwners']): void {
    this.#imageOwners = { ...this.#imageOwners, ...imageOwners };
  }

  /** The instance ends: its Elastic IPs and addresses are free again, an interface that was attached later is kept. */
  terminate(instanceId: InstanceId): void {
    const instance = this.#world.instances.find((each) => each.instanceId === instanceId);
    const kept = interfacesIn(this.#world)
      .filter(({ attachment }) => attachment?.instanceId === instanceId && attachment.deviceIndex > 0)
      .map(({ attachment: _, ...available }) => available);
    const keptIds = new Set(kept.map(({ networkInterfaceId }) => networkInterfaceId));
    if (instance !== undefined) {
      this.put({ ...instance, state: 'terminated', privateIps: [], attachments: [] });
    }
    const others = this.#world.network.interfaces.filter(
      (each) => each.attachment?.instanceId !== instanceId && !keptIds.has(each.networkInterfaceId),
    );
    this.putNetwork({ interfaces: [...others, ...kept] });
    for (const { association, ...elasticIp } of this.#world.elasticIps) {
      const isLost = association?.instanceId === instanceId && !keptIds.has(association.networkInterfaceId);
      if (isLost) this.putElasticIp(elasticIp);
    }
  }

  /** Who carries the Elastic IP. */
  carrierOf(allocationId: AllocationId): InstanceId | undefined {
    return this.#world.elasticIps.find((each) => each.allocationId === allocationId)?.association?.instanceId;
  }

  readonly roleTags = async (instanceIds: readonly InstanceId[]) => {
    await this.#script.enter('roleTags', instanceIds.join());
    return new Map(
      this.#known(instanceIds).flatMap(({ instanceId, tags }) =>
        tags['role'] === undefined ? [] : [[instanceId, tags['role']] as const],
      ),
    );
  };

  readonly instancesTagged = async (roles: readonly RoleName[]): Promise<readonly ObservedInstance[]> => {
    await this.#script.enter('instancesTagged', roles.join());
    return this.#world.instances.filter(({ tags }) => roles.some((role) => tags['role']?.includes(role)));
  };

  readonly instancesById = async (
    instanceIds: readonly InstanceId[],
  ): Promise<readonly ObservedInstance[]> => {
    await this.#script.enter('instancesById', instanceIds.join());
    return this.#known(instanceIds);
  };

  readonly elasticIps = async (): Promise<readonly ObservedElasticIp[]> => {
    await this.#script.enter('elasticIps');
    return this.#world.elasticIps;
  };

  readonly network = async (needs: NetworkNeeds): Promise<ObservedNetwork> => {
    await this.#script.enter('network');
    const { network } = this.#world;
    const interfaces = interfacesIn(this.#world).filter(
      ({ networkInterfaceId, privateIps, ipv6s }) =>
        needs.networkInterfaceIds.includes(networkInterfaceId) ||
        privateIps.some((each) => needs.privateIps.includes(each)) ||
        ipv6s.some((each) => needs.ipv6s.includes(each)),
    );
    return {
      interfaces,
      routeTables: network.routeTables.filter((each) => needs.routeTableIds.includes(each.routeTableId)),
      subnets: network.subnets.filter(({ subnetId }) => needs.subnetIds.includes(subnetId)),
      limits: only(network.limits, needs.instanceTypes),
      targets: network.targets.filter((each) => needs.targetGroupArns.includes(each.targetGroupArn)),
      reverseNames: Object.fromEntries(
        needs.reverseNamesOf.map((id) => [id, network.reverseNames[id] ?? ('' as const)]),
      ),
    };
  };

  readonly statusChecks = async (instanceIds: readonly InstanceId[]): Promise<Observed['statusChecks']> => {
    await this.#script.enter('statusChecks', instanceIds.join());
    return only(this.#statusChecks, instanceIds);
  };

  readonly imageOwners = async (imageIds: readonly string[]): Promise<Observed['imageOwners']> => {
    await this.#script.enter('imageOwners', imageIds.join());
    return only(this.#imageOwners, imageIds);
  };

  readonly make = async (change: AddressChange): Promise<WrittenAssociation | undefined> => {
    if (change.kind !== 'associate-address') {
      await this.#script.enter(change.kind, subjectOf(change));
      this.#make(change);
      return undefined;
    }
    const { allocationId, networkInterfaceId, privateIp } = change;
    await this.#script.enter('associate', `${allocationId} ${change.instanceId}`);
    this.#make(change);
    const associated = this.#world.elasticIps.find((each) => each.allocationId === allocationId)?.association;
    if (associated === undefined) throw new Error(`${allocationId} was not associated`);
    return { allocationId, associationId: associated.associationId, networkInterfaceId, privateIp };
  };

  #make(change: AddressChange): void {
    this.#serial += 1;
    this.#world = afterChange(this.#world, change, this.#serial);
  }

  #known(instanceIds: readonly InstanceId[]): readonly ObservedInstance[] {
    const byId = new Map(this.#world.instances.map((each) => [each.instanceId, each]));
    return instanceIds.flatMap((id) => byId.get(id) ?? []);
  }
}

function subjectOf(change: AddressChange): string {
  return 'instanceId' in change ? change.instanceId : change.allocationId;
}

function only<Fact>(
  facts: Readonly<Record<string, Fact>>,
  keys: readonly string[],
): Readonly<Record<string, Fact>> {
  return Object.fromEntries(Object.entries(facts).filter(([key]) => keys.includes(key)));
}

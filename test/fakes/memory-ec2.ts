import type { AssociateAddress } from '../../shared/model/change.ts';
import { ControllerError } from '../../shared/model/errors.ts';
import type { AllocationId, AssociationId, InstanceId, RoleName } from '../../shared/model/ids.ts';
import type { ObservedElasticIp, ObservedInstance } from '../../shared/model/observed.ts';
import { isGone } from '../../shared/model/trigger.ts';
import type { Ec2 } from '../../shared/reconcile/ports.ts';
import { associationId } from '../builders/observed.ts';
import type { Script } from './script.ts';

/**
 * Instances and Elastic IPs, as far as the controller sees them.
 *
 * - Reads tell the world as it is; `instancesTagged` finds a role's name anywhere in the tag.
 * - Associating needs the address, an interface of an instance that is not gone, and leave to reassociate when the
 *   address is elsewhere; anything else is a `conflict`, as from AWS.
 * - A private address carries one Elastic IP: associating another evicts the first.
 */
export class MemoryEc2 implements Ec2 {
  readonly #script: Script;
  readonly #instances = new Map<InstanceId, ObservedInstance>();
  readonly #elasticIps = new Map<AllocationId, ObservedElasticIp>();
  #associations = 100;

  constructor(script: Script) {
    this.#script = script;
  }

  /** Adds an instance, or changes it. */
  put(...instances: readonly ObservedInstance[]): void {
    for (const instance of instances) this.#instances.set(instance.instanceId, instance);
  }

  putElasticIp(...elasticIps: readonly ObservedElasticIp[]): void {
    for (const elasticIp of elasticIps) this.#elasticIps.set(elasticIp.allocationId, elasticIp);
  }

  /** The instance ends: its Elastic IPs are free again. */
  terminate(instanceId: InstanceId): void {
    const instance = this.#instances.get(instanceId);
    if (instance !== undefined) this.put({ ...instance, state: 'terminated', privateIps: [] });
    for (const { association, ...elasticIp } of this.#elasticIps.values()) {
      if (association?.instanceId === instanceId) this.putElasticIp(elasticIp);
    }
  }

  /** Who carries the Elastic IP. */
  carrierOf(allocationId: AllocationId): InstanceId | undefined {
    return this.#elasticIps.get(allocationId)?.association?.instanceId;
  }

  readonly roleTags = async (instanceIds: readonly InstanceId[]) => {
    await this.#script.enter('roleTags', instanceIds.join());
    return new Map(
      instanceIds.flatMap((id) => {
        const tag = this.#instances.get(id)?.tags['role'];
        return tag === undefined ? [] : [[id, tag] as const];
      }),
    );
  };

  readonly instancesTagged = async (roles: readonly RoleName[]): Promise<readonly ObservedInstance[]> => {
    await this.#script.enter('instancesTagged', roles.join());
    return [...this.#instances.values()].filter(({ tags }) =>
      roles.some((role) => tags['role']?.includes(role)),
    );
  };

  readonly instancesById = async (
    instanceIds: readonly InstanceId[],
  ): Promise<readonly ObservedInstance[]> => {
    await this.#script.enter('instancesById', instanceIds.join());
    return instanceIds.flatMap((id) => this.#instances.get(id) ?? []);
  };

  readonly elasticIps = async (): Promise<readonly ObservedElasticIp[]> => {
    await this.#script.enter('elasticIps');
    return [...this.#elasticIps.values()];
  };

  readonly associate = async (change: AssociateAddress): Promise<AssociationId> => {
    const { allocationId, networkInterfaceId, privateIp } = change;
    await this.#script.enter('associate', `${allocationId} ${change.instanceId}`);
    const elasticIp = this.#elasticIps.get(allocationId);
    if (elasticIp === undefined) throw conflict('InvalidAllocationID.NotFound');
    const target = [...this.#instances.values()].find(
      ({ state, privateIps }) =>
        !isGone(state) &&
        privateIps.some(
          (each) => each.networkInterfaceId === networkInterfaceId && each.privateIp === privateIp,
        ),
    );
    if (target === undefined) throw conflict('InvalidNetworkInterfaceID.NotFound');
    if (elasticIp.association !== undefined && !change.allowReassociation) {
      throw conflict('Resource.AlreadyAssociated');
    }
    this.#evictFrom(change);
    this.#associations += 1;
    const id = associationId(this.#associations);
    const { instanceId } = target;
    const association = { associationId: id, networkInterfaceId, privateIp, instanceId };
    this.putElasticIp({ ...elasticIp, association });
    return id;
  };

  #evictFrom({ networkInterfaceId, privateIp }: AssociateAddress): void {
    for (const { association, ...elasticIp } of this.#elasticIps.values()) {
      if (association?.networkInterfaceId === networkInterfaceId && association.privateIp === privateIp) {
        this.putElasticIp(elasticIp);
      }
    }
  }
}

function conflict(code: string): ControllerError {
  return new ControllerError(`AssociateAddress: ${code}`, { code, disposition: 'conflict' });
}

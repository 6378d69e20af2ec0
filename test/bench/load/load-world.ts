import type { VirtualClock } from '../../../localcloud/core/clock.ts';
import { passTime } from '../../../localcloud/core/pass-time.ts';
import type { Key } from '../../../shared/adapters/dynamodb/keys.ts';
import { directoryKey, instanceRoleKey, specKey, stateKey } from '../../../shared/adapters/dynamodb/keys.ts';
import type { Item, Table } from '../../../shared/adapters/dynamodb/table.ts';
import { hostedZoneIdSchema, instanceIdSchema, roleNameSchema } from '../../../shared/model/ids.ts';
import { roleSpecSchema } from '../../../shared/model/role-spec.ts';
import type { Ask } from '../../simulation/engine/ask.ts';
import { textAt } from '../../simulation/engine/ask.ts';
import type { LoadNetwork } from './load-network.ts';
import { buildLoadNetwork, zoneName } from './load-network.ts';

/** One role of a world, with everything that is meant for it. */
export interface LoadRole {
  readonly name: string;
  readonly recordName: string;
  /** The first is in zone a and holds the role to begin with. */
  readonly instanceIds: readonly string[];
  readonly allocationId: string | undefined;
}

/** How a world is made. */
export interface WorldPlan {
  readonly instancesPerRole: number;
  /** One role in so many has an Elastic IP; every role has a record. */
  readonly rolesPerElasticIp: number;
}

interface WorldParts {
  readonly ask: Ask;
  readonly table: Table;
  readonly clock: VirtualClock;
}

/** A role with where it stands when it is settled. */
interface Settled {
  readonly role: LoadRole;
  readonly privateIp: string;
  readonly association: object | undefined;
}

const ttlSeconds = 60;
const recordsOfBatch = 400;
/** Until every instance runs. */
const launchMs = 60_000;

/** Roles that stand as they should, each held by its first instance, all written and settled. It only grows. */
export class LoadWorld {
  readonly roles: LoadRole[] = [];
  readonly network: LoadNetwork;
  readonly #parts: WorldParts;

  private constructor(parts: WorldParts, network: LoadNetwork) {
    this.#parts = parts;
    this.network = network;
  }

  static async open(parts: WorldParts): Promise<LoadWorld> {
    return new LoadWorld(parts, await buildLoadNetwork(parts.ask));
  }

  get instances(): number {
    return this.roles.reduce((sum, { instanceIds }) => sum + instanceIds.length, 0);
  }

  /** Adds roles until there are so many. */
  async grow(rolesCount: number, plan: WorldPlan): Promise<void> {
    const launched = [];
    for (let number = this.roles.length; number < rolesCount; number += 1) {
      launched.push(await this.#launch(number, plan));
    }
    await passTime(this.#parts.clock, launchMs);
    const settled: Settled[] = [];
    for (const each of launched) settled.push({ ...each, association: await this.#associate(each) });
    await this.#createRecords(settled);
    await this.#parts.table.batchPut(settled.flatMap((each) => this.#rowsOf(each)));
    this.roles.push(...settled.map(({ role }) => role));
  }

  async #launch(number: number, { instancesPerRole, rolesPerElasticIp }: WorldPlan) {
    const { ask } = this.#parts;
    const name = `role-${String(number).padStart(5, '0')}`;
    // One in zone a, one in zone b, the rest in zone c.
    const counts = [1, Math.min(1, instancesPerRole - 1), Math.max(0, instancesPerRole - 2)];
    const instances: object[] = [];
    for (const [index, count] of counts.entries()) {
      if (count === 0) continue;
      const { Instances } = await ask('ec2', 'RunInstances', {
        ImageId: 'ami-0abcdef1234567890',
        InstanceType: 't3.micro',
        SubnetId: this.network.subnetIds[index],
        MinCount: count,
        MaxCount: count,
        TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'role', Value: name }] }],
      });
      if (Array.isArray(Instances)) instances.push(...Instances);
    }
    const hasElasticIp = number % rolesPerElasticIp === 0;
    const allocationId = hasElasticIp
      ? textAt(await ask('ec2', 'AllocateAddress', { Domain: 'vpc' }), 'AllocationId')
      : undefined;
    const recordName = `${scattered(number)}.${zoneName}`;
    const instanceIds = instances.map((each) => textAt(each, 'InstanceId'));
    return {
      role: { name, recordName, instanceIds, allocationId },
      privateIp: textAt(instances[0], 'PrivateIpAddress'),
      networkInterfaceId: textAt(instances[0], 'NetworkInterfaces 0 NetworkInterfaceId'),
    };
  }

  async #associate(launched: {
    readonly role: LoadRole;
    readonly privateIp: string;
    readonly networkInterfaceId: string;
  }): Promise<object | undefined> {
    const { role, privateIp, networkInterfaceId } = launched;
    const { allocationId } = role;
    if (allocationId === undefined) return undefined;
    const answer = await this.#parts.ask('ec2', 'AssociateAddress', {
      AllocationId: allocationId,
      NetworkInterfaceId: networkInterfaceId,
      PrivateIpAddress: privateIp,
    });
    return { allocationId, associationId: textAt(answer, 'AssociationId'), networkInterfaceId, privateIp };
  }

  async #createRecords(settled: readonly Settled[]): Promise<void> {
    for (let first = 0; first < settled.length; first += recordsOfBatch) {
      const Changes = settled.slice(first, first + recordsOfBatch).map(({ role, privateIp }) => ({
        Action: 'CREATE',
        ResourceRecordSet: {
          Name: role.recordName,
          Type: 'A',
          TTL: ttlSeconds,
          ResourceRecords: [{ Value: privateIp }],
        },
      }));
      const HostedZoneId = this.network.zoneId;
      await this.#parts.ask('route53', 'ChangeResourceRecordSets', {
        HostedZoneId,
        ChangeBatch: { Changes },
      });
    }
  }

  /** What the controller would have in its table, had it done all this. */
  #rowsOf({ role, privateIp, association }: Settled): readonly (Key & Item)[] {
    const name = roleNameSchema.parse(role.name);
    const zoneId = hostedZoneIdSchema.parse(this.network.zoneId);
    const [holder = ''] = role.instanceIds;
    const spec = roleSpecSchema.parse({
      addresses: role.allocationId === undefined ? [] : [{ elasticIp: role.allocationId }],
      records: [{ zone: zoneName, name: role.recordName, value: 'privateIp', ttl: ttlSeconds }],
    });
    const content = { kind: 'values', ttlSeconds, values: [privateIp] };
    const atMs = this.#parts.clock.now();
    const written = {
      associations: association === undefined ? [] : [association],
      placements: [],
      records: [{ zoneId, name: role.recordName, type: 'A', content }],
    };
    const slot = {
      slot: 0,
      holder,
      generation: 1,
      claimedAtMs: atMs,
      settledAtMs: atMs,
      intent: [],
      written,
    };
    return [
      { ...directoryKey(name) },
      { ...specKey(name), name, spec, version: 1, zoneIds: { [zoneName]: zoneId }, reverseZones: [] },
      { ...stateKey(name), slots: [slot], askedAgain: 0, revision: 2, unfit: [] },
      { ...instanceRoleKey(instanceIdSchema.parse(holder), name) },
    ];
  }
}

/** Names of records stand in another order than those of their roles: the hard case for who reads a zone by pages. */
function scattered(number: number): string {
  return `n${String((number * 7_919) % 99_991).padStart(5, '0')}`;
}

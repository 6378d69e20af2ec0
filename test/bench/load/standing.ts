import { createRoleStore } from '../../../shared/adapters/dynamodb/role-store.ts';
import { roleNameSchema } from '../../../shared/model/ids.ts';
import type { Answer } from '../../simulation/engine/ask.ts';
import type { LoadStage } from './load-stage.ts';
import type { LoadRole } from './load-world.ts';

/** How one role really stands: in the table, in EC2, in Route 53. */
export interface Standing {
  readonly role: LoadRole;
  readonly holder: string | undefined;
  /** An unsettled claim, or one that meant changes. */
  readonly isUnsettled: boolean;
  /** The instance that the Elastic IP is with; undefined when there is no such address. */
  readonly addressAt: string | undefined;
  readonly recordValue: string | undefined;
}

const rolesOfRead = 500;

/** Asks the cloud itself, past the limits. */
export async function readStandings(stage: LoadStage): Promise<readonly Standing[]> {
  const { world, table, time } = stage;
  const store = createRoleStore(table, { historyDays: 1, goneInstanceDays: 1 }, () => time.now());
  const holderOf = new Map<string, Pick<Standing, 'holder' | 'isUnsettled'>>();
  for (let first = 0; first < world.roles.length; first += rolesOfRead) {
    const names = world.roles.slice(first, first + rolesOfRead).map(({ name }) => roleNameSchema.parse(name));
    const { stored } = await store.readRoles(names);
    for (const { role, state } of stored) {
      const [slot] = state.slots;
      const isUnsettled = state.lease !== undefined || (slot?.intent.length ?? 0) > 0;
      holderOf.set(role.name, { holder: slot?.holder, isUnsettled });
    }
  }
  const addresses = await addressesByAllocation(stage);
  const records = await recordsByName(stage);
  return world.roles.map((role) => ({
    role,
    holder: undefined,
    isUnsettled: true,
    ...holderOf.get(role.name),
    addressAt: addresses.get(role.allocationId ?? ''),
    recordValue: records.get(`${role.recordName}.`),
  }));
}

/** What is wrong with a role that the given instance should hold, in words; undefined when nothing is. */
export function faultOf(
  { role, holder, isUnsettled, addressAt, recordValue }: Standing,
  expected: { readonly instanceId: string; readonly privateIp: string },
): string | undefined {
  const { instanceId, privateIp } = expected;
  if (holder !== instanceId) return `${role.name} is held by ${holder} instead of ${instanceId}`;
  if (isUnsettled) return `${role.name} is not settled`;
  if (role.allocationId !== undefined && addressAt !== instanceId)
    return `the address of ${role.name} is with ${addressAt} instead of ${instanceId}`;
  if (recordValue !== privateIp) return `${role.recordName} is ${recordValue} instead of ${privateIp}`;
  return undefined;
}

/** The private address of each instance, whatever its state. */
export function privateIpsOf({ cloud }: LoadStage): ReadonlyMap<string, string> {
  const { networkInterfaces } = cloud.rooms.ec2.world;
  return new Map(
    [...networkInterfaces.all()].flatMap(({ attachment, privateIps: [primary] }) =>
      attachment?.instanceId === undefined || primary === undefined
        ? []
        : [[attachment.instanceId, primary.address] as const],
    ),
  );
}

async function addressesByAllocation({ ask }: LoadStage): Promise<ReadonlyMap<string, string>> {
  const { Addresses } = await ask('ec2', 'DescribeAddresses', {});
  return new Map(
    listOf(Addresses).flatMap(({ AllocationId, InstanceId }) =>
      typeof AllocationId === 'string' && typeof InstanceId === 'string'
        ? [[AllocationId, InstanceId] as const]
        : [],
    ),
  );
}

async function recordsByName({ ask, world }: LoadStage): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  let next: Answer = {};
  do {
    const page = await ask('route53', 'ListResourceRecordSets', {
      HostedZoneId: world.network.zoneId,
      ...next,
    });
    for (const { Name, Type, ResourceRecords } of listOf(page['ResourceRecordSets'])) {
      if (Type === 'A')
        found.set(
          String(Name),
          listOf(ResourceRecords)
            .map(({ Value }) => Value)
            .join(' '),
        );
    }
    next =
      page['IsTruncated'] === true
        ? { StartRecordName: page['NextRecordName'], StartRecordType: page['NextRecordType'] }
        : {};
  } while ('StartRecordName' in next);
  return found;
}

function listOf(answer: unknown): readonly Answer[] {
  return Array.isArray(answer) ? answer : [];
}

import pLimit from 'p-limit';
import type { AssociateAddress, Change, ChangeRecord } from '../model/change.ts';
import type { ControllerError } from '../model/errors.ts';
import { ControllerError as Failure, toControllerError } from '../model/errors.ts';
import type { HostedZoneId, RoleName } from '../model/ids.ts';
import type { WrittenAssociation } from '../model/role-state.ts';
import type { Ports } from './ports.ts';

/** A role whose claim is ours, with the changes that it meant to make. */
export interface ToApply {
  readonly role: RoleName;
  readonly generation: number;
  readonly leaseExpiresAtMs: number;
  readonly changes: readonly Change[];
}

export interface Applied {
  readonly done: readonly Change[];
  readonly associations: readonly WrittenAssociation[];
  readonly errors: readonly ControllerError[];
}

/** EC2 refills its bucket for address calls with 5 a second, after a burst of 50. */
const ec2CallsMax = 10;

/** No call is begun with less of the lease left than a slow call takes: EC2 cannot be fenced by the generation. */
const leaseMarginMs = 5_000;

/** Route 53 takes 1,000 records a batch; a replacement counts twice. */
const changesPerBatchMax = 400;

/** Makes the changes of all roles: EC2 side by side, Route 53 in one batch per zone. Failures stay with their role. */
export async function apply(
  ports: Ports,
  claims: readonly ToApply[],
): Promise<ReadonlyMap<RoleName, Applied>> {
  const results = new Map(claims.map(({ role }) => [role, new Results()] as const));
  const resultsOf = ({ role }: ToApply) => results.get(role) ?? new Results();
  const limit = pLimit(ec2CallsMax);
  const addresses = claims.flatMap((claim) =>
    claim.changes
      .filter((change) => change.kind === 'associate-address')
      .map((change) => limit(() => resultsOf(claim).take(() => associate(ports, claim, change)))),
  );
  const records = [...byZone(claims)].flatMap(([zoneId, parts]) =>
    batches(parts).map((batch) => changeRecords(ports, zoneId, batch, resultsOf)),
  );
  await Promise.all([...addresses, ...records]);
  return results;
}

class Results implements Applied {
  readonly done: Change[] = [];
  readonly associations: WrittenAssociation[] = [];
  readonly errors: ControllerError[] = [];

  async take(
    work: () => Promise<{ done: readonly Change[]; association?: WrittenAssociation }>,
  ): Promise<void> {
    try {
      const { done, association } = await work();
      this.done.push(...done);
      if (association !== undefined) this.associations.push(association);
    } catch (error) {
      this.errors.push(toControllerError(error));
    }
  }
}

async function associate({ ec2, surroundings }: Ports, claim: ToApply, change: AssociateAddress) {
  checkLease(surroundings.now(), claim);
  const associationId = await ec2.associate(change);
  if (surroundings.now() >= claim.leaseExpiresAtMs) {
    throw new Failure(`the lease of ${claim.role} ran out during AssociateAddress; looking again`, {
      code: 'LeaseRanOut',
      disposition: 'conflict',
    });
  }
  const { allocationId, networkInterfaceId, privateIp } = change;
  return { done: [change], association: { allocationId, associationId, networkInterfaceId, privateIp } };
}

function checkLease(nowMs: number, { role, leaseExpiresAtMs }: ToApply): void {
  if (leaseExpiresAtMs - nowMs >= leaseMarginMs) return;
  throw new Failure(`too little is left of the lease of ${role} to begin another call`, {
    code: 'LeaseRunsOut',
    disposition: 'retryable',
  });
}

interface ZonePart {
  readonly claim: ToApply;
  readonly changes: readonly ChangeRecord[];
}

function byZone(claims: readonly ToApply[]): ReadonlyMap<HostedZoneId, readonly ZonePart[]> {
  const zones = new Map<HostedZoneId, ZonePart[]>();
  for (const claim of claims) {
    const records = claim.changes.filter((change) => change.kind === 'change-record');
    for (const [zoneId, changes] of Map.groupBy(records, zoneOf)) {
      if (zoneId !== undefined) zones.set(zoneId, [...(zones.get(zoneId) ?? []), { claim, changes }]);
    }
  }
  return zones;
}

function zoneOf({ before, after }: ChangeRecord): HostedZoneId | undefined {
  return (after ?? before)?.zoneId;
}

function batches(parts: readonly ZonePart[]): readonly (readonly ZonePart[])[] {
  const all: ZonePart[][] = [];
  let room = 0;
  for (const part of parts) {
    if (part.changes.length > room) {
      all.push([]);
      room = changesPerBatchMax;
    }
    all.at(-1)?.push(part);
    room -= part.changes.length;
  }
  return all;
}

/** One batch for all; where one role's record is no longer as it was, halves, so that it does not block the others. */
async function changeRecords(
  ports: Ports,
  zoneId: HostedZoneId,
  parts: readonly ZonePart[],
  resultsOf: (claim: ToApply) => Results,
): Promise<void> {
  try {
    for (const { claim } of parts) checkLease(ports.surroundings.now(), claim);
    const comment = parts.map(({ claim }) => `${claim.role} ${claim.generation}`).join(', ');
    await ports.route53.change(
      zoneId,
      parts.flatMap(({ changes }) => changes),
      `Understudy: ${comment}`,
    );
    for (const { claim, changes } of parts) resultsOf(claim).done.push(...changes);
  } catch (thrown) {
    const error = toControllerError(thrown);
    if (error.disposition === 'conflict' && parts.length > 1) {
      const middle = Math.ceil(parts.length / 2);
      for (const half of [parts.slice(0, middle), parts.slice(middle)]) {
        await changeRecords(ports, zoneId, half, resultsOf);
      }
    } else {
      for (const { claim } of parts) resultsOf(claim).errors.push(error);
    }
  }
}

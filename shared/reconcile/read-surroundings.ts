import type { ControllerError } from '../model/errors.ts';
import { toControllerError } from '../model/errors.ts';
import type { RoleName } from '../model/ids.ts';
import type { Observed, ObservedElasticIp, ObservedInstance } from '../model/observed.ts';
import { noNetwork } from '../model/observed.ts';
import { distinct } from './distinct.ts';
import { hasNeeds, networkNeeds } from './network-needs.ts';
import type { Ports, StoredRole } from './ports.ts';

export interface SurroundingsRequest {
  readonly stored: readonly StoredRole[];
  readonly instancesOf: (role: StoredRole) => readonly ObservedInstance[];
  readonly elasticIps: readonly ObservedElasticIp[];
  readonly readsRecords: (role: StoredRole) => boolean;
}

export interface ReadSurroundings extends Pick<Observed, 'network' | 'statusChecks' | 'imageOwners'> {
  readonly failures: ReadonlyMap<RoleName, ControllerError>;
}

/**
 * What only some roles need, read side by side for all of them: no call for a role that has none of it. What cannot be
 * read stops only the roles that need it.
 */
export async function readSurroundings(
  { ec2 }: Ports,
  { stored, instancesOf, elasticIps, readsRecords }: SurroundingsRequest,
): Promise<ReadSurroundings> {
  const failures = new Map<RoleName, ControllerError>();
  const read = async <Part>(
    concerned: readonly StoredRole[],
    isNeeded: boolean,
    reading: () => Promise<Part>,
    nothing: Part,
  ): Promise<Part> => {
    if (!isNeeded) return nothing;
    try {
      return await reading();
    } catch (thrown) {
      for (const { role } of concerned) failures.set(role.name, toControllerError(thrown));
      return nothing;
    }
  };
  const needsOf = (roles: readonly StoredRole[]) =>
    networkNeeds(roles, instancesOf, elasticIps, readsRecords);
  const networked = stored.filter((each) => hasNeeds(needsOf([each])));
  const checked = stored.filter(({ role }) => role.spec.election.ready === 'status-checks');
  const owned = stored.filter(({ role }) => role.spec.allow?.imageOwner !== undefined);
  const ids = distinct(checked.flatMap(instancesOf).map(({ instanceId }) => instanceId));
  const images = distinct(owned.flatMap(instancesOf).map(({ imageId }) => imageId));
  const [network, statusChecks, imageOwners] = await Promise.all([
    read(networked, networked.length > 0, () => ec2.network(needsOf(networked)), noNetwork),
    read(checked, ids.length > 0, () => ec2.statusChecks(ids), {}),
    read(owned, images.length > 0, () => ec2.imageOwners(images), {}),
  ]);
  return { network, statusChecks, imageOwners, failures };
}

import type { ControllerError } from '../model/errors.ts';
import type { RoleName } from '../model/ids.ts';
import type { Observed, ObservedInstance } from '../model/observed.ts';
import type { RoleState } from '../model/role-state.ts';
import { isGone } from '../model/trigger.ts';
import type { Hints } from '../plan/doubt.ts';
import { needsRecords } from '../plan/record-names.ts';
import { parseRoleTag } from '../plan/role-tag.ts';
import type { Ports, RecordReader, Settings, StoredRole } from './ports.ts';
import { readNames } from './read-names.ts';
import { readSurroundings } from './read-surroundings.ts';

export interface ObserveRequest {
  readonly roles: readonly RoleName[];
  readonly hints: Hints;
  /** Roles whose records are read from Route 53 whatever the state says; the rest only where it says nothing. */
  readonly readRecordsOf: 'all' | ReadonlySet<RoleName>;
  /** Whose answers may be old; they are believed as far as they say what the state says. */
  readonly recordReader?: RecordReader | undefined;
}

export interface Observation {
  readonly observed: readonly Observed[];
  readonly undefinedRoles: readonly RoleName[];
  /** Roles of which something could not be read; the others go on. */
  readonly failures: ReadonlyMap<RoleName, ControllerError>;
}

/**
 * Reads once for the whole set of roles: the table, EC2's instances and its Elastic IPs side by side; Route 53, the
 * network and a holder that lost its tag only where they are needed.
 */
export async function observe(
  ports: Ports,
  settings: Settings,
  request: ObserveRequest,
): Promise<Observation> {
  const [{ stored, failures: unreadable }, tagged, elasticIps] = await Promise.all([
    ports.store.readRoles(request.roles),
    ports.ec2.instancesTagged(request.roles),
    ports.ec2.elasticIps(),
  ]);
  const concernedBefore = whoConcerns(tagged, settings);
  const readsRecords = ({ role, state }: StoredRole) =>
    request.readRecordsOf === 'all' || request.readRecordsOf.has(role.name) || needsRecords(role, state);
  const [untagged, reading, surroundings] = await Promise.all([
    untaggedHolders(ports, stored, tagged, request.hints),
    readNames(ports, request.recordReader, stored.filter(readsRecords), ({ role, state }) => ({
      instances: concernedBefore(role.name, state),
      elasticIps,
    })),
    readSurroundings(ports, {
      stored,
      elasticIps,
      readsRecords,
      instancesOf: ({ role, state }) => concernedBefore(role.name, state),
    }),
  ]);
  const instances = [...tagged, ...untagged].map((each) => believeTermination(each, request.hints));
  const concerned = whoConcerns(instances, settings);
  const known = new Set([...stored.map(({ role }) => role.name), ...unreadable.keys()]);
  const failures = new Map([...unreadable, ...reading.failures, ...surroundings.failures]);
  return {
    undefinedRoles: request.roles.filter((name) => !known.has(name)),
    failures,
    observed: stored
      .filter(({ role }) => !failures.has(role.name))
      .map(({ role, state }) => ({
        role,
        state,
        elasticIps,
        instances: concerned(role.name, state),
        network: surroundings.network,
        statusChecks: surroundings.statusChecks,
        imageOwners: surroundings.imageOwners,
        names: reading.namesOf(role.name),
        region: settings.region,
        roleTagKey: settings.roleTagKey,
      })),
  };
}

/** Who asks for a role or holds it; each tag is read once, however many roles there are. */
function whoConcerns(
  instances: readonly ObservedInstance[],
  { roleTagKey }: Settings,
): (role: RoleName, state: RoleState) => readonly ObservedInstance[] {
  const byId = new Map(instances.map((each) => [each.instanceId, each]));
  const askers = new Map<RoleName, ObservedInstance[]>();
  for (const instance of instances) {
    for (const role of parseRoleTag(instance.tags[roleTagKey])) {
      const others = askers.get(role);
      if (others === undefined) askers.set(role, [instance]);
      else others.push(instance);
    }
  }
  return (role, { slots }) => {
    const asking = askers.get(role) ?? [];
    const holders = slots.flatMap(({ holder }) => (holder === undefined ? [] : (byId.get(holder) ?? [])));
    return [...new Set([...asking, ...holders])];
  };
}

/** Termination in an event, however old, is believed over what was described: an id never comes back. */
function believeTermination(instance: ObservedInstance, hints: Hints): ObservedInstance {
  const hint = hints.get(instance.instanceId);
  return hint?.state !== undefined && isGone(hint.state) ? { ...instance, state: hint.state } : instance;
}

/** A holder that the tag filter does not find has lost its tag or is gone: which of the two, EC2 is asked by id. */
async function untaggedHolders(
  { ec2 }: Ports,
  stored: readonly StoredRole[],
  tagged: readonly ObservedInstance[],
  hints: Hints,
): Promise<readonly ObservedInstance[]> {
  const seen = new Set(tagged.map(({ instanceId }) => instanceId));
  const missing = stored
    .flatMap(({ state }) => state.slots.flatMap(({ holder }) => holder ?? []))
    .filter((holder) => !seen.has(holder))
    .filter((holder) => !isGone(hints.get(holder)?.state ?? 'pending'));
  return missing.length === 0 ? [] : ec2.instancesById([...new Set(missing)]);
}

import { publishStateChange } from './events.ts';
import { planRunning } from './instance-transitions.ts';
import { createInterface, fixedAddresses } from './interface-making.ts';
import type { PlannedInterface } from './launch-interfaces.ts';
import type { LaunchPlan } from './launch-plan.ts';
import type { Attachment, Instance } from './state/resources.ts';
import type { World } from './state/world.ts';
import { announceInitialTags, initialTags } from './tag-rules.ts';

/** Carries a plan out: instances that are pending, with their interfaces, and running to follow. Returns their ids. */
export function launch(world: World, plan: LaunchPlan, clientToken: string | undefined): readonly string[] {
  const reservationId = world.newId('r');
  return Array.from({ length: plan.count }, (_, launchIndex) =>
    launchOne(world, plan, { reservationId, clientToken, launchIndex }),
  );
}

function launchOne(
  world: World,
  plan: LaunchPlan,
  origin: Pick<Instance, 'reservationId' | 'clientToken' | 'launchIndex'>,
): string {
  const id = world.newResourceId('instance');
  const rootVolumeId = world.newResourceId('volume');
  world.volumes.put({ id: rootVolumeId, ...initialTags(plan.volumeTags), instanceId: id });
  const networkInterfaceIds = attachAtLaunch(world, plan, id);
  const instance: Instance = {
    id,
    ...initialTags(plan.tags),
    ...origin,
    ...plan.attributes,
    instanceType: plan.type.name,
    launchTime: world.timestamp(),
    state: 'pending',
    stateReason: { code: 'pending', message: 'pending' },
    transitionReason: '',
    runningSinceMs: undefined,
    availabilityZone: plan.subnet.availabilityZone,
    place: { vpcId: plan.subnet.vpcId, subnetId: plan.subnet.id },
    networkInterfaceIds,
    rootVolumeId,
  };
  world.instances.put(instance);
  publishStateChange(world, instance);
  announceInitialTags(world, instance);
  planRunning(world, id);
  return id;
}

/** Interfaces with fixed addresses are made first: a random address must not take their place. */
function attachAtLaunch(world: World, plan: LaunchPlan, instanceId: string): readonly string[] {
  const fixedCount = (each: PlannedInterface): number =>
    each.kind === 'new' ? fixedAddresses(each.addresses).length : 0;
  const idOf = new Map<PlannedInterface, string>();
  for (const planned of plan.interfaces.toSorted((a, b) => fixedCount(b) - fixedCount(a)))
    idOf.set(planned, attachOne(world, plan, planned, instanceId));
  return plan.interfaces.flatMap((planned) => idOf.get(planned) ?? []);
}

function attachOne(world: World, plan: LaunchPlan, planned: PlannedInterface, instanceId: string): string {
  const attachment: Attachment = {
    id: world.newId('eni-attach'),
    instanceId,
    deviceIndex: planned.deviceIndex,
    status: 'attaching',
    attachTime: world.timestamp(),
    isDeletedOnTermination: planned.kind === 'new' && planned.isDeletedOnTermination,
  };
  if (planned.kind === 'existing') {
    world.networkInterfaces.put({ ...planned.eni, attachment });
    return planned.eni.id;
  }
  return createInterface(world, { ...planned, attachment, tags: plan.interfaceTags }).id;
}

import { publishStateChange } from './events.ts';
import { deleteInterface } from './interface-making.ts';
import { assignAutoIp, releaseAutoIp } from './public-association.ts';
import type { Instance } from './state/resources.ts';
import type { World } from './state/world.ts';

/**
 * The life cycle's changes of state, those asked for and those that come with time. Each publishes its event.
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-lifecycle.html
 */

/** `running`, and an auto-assigned public IP, some time from now. */
export function planRunning(world: World, instanceId: string): void {
  plan(world, instanceId, world.settings.pendingMs, (pending) => {
    const instance: Instance = {
      ...pending,
      state: 'running',
      stateReason: undefined,
      runningSinceMs: world.nowMs(),
    };
    world.instances.put(instance);
    for (const id of instance.networkInterfaceIds) {
      setAttached(world, id);
      assignAutoIp(world, id);
    }
    publishStateChange(world, instance);
  });
}

/** From `stopped` to `pending`: a new launch time, and `running` follows. */
export function beginStart(world: World, instance: Instance): void {
  change(world, {
    ...instance,
    state: 'pending',
    stateReason: undefined,
    transitionReason: '',
    launchTime: world.timestamp(),
  });
  planRunning(world, instance.id);
}

/** Why an instance stops or is terminated, as DescribeInstances tells it. */
export type ShutdownCause = Pick<Instance, 'stateReason' | 'transitionReason'>;

/** To `stopping`; with `stopped` the auto-assigned public IP is gone, Elastic IPs stay. */
export function beginStop(world: World, instance: Instance, cause = userInitiated(world)): void {
  change(world, { ...instance, state: 'stopping', ...cause, runningSinceMs: undefined });
  plan(world, instance.id, world.settings.stoppingMs, (stopping) => {
    for (const id of stopping.networkInterfaceIds) releaseAutoIps(world, id);
    change(world, { ...stopping, state: 'stopped' });
  });
}

/** To `shutting-down`, and from there to `terminated` for ever. */
export function beginTermination(world: World, instance: Instance, cause = userInitiated(world)): void {
  change(world, { ...instance, state: 'shutting-down', ...cause, runningSinceMs: undefined });
  plan(world, instance.id, world.settings.shuttingDownMs, (dying) => finishTermination(world, dying));
}

// When in the course of a termination AWS lets go of interfaces and addresses is not documented: here with `terminated`.
function finishTermination(world: World, instance: Instance): void {
  const terminated: Instance = {
    ...instance,
    state: 'terminated',
    place: undefined,
    networkInterfaceIds: [],
    rootVolumeId: undefined,
  };
  world.instances.put(terminated);
  for (const id of instance.networkInterfaceIds) letGo(world, id);
  if (instance.rootVolumeId !== undefined) world.volumes.remove(instance.rootVolumeId);
  world.impairments.delete(instance.id);
  publishStateChange(world, terminated);
  world.after(world.settings.terminatedTagsMs, () => {
    const kept = world.instances.get(instance.id);
    if (kept !== undefined) world.instances.put({ ...kept, tags: new Map() });
  });
  world.after(world.settings.terminatedVisibleMs, () => world.instances.remove(instance.id));
}

function letGo(world: World, networkInterfaceId: string): void {
  const eni = world.networkInterfaces.get(networkInterfaceId);
  if (eni === undefined) return;
  if (eni.attachment?.isDeletedOnTermination === true) {
    deleteInterface(world, eni.id);
    return;
  }
  releaseAutoIps(world, eni.id);
  const released = world.networkInterfaces.get(eni.id);
  if (released !== undefined) world.networkInterfaces.put({ ...released, attachment: undefined });
}

function releaseAutoIps(world: World, networkInterfaceId: string): void {
  const eni = world.networkInterfaces.get(networkInterfaceId);
  for (const { address } of eni?.privateIps ?? []) releaseAutoIp(world, networkInterfaceId, address);
}

function setAttached(world: World, networkInterfaceId: string): void {
  const eni = world.networkInterfaces.get(networkInterfaceId);
  if (eni?.attachment?.status !== 'attaching') return;
  world.networkInterfaces.put({ ...eni, attachment: { ...eni.attachment, status: 'attached' } });
}

/** The latest plan for an instance replaces an earlier one: a termination overtakes a launch. */
function plan(world: World, instanceId: string, delayMs: number, then: (instance: Instance) => void): void {
  world.transitions.get(instanceId)?.cancel();
  const timer = world.after(delayMs, () => {
    world.transitions.delete(instanceId);
    const instance = world.instances.get(instanceId);
    if (instance !== undefined) then(instance);
  });
  world.transitions.set(instanceId, timer);
}

function change(world: World, instance: Instance): void {
  world.instances.put(instance);
  publishStateChange(world, instance);
}

function userInitiated(world: World): ShutdownCause {
  const time = new Date(world.nowMs()).toISOString().slice(0, 19).replace('T', ' ');
  return {
    stateReason: {
      code: 'Client.UserInitiatedShutdown',
      message: 'Client.UserInitiatedShutdown: User initiated shutdown',
    },
    transitionReason: `User initiated (${time} GMT)`,
  };
}

import { incorrectInstanceState } from './errors.ts';
import { beginStop, beginTermination, type ShutdownCause } from './instance-transitions.ts';
import type { Instance } from './state/resources.ts';
import { expectResource, type World } from './state/world.ts';

/*
 * Instances that AWS itself stops or terminates.
 */

/** Throws InvalidInstanceID, or IncorrectInstanceState: AWS warns of running instances only. */
export function expectRunning(world: World, instanceId: string): Instance {
  const instance = expectResource(world.instances, 'instance', instanceId);
  if (instance.state !== 'running')
    throw incorrectInstanceState(`The instance '${instanceId}' is ${instance.state}, not running.`);
  return instance;
}

/** The instance as it is now, if it has run since; one that was stopped and started again runs on other hardware. */
export function stillRunning(world: World, { id, runningSinceMs }: Instance): Instance | undefined {
  const instance = world.instances.get(id);
  return instance?.runningSinceMs === runningSinceMs ? instance : undefined;
}

/** Stops or terminates a running instance, whatever its termination protection says. */
export function shutDown(
  world: World,
  instance: Instance,
  how: 'stop' | 'terminate',
  cause: ShutdownCause,
): void {
  if (how === 'stop') beginStop(world, instance, cause);
  else beginTermination(world, instance, cause);
}

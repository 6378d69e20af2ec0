import { expectImageId } from './images.ts';
import { type ScheduledEventPlan, scheduleEvent } from './scheduled-events.ts';
import { type InterruptionBehavior, recommendRebalance, warnOfInterruption } from './spot-warnings.ts';
import type { ImageOwner } from './state/images.ts';
import type { World } from './state/world.ts';

/**
 * What AWS and others do by themselves, asked by no call of the account: for tests and demonstrations. All throw EC2's
 * errors for what there is not, and IncorrectInstanceState where an instance does not run.
 */
export interface Ec2Initiative {
  /**
   * Warns of the interruption of a Spot Instance, and interrupts it two minutes later; a hibernation begins at once.
   * How instances are bought is not modelled: any running one can be interrupted.
   */
  warnOfInterruption(instanceId: string, behavior: InterruptionBehavior): void;
  /** Tells that an instance is at an elevated risk of interruption; nothing follows. */
  recommendRebalance(instanceId: string): void;
  /** Tells of a scheduled event for instances, and carries it out at its time. Returns its ARN. */
  scheduleEvent(plan: ScheduledEventPlan): string;
  /** Says who owns an image: this account unless said otherwise. */
  setImageOwner(imageId: string, owner: ImageOwner): void;
  /** The image is no more; instances that were launched from it go on naming it. */
  deregisterImage(imageId: string): void;
}

export function createEc2Initiative(world: World): Ec2Initiative {
  return {
    warnOfInterruption: (instanceId, behavior) => warnOfInterruption(world, instanceId, behavior),
    recommendRebalance: (instanceId) => recommendRebalance(world, instanceId),
    scheduleEvent: (plan) => scheduleEvent(world, plan),
    setImageOwner: (imageId, owner) => world.images.put(expectImageId(imageId), owner),
    deregisterImage: (imageId) => world.images.deregister(expectImageId(imageId)),
  };
}

import type { ShutdownCause } from './instance-transitions.ts';
import { expectRunning, shutDown, stillRunning } from './shutdowns.ts';
import type { Instance } from './state/resources.ts';
import type { World } from './state/world.ts';

/** What AWS does with a Spot Instance that it takes back. */
export type InterruptionBehavior = 'terminate' | 'stop' | 'hibernate';

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-instance-termination-notices.html */
const noticeMs = 120_000;

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_StateReason.html */
const stopped: ShutdownCause = {
  stateReason: {
    code: 'Server.SpotInstanceShutdown',
    message: 'Server.SpotInstanceShutdown: Spot instance interruption',
  },
  transitionReason: 'Server.SpotInstanceShutdown: Spot instance interruption',
};
const terminated: ShutdownCause = {
  stateReason: {
    code: 'Server.SpotInstanceTermination',
    message: 'Server.SpotInstanceTermination: Spot instance termination',
  },
  transitionReason: 'Server.SpotInstanceTermination: Spot instance termination',
};

/**
 * Sends `EC2 Spot Instance Interruption Warning`, and does what it says two minutes later if the instance runs until
 * then; a hibernation begins at once. Throws IncorrectInstanceState unless the instance runs.
 */
export function warnOfInterruption(world: World, instanceId: string, behavior: InterruptionBehavior): void {
  const instance = expectRunning(world, instanceId);
  world.surroundings.publish({
    source: 'aws.ec2',
    detailType: 'EC2 Spot Instance Interruption Warning',
    resources: [zonalArn(world, instance)],
    detail: { 'instance-id': instanceId, 'instance-action': behavior },
  });
  if (behavior === 'hibernate') shutDown(world, instance, 'stop', stopped);
  else
    world.after(noticeMs, () => {
      const warned = stillRunning(world, instance);
      if (warned !== undefined) shutDown(world, warned, behavior, behavior === 'stop' ? stopped : terminated);
    });
}

/** Sends `EC2 Instance Rebalance Recommendation`. Throws IncorrectInstanceState unless the instance runs. */
export function recommendRebalance(world: World, instanceId: string): void {
  expectRunning(world, instanceId);
  world.surroundings.publish({
    source: 'aws.ec2',
    detailType: 'EC2 Instance Rebalance Recommendation',
    resources: [world.arn('instance', instanceId)],
    detail: { 'instance-id': instanceId },
  });
}

/** AWS's own oddity: the zone in place of the region, and no account. */
function zonalArn({ surroundings }: World, { id, availabilityZone }: Instance): string {
  return `arn:${surroundings.partition}:ec2:${availabilityZone}:instance/${id}`;
}

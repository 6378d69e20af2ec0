import type { TargetGroupSpec } from '../../model/address-spec.ts';
import type { AddressChange } from '../../model/change.ts';
import type { InstanceId } from '../../model/ids.ts';
import type { ObservedTarget } from '../../model/observed.ts';
import { resourceOf } from '../../model/placement.ts';
import type { AddressContext, AddressPlanner } from './address-planner.ts';
import { placementsOf } from './ours.ts';
import { isTakenByAnother, take, takenKey } from './taken.ts';

/**
 * The holder's registration with a load balancer's target group. Only registrations that the slot made are ever undone,
 * and only once the new one is made.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RegisterTargets.html
 */
export const targetGroupPlanner: AddressPlanner<TargetGroupSpec> = {
  // Any number of targets may be registered: nobody stands in the way.
  refusalOf: () => undefined,
  obstacleTo: () => undefined,

  planFor(context, spec, { instanceId }) {
    const { targetGroup: targetGroupArn, port } = spec;
    const resource = resourceOf.target(targetGroupArn, port);
    take(context, takenKey.target(resource, instanceId));
    const registration = { targetGroupArn, instanceId, ...(port === undefined ? {} : { port }) };
    const isRegistered = targetsOf(context, spec).some((each) => each.instanceId === instanceId);
    const register: AddressChange[] = isRegistered ? [] : [{ kind: 'register-target', ...registration }];
    const deregister = formerTargets(context, spec, instanceId).map(
      (former): AddressChange => ({ kind: 'deregister-target', ...registration, instanceId: former }),
    );
    return {
      changes: [...register, ...deregister],
      placements: isRegistered ? [{ resource, at: instanceId }] : [],
    };
  },

  resourcesOf: (_, { targetGroup, port }) => [resourceOf.target(targetGroup, port)],
};

/** What is registered there; with a port of the spec only on that port. */
function targetsOf(
  { observed }: AddressContext,
  { targetGroup, port }: TargetGroupSpec,
): readonly ObservedTarget[] {
  return observed.network.targets.filter(
    (each) => each.targetGroupArn === targetGroup && (port === undefined || each.port === port),
  );
}

/** Instances that the slot registered, or meant to, and that are registered still; not one that another slot has by now. */
function formerTargets(
  context: AddressContext,
  spec: TargetGroupSpec,
  holder: InstanceId,
): readonly InstanceId[] {
  const { slot, observed } = context;
  const resource = resourceOf.target(spec.targetGroup, spec.port);
  const ours = new Set(placementsOf(slot).flatMap((each) => (each.resource === resource ? each.at : [])));
  const isOthers = (instanceId: InstanceId): boolean =>
    observed.state.slots.some((each) => each.slot !== slot.slot && each.holder === instanceId) ||
    isTakenByAnother(context, takenKey.target(resource, instanceId));
  const registered = new Set(targetsOf(context, spec).map(({ instanceId }) => instanceId));
  return [...registered].filter((each) => each !== holder && ours.has(each) && !isOthers(each));
}

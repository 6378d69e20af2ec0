import type { AddressSpec } from '../../model/address-spec.ts';
import type { ObservedInstance } from '../../model/observed.ts';
import type { Refusal } from '../../model/role-plan.ts';
import type { AddressContext, AddressPlan, AddressPlanner } from './address-planner.ts';
import { elasticIpPlanner } from './elastic-ip.ts';
import { ipv6Planner } from './ipv6.ts';
import { networkInterfacePlanner } from './network-interface.ts';
import { privateIpPlanner } from './private-ip.ts';
import { routePlanner } from './route.ts';
import { targetGroupPlanner } from './target-group.ts';

/** An `AddressPlanner` that knows its spec. */
interface BoundPlanner {
  refusalOf(context: AddressContext): Refusal | undefined;
  obstacleTo(context: AddressContext, instance: ObservedInstance): string | undefined;
  planFor(context: AddressContext, holder: ObservedInstance): AddressPlan;
  resourcesOf(context: AddressContext): readonly string[];
}

/** The planner of one address of a spec. */
export function plannerOf(spec: AddressSpec): BoundPlanner {
  if ('elasticIp' in spec) return bound(elasticIpPlanner, spec);
  if ('privateIp' in spec) return bound(privateIpPlanner, spec);
  if ('networkInterface' in spec) return bound(networkInterfacePlanner, spec);
  if ('route' in spec) return bound(routePlanner, spec);
  if ('ipv6' in spec) return bound(ipv6Planner, spec);
  return bound(targetGroupPlanner, spec);
}

function bound<Spec extends AddressSpec>(planner: AddressPlanner<Spec>, spec: Spec): BoundPlanner {
  return {
    refusalOf: (context) => planner.refusalOf(context, spec),
    obstacleTo: (context, instance) => planner.obstacleTo(context, spec, instance),
    planFor: (context, holder) => planner.planFor(context, spec, holder),
    resourcesOf: (context) => planner.resourcesOf(context, spec),
  };
}

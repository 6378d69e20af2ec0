import type { Change } from '../../model/change.ts';
import type { Observed, ObservedNetwork } from '../../model/observed.ts';
import type { Placement } from '../../model/placement.ts';
import { placementOf } from '../../model/placement.ts';
import type { SlotState } from '../../model/role-state.ts';

/** Where things were seen just as a claim that nobody settled meant to put them. */
export function placementsThere(
  { intent }: SlotState,
  { network }: Pick<Observed, 'network'>,
): readonly Placement[] {
  return intent.flatMap((change) => (isThere(change, network) ? (placementOf(change) ?? []) : []));
}

function isThere(change: Change, { interfaces, routeTables, targets }: ObservedNetwork): boolean {
  switch (change.kind) {
    case 'assign-private-ip':
      return interfaces.some(
        ({ networkInterfaceId, privateIps }) =>
          networkInterfaceId === change.networkInterfaceId && privateIps.includes(change.privateIp),
      );
    case 'assign-ipv6':
      return interfaces.some(
        ({ networkInterfaceId, ipv6s }) =>
          networkInterfaceId === change.networkInterfaceId && ipv6s.includes(change.ipv6),
      );
    case 'attach-network-interface':
      return interfaces.some(
        ({ networkInterfaceId, attachment }) =>
          networkInterfaceId === change.networkInterfaceId && attachment?.instanceId === change.instanceId,
      );
    case 'replace-route':
      return routeTables
        .filter(({ routeTableId }) => routeTableId === change.routeTableId)
        .flatMap(({ routes }) => routes)
        .some(
          ({ cidr, networkInterfaceId }) =>
            cidr === change.cidr && networkInterfaceId === change.networkInterfaceId,
        );
    case 'register-target':
      return targets.some(
        ({ targetGroupArn, instanceId, port }) =>
          targetGroupArn === change.targetGroupArn &&
          instanceId === change.instanceId &&
          (change.port === undefined || port === change.port),
      );
    case 'associate-address':
    case 'set-reverse-name':
    case 'disable-source-dest-check':
    case 'deregister-target':
    case 'change-record':
      return false;
  }
}

import type { Change } from './change.ts';

/**
 * Where something of a role was put: a private address, an IPv6 address or a route at an interface, an interface or a
 * target at an instance. `resource` names the thing as `resourceOf` does.
 */
export interface Placement {
  readonly resource: string;
  /** Id of the interface or instance. */
  readonly at: string;
}

/** The names of the things that are put somewhere. */
export const resourceOf = {
  privateIp: (privateIp: string) => `private-ip ${privateIp}`,
  ipv6: (ipv6: string) => `ipv6 ${ipv6}`,
  networkInterface: (networkInterfaceId: string) => `network-interface ${networkInterfaceId}`,
  route: (routeTableId: string, cidr: string) => `route ${routeTableId} ${cidr}`,
  target: (targetGroupArn: string, port: number | undefined) =>
    port === undefined ? `target ${targetGroupArn}` : `target ${targetGroupArn} ${port}`,
} as const;

/** The placement that a change brings about; undefined for what is kept otherwise, or takes something away. */
export function placementOf(change: Change): Placement | undefined {
  switch (change.kind) {
    case 'assign-private-ip':
      return { resource: resourceOf.privateIp(change.privateIp), at: change.networkInterfaceId };
    case 'assign-ipv6':
      return { resource: resourceOf.ipv6(change.ipv6), at: change.networkInterfaceId };
    case 'attach-network-interface':
      return { resource: resourceOf.networkInterface(change.networkInterfaceId), at: change.instanceId };
    case 'replace-route':
      return { resource: resourceOf.route(change.routeTableId, change.cidr), at: change.networkInterfaceId };
    case 'register-target':
      return { resource: resourceOf.target(change.targetGroupArn, change.port), at: change.instanceId };
    case 'associate-address':
    case 'set-reverse-name':
    case 'disable-source-dest-check':
    case 'deregister-target':
    case 'change-record':
      return undefined;
  }
}

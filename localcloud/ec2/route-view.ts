import type { Route } from './state/resources.ts';
import type { World } from './state/world.ts';

/**
 * `blackhole` when the target cannot take traffic: interface gone or unattached, instance not running, gateway
 * detached.
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Route.html
 */
export function routeState(world: World, { target }: Route): 'active' | 'blackhole' {
  switch (target.kind) {
    case 'local':
      return 'active';
    case 'internet-gateway':
      return world.internetGateways.seen(target.internetGatewayId)?.vpcId === undefined
        ? 'blackhole'
        : 'active';
    case 'network-interface': {
      const attachment = world.networkInterfaces.seen(target.networkInterfaceId)?.attachment;
      const state = attachment === undefined ? undefined : world.instances.seen(attachment.instanceId)?.state;
      return state === 'running' ? 'active' : 'blackhole';
    }
  }
}

/** A route as DescribeRouteTables shows it; a target interface shows with the instance it is attached to. */
export function routeView(world: World, route: Route): object {
  const { destination, target, origin } = route;
  return {
    ...(destination.includes(':')
      ? { DestinationIpv6CidrBlock: destination }
      : { DestinationCidrBlock: destination }),
    ...targetView(world, target),
    Origin: origin,
    State: routeState(world, route),
  };
}

function targetView(world: World, target: Route['target']): object {
  switch (target.kind) {
    case 'local':
      return { GatewayId: 'local' };
    case 'internet-gateway':
      return { GatewayId: target.internetGatewayId };
    case 'network-interface': {
      const attachment = world.networkInterfaces.seen(target.networkInterfaceId)?.attachment;
      return {
        NetworkInterfaceId: target.networkInterfaceId,
        InstanceId: attachment?.instanceId,
        InstanceOwnerId: attachment === undefined ? undefined : world.surroundings.accountId,
      };
    }
  }
}

import type { Resource } from './state/resources.ts';
import type { Shelf } from './state/shelf.ts';
import type { World } from './state/world.ts';

/** EC2's real state as plain data: what is there, without the lag of Describe calls. */
export function dump(world: World): object {
  return {
    vpcs: resourcesOf(world.vpcs),
    subnets: resourcesOf(world.subnets),
    internetGateways: resourcesOf(world.internetGateways),
    routeTables: resourcesOf(world.routeTables),
    securityGroups: resourcesOf(world.securityGroups),
    networkInterfaces: resourcesOf(world.networkInterfaces),
    addresses: resourcesOf(world.addresses),
    instances: resourcesOf(world.instances),
    scheduledEvents: [...world.scheduledEvents],
    launchTemplates: [...world.launchTemplates.all()].map(({ versions, tags, ...template }) => ({
      ...template,
      versions: [...versions.values()],
      tags: Object.fromEntries(tags),
    })),
  };
}

function resourcesOf<T extends Resource>(shelf: Shelf<T>): object[] {
  return [...shelf.all()].map((resource) => ({ ...resource, tags: Object.fromEntries(resource.tags) }));
}

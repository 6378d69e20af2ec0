import { z } from 'zod';
import { AwsError } from '../core/aws-error.ts';
import type { Operation } from '../core/service.ts';
import { invalidParameterValue } from './errors.ts';
import { compileFilters, type FilterFields, filtersInput } from './filters.ts';
import { ec2Operation, ec2Page } from './operation.ts';
import type { World } from './state/world.ts';
import type { Zone } from './state/zones.ts';
import { untagged } from './tag-rules.ts';

/** The zone's id; throws when the region has no such zone. */
export function expectZoneId(world: World, name: string): string {
  const id = world.zoneIds.get(name);
  if (id === undefined) throw invalidParameterValue(`Invalid availability zone: [${name}]`);
  return id;
}

/** DescribeAvailabilityZones and DescribeRegions. */
export function zoneOperations(world: World): readonly Operation[] {
  return [describeAvailabilityZones(world), describeRegions(world)];
}

const zoneFields: FilterFields<{ readonly zone: Zone; readonly world: World }> = {
  'group-name': ({ world }) => `${world.surroundings.region}-zg-1`,
  'opt-in-status': () => 'opt-in-not-required',
  'region-name': ({ world }) => world.surroundings.region,
  state: () => 'available',
  'zone-id': ({ zone }) => zone.id,
  'zone-name': ({ zone }) => zone.name,
  'zone-type': () => 'availability-zone',
};

function describeAvailabilityZones(world: World): Operation {
  return ec2Operation({
    name: 'DescribeAvailabilityZones',
    effect: 'read',
    input: {
      ZoneNames: z.array(z.string()).optional(),
      ZoneIds: z.array(z.string()).optional(),
      AllAvailabilityZones: z.boolean().optional(),
      Filters: filtersInput,
    },
    honesty: {
      modelled: ['The Availability Zones of the one region; three unless set otherwise.'],
      notModelled: ['Local Zones, Wavelength Zones'],
      sources: [ec2Page('DescribeAvailabilityZones')],
    },
    run: ({ ZoneNames = [], ZoneIds = [], Filters }) => {
      for (const name of ZoneNames) expectZoneId(world, name);
      for (const id of ZoneIds)
        if (!world.zones.some((zone) => zone.id === id))
          throw invalidParameterValue(`Invalid availability zone-id: [${id}]`);
      const isWanted = compileFilters(Filters, zoneFields, () => untagged.tags);
      const { region } = world.surroundings;
      const AvailabilityZones = world.zones
        .filter(({ name }) => ZoneNames.length === 0 || ZoneNames.includes(name))
        .filter(({ id }) => ZoneIds.length === 0 || ZoneIds.includes(id))
        .filter((zone) => isWanted({ zone, world }))
        .map(({ name, id }) => ({
          State: 'available',
          OptInStatus: 'opt-in-not-required',
          Messages: [],
          RegionName: region,
          ZoneName: name,
          ZoneId: id,
          GroupName: `${region}-zg-1`,
          NetworkBorderGroup: region,
          ZoneType: 'availability-zone',
        }));
      return { AvailabilityZones };
    },
  });
}

const regionFields: FilterFields<World> = {
  endpoint: (world) => endpointOf(world),
  'opt-in-status': () => 'opt-in-not-required',
  'region-name': (world) => world.surroundings.region,
};

function describeRegions(world: World): Operation {
  return ec2Operation({
    name: 'DescribeRegions',
    effect: 'read',
    input: {
      RegionNames: z.array(z.string()).optional(),
      AllRegions: z.boolean().optional(),
      Filters: filtersInput,
    },
    honesty: {
      modelled: ['The region that this localcloud is; no other exists.'],
      sources: [ec2Page('DescribeRegions')],
    },
    run: ({ RegionNames = [], Filters }) => {
      const { region } = world.surroundings;
      const unknown = RegionNames.filter((name) => name !== region);
      if (unknown.length > 0)
        throw new AwsError('InvalidParameterValue', `Invalid region '${unknown.join(', ')}' specified`);
      if (!compileFilters(Filters, regionFields, () => untagged.tags)(world)) return { Regions: [] };
      return {
        Regions: [{ RegionName: region, Endpoint: endpointOf(world), OptInStatus: 'opt-in-not-required' }],
      };
    },
  });
}

function endpointOf(world: World): string {
  const { region, partition } = world.surroundings;
  return `ec2.${region}.amazonaws.com${partition === 'aws-cn' ? '.cn' : ''}`;
}

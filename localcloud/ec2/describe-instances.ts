import { z } from 'zod';
import type { Operation } from '../core/service.ts';
import { type FilterFields, filtersInput } from './filters.ts';
import { instanceFields } from './instance-filters.ts';
import { instanceSight, instanceView } from './instance-view.ts';
import { ec2Operation, ec2Page } from './operation.ts';
import { pagingInput } from './paging.ts';
import { selectPage } from './select-page.ts';
import type { Instance } from './state/resources.ts';
import type { World } from './state/world.ts';

/** DescribeInstances. */
export function describeInstances(world: World): Operation {
  const fields: FilterFields<Instance> = instanceFields(world);
  return ec2Operation({
    name: 'DescribeInstances',
    effect: 'read',
    input: {
      InstanceIds: z.array(z.string()).optional(),
      Filters: filtersInput,
      ...pagingInput,
    },
    honesty: {
      modelled: [
        'Ids, filters on all fields that are kept with wildcards, MaxResults 5 to 1000 with NextToken, grouped by reservation.',
        'Writes show after the lag that is set; events and errors of writes do not wait for it.',
      ],
      sources: [
        ec2Page('DescribeInstances'),
        'https://docs.aws.amazon.com/ec2/latest/devguide/eventual-consistency.html',
        'unverified: that MaxResults counts instances, not reservations',
      ],
    },
    run: ({ InstanceIds, Filters, ...paging }) => {
      const { items, nextToken } = selectPage(world.instances, {
        kind: 'instance',
        ids: InstanceIds,
        Filters,
        paging,
        fields,
        idFilter: 'instance-id',
        idsAloneParameter: 'instancesSet',
      });
      return { Reservations: reservations(world, items), ...nextToken };
    },
  });
}

function reservations(world: World, instances: readonly Instance[]): object[] {
  const byReservation = new Map<string, object[]>();
  for (const instance of instances) {
    const view = instanceView(world, instanceSight(world, instance));
    const views = byReservation.get(instance.reservationId);
    if (views === undefined) byReservation.set(instance.reservationId, [view]);
    else views.push(view);
  }
  return [...byReservation].map(([id, Instances]) => reservationView(world, id, Instances));
}

/** A reservation, as DescribeInstances and RunInstances answer it. */
export function reservationView(world: World, reservationId: string, instances: readonly object[]): object {
  return {
    ReservationId: reservationId,
    OwnerId: world.surroundings.accountId,
    Groups: [],
    Instances: instances,
  };
}

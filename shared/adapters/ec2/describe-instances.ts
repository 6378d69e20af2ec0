import type { EC2Client, Filter } from '@aws-sdk/client-ec2';
import { DescribeInstancesCommand, DescribeTagsCommand } from '@aws-sdk/client-ec2';
import type { InstanceId, RoleName } from '../../model/ids.ts';
import { instanceIdSchema } from '../../model/ids.ts';
import type { ObservedInstance } from '../../model/observed.ts';
import { callAws } from '../aws-error.ts';
import { toObservedInstance } from './observed-instance.ts';
import { everyPage, filteredBy } from './pages.ts';

/** Instances or tags of one page, at the most. */
const pageMax = 1_000;

/** The value of the role tag of each instance that carries one. */
export async function readRoleTags(
  client: EC2Client,
  roleTagKey: string,
  instanceIds: readonly InstanceId[],
): Promise<ReadonlyMap<InstanceId, string>> {
  const isRoleTag = { Name: 'key', Values: [roleTagKey] };
  const tags = await filteredBy('resource-id', instanceIds, (filter) =>
    everyPage(
      (next) =>
        callAws('DescribeTags', () =>
          client.send(
            new DescribeTagsCommand({ Filters: [filter, isRoleTag], MaxResults: pageMax, ...next }),
          ),
        ),
      ({ Tags = [] }) => Tags,
    ),
  );
  return new Map(
    tags.flatMap(({ ResourceId, Value }) => {
      const id = instanceIdSchema.safeParse(ResourceId);
      return id.success && Value !== undefined ? [[id.data, Value] as const] : [];
    }),
  );
}

/** A tag may hold several names with commas between, so the filter looks for the name anywhere in it. */
export async function readInstancesTagged(
  client: EC2Client,
  roleTagKey: string,
  roles: readonly RoleName[],
): Promise<readonly ObservedInstance[]> {
  const names = roles.map((role) => `*${role}*`);
  const instances = await filteredBy(`tag:${roleTagKey}`, names, (filter) => describe(client, filter));
  return [...new Map(instances.map((instance) => [instance.instanceId, instance])).values()];
}

/** Those of the instances that EC2 knows. */
export async function readInstancesById(
  client: EC2Client,
  instanceIds: readonly InstanceId[],
): Promise<readonly ObservedInstance[]> {
  return filteredBy('instance-id', instanceIds, (filter) => describe(client, filter));
}

async function describe(client: EC2Client, filter: Filter): Promise<readonly ObservedInstance[]> {
  return everyPage(
    (next) =>
      callAws('DescribeInstances', () =>
        client.send(new DescribeInstancesCommand({ Filters: [filter], MaxResults: pageMax, ...next })),
      ),
    ({ Reservations = [] }) =>
      Reservations.flatMap(({ Instances = [], OwnerId }) =>
        Instances.flatMap((instance) => toObservedInstance(instance, OwnerId) ?? []),
      ),
  );
}

import type { EC2Client, Filter } from '@aws-sdk/client-ec2';
import {
  AssociateAddressCommand,
  DescribeAddressesCommand,
  DescribeInstancesCommand,
  DescribeTagsCommand,
} from '@aws-sdk/client-ec2';
import type { AssociateAddress } from '../../model/change.ts';
import type { AssociationId, InstanceId, RoleName } from '../../model/ids.ts';
import { associationIdSchema, instanceIdSchema } from '../../model/ids.ts';
import type { ObservedElasticIp, ObservedInstance } from '../../model/observed.ts';
import type { Ec2 } from '../../reconcile/ports.ts';
import { callAws } from '../aws-error.ts';
import { toObservedElasticIp } from './observed-elastic-ip.ts';
import { toObservedInstance } from './observed-instance.ts';

/** Values of one filter, at the most. */
const filterValuesMax = 200;

/** Instances or tags of one page, at the most. */
const pageMax = 1_000;

/** EC2 through the SDK. Everything is read with filters, never by id: an unknown id would fail the whole call. */
export function createEc2(client: EC2Client, roleTagKey: string): Ec2 {
  return {
    roleTags: (instanceIds) => roleTags(client, roleTagKey, instanceIds),
    instancesTagged: (roles) => instancesTagged(client, roleTagKey, roles),
    instancesById: (instanceIds) => describedBy(client, 'instance-id', instanceIds),
    elasticIps: () => elasticIps(client),
    associate: (change) => associate(client, change),
  };
}

async function roleTags(
  client: EC2Client,
  roleTagKey: string,
  instanceIds: readonly InstanceId[],
): Promise<ReadonlyMap<InstanceId, string>> {
  const tags = new Map<InstanceId, string>();
  for (const Values of chunked(instanceIds)) {
    const Filters = [
      { Name: 'resource-id', Values },
      { Name: 'key', Values: [roleTagKey] },
    ];
    let NextToken: string | undefined;
    do {
      const output = await callAws('DescribeTags', () =>
        client.send(
          new DescribeTagsCommand({ Filters, MaxResults: pageMax, ...(NextToken ? { NextToken } : {}) }),
        ),
      );
      for (const { ResourceId, Value } of output.Tags ?? []) {
        const id = instanceIdSchema.safeParse(ResourceId);
        if (id.success && Value !== undefined) tags.set(id.data, Value);
      }
      NextToken = output.NextToken;
    } while (NextToken);
  }
  return tags;
}

/** A tag may hold several names with commas between, so the filter looks for the name anywhere in it. */
async function instancesTagged(
  client: EC2Client,
  roleTagKey: string,
  roles: readonly RoleName[],
): Promise<readonly ObservedInstance[]> {
  const names = roles.map((role) => `*${role}*`);
  const instances = await describedBy(client, `tag:${roleTagKey}`, names);
  return [...new Map(instances.map((instance) => [instance.instanceId, instance])).values()];
}

/** One call for as many values as a filter takes, and its pages. */
async function describedBy(client: EC2Client, Name: string, values: readonly string[]) {
  const chunks = chunked(values).map((Values) => described(client, { Name, Values }));
  return (await Promise.all(chunks)).flat();
}

async function described(client: EC2Client, filter: Filter): Promise<readonly ObservedInstance[]> {
  const instances: ObservedInstance[] = [];
  let NextToken: string | undefined;
  do {
    const input = { Filters: [filter], MaxResults: pageMax, ...(NextToken ? { NextToken } : {}) };
    const output = await callAws('DescribeInstances', () => client.send(new DescribeInstancesCommand(input)));
    const page = (output.Reservations ?? []).flatMap(({ Instances = [] }) => Instances);
    instances.push(...page.flatMap((instance) => toObservedInstance(instance) ?? []));
    NextToken = output.NextToken;
  } while (NextToken);
  return instances;
}

async function elasticIps(client: EC2Client): Promise<readonly ObservedElasticIp[]> {
  const { Addresses = [] } = await callAws('DescribeAddresses', () =>
    client.send(new DescribeAddressesCommand({})),
  );
  return Addresses.flatMap((address) => toObservedElasticIp(address) ?? []);
}

/** Always by interface and private address: by instance id EC2 accepts only instances with a single interface. */
async function associate(client: EC2Client, change: AssociateAddress): Promise<AssociationId> {
  const doing = `AssociateAddress ${change.allocationId} with ${change.instanceId}`;
  const { AssociationId: id } = await callAws(doing, () =>
    client.send(
      new AssociateAddressCommand({
        AllocationId: change.allocationId,
        NetworkInterfaceId: change.networkInterfaceId,
        PrivateIpAddress: change.privateIp,
        AllowReassociation: change.allowReassociation,
      }),
    ),
  );
  return associationIdSchema.parse(id);
}

function chunked<Text extends string>(all: readonly Text[]): Text[][] {
  return Array.from({ length: Math.ceil(all.length / filterValuesMax) }, (_, index) =>
    all.slice(index * filterValuesMax, (index + 1) * filterValuesMax),
  );
}

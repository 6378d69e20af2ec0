import type { EC2Client, Subnet } from '@aws-sdk/client-ec2';
import { DescribeSubnetsCommand } from '@aws-sdk/client-ec2';
import type { SubnetId } from '../../model/ids.ts';
import { ipv4CidrSchema, subnetIdSchema } from '../../model/ids.ts';
import type { ObservedSubnet } from '../../model/observed.ts';
import { callAws } from '../aws-error.ts';
import { everyPage, filteredBy } from './pages.ts';

/** Subnets of one page, at the most. */
const pageMax = 1_000;

/** Those of the subnets that EC2 knows; not those with IPv6 only. */
export async function readSubnets(
  client: EC2Client,
  ids: readonly SubnetId[],
): Promise<readonly ObservedSubnet[]> {
  return filteredBy('subnet-id', ids, (filter) =>
    everyPage(
      (next) =>
        callAws('DescribeSubnets', () =>
          client.send(new DescribeSubnetsCommand({ Filters: [filter], MaxResults: pageMax, ...next })),
        ),
      ({ Subnets = [] }) => Subnets.flatMap((subnet) => toObservedSubnet(subnet) ?? []),
    ),
  );
}

function toObservedSubnet(subnet: Subnet): ObservedSubnet | undefined {
  const subnetId = subnetIdSchema.safeParse(subnet.SubnetId);
  const cidr = ipv4CidrSchema.safeParse(subnet.CidrBlock);
  if (!subnetId.success || !cidr.success) return undefined;
  return {
    subnetId: subnetId.data,
    zone: subnet.AvailabilityZone ?? '',
    cidr: cidr.data,
    ipv6Cidrs: (subnet.Ipv6CidrBlockAssociationSet ?? [])
      .filter(({ Ipv6CidrBlockState }) => Ipv6CidrBlockState?.State === 'associated')
      .flatMap(({ Ipv6CidrBlock }) => Ipv6CidrBlock ?? []),
  };
}

import type { EC2Client, InstanceTypeInfo } from '@aws-sdk/client-ec2';
import { DescribeInstanceTypesCommand } from '@aws-sdk/client-ec2';
import type { InstanceTypeLimits } from '../../model/observed.ts';
import { callAws } from '../aws-error.ts';
import type { FactReader } from './lasting-facts.ts';
import { lastingFacts } from './lasting-facts.ts';
import { everyPage, filteredBy } from './pages.ts';

/** Instance types of one page, at the most. */
const pageMax = 100;

/** How much each instance type takes. */
export function instanceTypeLimits(client: EC2Client): FactReader<InstanceTypeLimits> {
  return lastingFacts((types) =>
    filteredBy('instance-type', types, (filter) =>
      everyPage(
        (next) =>
          callAws('DescribeInstanceTypes', () =>
            client.send(
              new DescribeInstanceTypesCommand({ Filters: [filter], MaxResults: pageMax, ...next }),
            ),
          ),
        ({ InstanceTypes = [] }) => InstanceTypes.flatMap(limitsOf),
      ),
    ),
  );
}

function limitsOf({
  InstanceType,
  NetworkInfo,
}: InstanceTypeInfo): readonly (readonly [string, InstanceTypeLimits])[] {
  const { MaximumNetworkInterfaces, Ipv4AddressesPerInterface } = NetworkInfo ?? {};
  if (InstanceType === undefined || MaximumNetworkInterfaces === undefined) return [];
  if (Ipv4AddressesPerInterface === undefined) return [];
  const ipv6 = NetworkInfo?.Ipv6Supported === true ? NetworkInfo.Ipv6AddressesPerInterface : 0;
  const limits = {
    interfacesMax: MaximumNetworkInterfaces,
    ipv4PerInterfaceMax: Ipv4AddressesPerInterface,
    ipv6PerInterfaceMax: ipv6 ?? 0,
  };
  return [[InstanceType, limits]];
}

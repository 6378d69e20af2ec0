import { z } from 'zod';
import { AwsError } from '../core/aws-error.ts';
import type { Operation } from '../core/service.ts';
import { compileFilters, type FilterFields, filtersInput } from './filters.ts';
import { type InstanceType, instanceTypes } from './instance-type-table.ts';
import { ec2Operation, ec2Page } from './operation.ts';
import { cutPage, expectNoPagingWithIds, pagingInput } from './paging.ts';
import { untagged } from './tag-rules.ts';

/** DescribeInstanceTypes. */
export function describeInstanceTypes(): Operation {
  return ec2Operation({
    name: 'DescribeInstanceTypes',
    effect: 'read',
    input: { InstanceTypes: z.array(z.string()).optional(), Filters: filtersInput, ...pagingInput },
    honesty: {
      modelled: [
        'A table of common types with processor, memory and network limits; filters on these; MaxResults 5 to 100 with NextToken.',
      ],
      notModelled: ['All other types', 'Storage, accelerators, bandwidth'],
      sources: [
        ec2Page('DescribeInstanceTypes'),
        'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AvailableIpPerENI.html',
      ],
    },
    run: ({ InstanceTypes, Filters, ...paging }) => {
      expectNoPagingWithIds('instanceTypeSet', InstanceTypes !== undefined, paging);
      const unknown = InstanceTypes?.filter((name) => !instanceTypes.has(name)) ?? [];
      if (unknown.length > 0)
        throw new AwsError(
          'InvalidInstanceType',
          `The following supplied instance types do not exist: [${unknown.join(', ')}]`,
        );
      const isWanted = compileFilters(Filters, typeFields, () => untagged.tags);
      const all = [...instanceTypes.values()];
      const serials = new Map(all.map((type, index) => [type, index + 1]));
      const wanted = all
        .filter(({ name }) => InstanceTypes?.includes(name) ?? true)
        .filter((type) => isWanted(type));
      const { items, nextToken } = cutPage(wanted, (type) => serials.get(type) ?? 0, paging, {
        min: 5,
        max: 100,
      });
      return { InstanceTypes: items.map((type) => typeView(type)), ...nextToken };
    },
  });
}

const typeFields: FilterFields<InstanceType> = {
  'bare-metal': () => false,
  'burstable-performance-supported': isBurstable,
  'current-generation': ({ isNitro }) => isNitro,
  hypervisor: ({ isNitro }) => (isNitro ? 'nitro' : 'xen'),
  'instance-type': ({ name }) => name,
  'memory-info.size-in-mib': ({ memoryMib }) => memoryMib,
  'network-info.ena-support': ({ isNitro }) => (isNitro ? 'required' : 'unsupported'),
  'network-info.ipv4-addresses-per-interface': ({ addressesPerInterface }) => addressesPerInterface,
  'network-info.ipv6-addresses-per-interface': ipv6Max,
  'network-info.ipv6-supported': ({ isIpv6Supported }) => isIpv6Supported,
  'network-info.maximum-network-interfaces': ({ interfacesMax }) => interfacesMax,
  'processor-info.supported-architecture': ({ architecture }) => architecture,
  'supported-usage-class': () => ['on-demand', 'spot'],
  'supported-virtualization-type': () => 'hvm',
  'vcpu-info.default-cores': coreCount,
  'vcpu-info.default-threads-per-core': ({ threadsPerCore }) => threadsPerCore,
  'vcpu-info.default-vcpus': ({ vCpus }) => vCpus,
};

function isBurstable({ name }: InstanceType): boolean {
  return /^t\d/.test(name);
}

function ipv6Max({ isIpv6Supported, addressesPerInterface }: InstanceType): number {
  return isIpv6Supported ? addressesPerInterface : 0;
}

function coreCount({ vCpus, threadsPerCore }: InstanceType): number {
  return Math.max(1, vCpus / threadsPerCore);
}

function typeView(type: InstanceType): object {
  const { name, isNitro, interfacesMax, addressesPerInterface } = type;
  return {
    InstanceType: name,
    CurrentGeneration: isNitro,
    SupportedUsageClasses: ['on-demand', 'spot'],
    SupportedRootDeviceTypes: ['ebs'],
    SupportedVirtualizationTypes: ['hvm'],
    BareMetal: false,
    Hypervisor: isNitro ? 'nitro' : 'xen',
    ProcessorInfo: { SupportedArchitectures: [type.architecture] },
    VCpuInfo: {
      DefaultVCpus: type.vCpus,
      DefaultCores: coreCount(type),
      DefaultThreadsPerCore: type.threadsPerCore,
    },
    MemoryInfo: { SizeInMiB: type.memoryMib },
    InstanceStorageSupported: false,
    NetworkInfo: {
      MaximumNetworkInterfaces: interfacesMax,
      MaximumNetworkCards: 1,
      DefaultNetworkCardIndex: 0,
      NetworkCards: [{ NetworkCardIndex: 0, MaximumNetworkInterfaces: interfacesMax }],
      Ipv4AddressesPerInterface: addressesPerInterface,
      Ipv6AddressesPerInterface: ipv6Max(type),
      Ipv6Supported: type.isIpv6Supported,
      EnaSupport: isNitro ? 'required' : 'unsupported',
      EfaSupported: false,
    },
    BurstablePerformanceSupported: isBurstable(type),
  };
}

/** What localcloud knows of an instance type. */
export interface InstanceType {
  readonly name: string;
  readonly architecture: 'x86_64' | 'arm64' | 'i386';
  readonly vCpus: number;
  readonly threadsPerCore: 1 | 2;
  readonly memoryMib: number;
  readonly interfacesMax: number;
  /** Private IPv4 addresses an interface; as many IPv6 ones where IPv6 is supported. */
  readonly addressesPerInterface: number;
  readonly isIpv6Supported: boolean;
  readonly isNitro: boolean;
}

type Row = readonly [
  name: string,
  vCpus: number,
  memoryGib: number,
  interfacesMax: number,
  addresses: number,
];

// Figures: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AvailableIpPerENI.html and the instance types' pages.
const x86Rows: readonly Row[] = [
  ['t3.nano', 2, 0.5, 2, 2],
  ['t3.micro', 2, 1, 2, 2],
  ['t3.small', 2, 2, 3, 4],
  ['t3.medium', 2, 4, 3, 6],
  ['t3.large', 2, 8, 3, 12],
  ['t3.xlarge', 4, 16, 4, 15],
  ['t3.2xlarge', 8, 32, 4, 15],
  ['m5.large', 2, 8, 3, 10],
  ['m5.xlarge', 4, 16, 4, 15],
  ['m6i.large', 2, 8, 3, 10],
  ['m6i.xlarge', 4, 16, 4, 15],
  ['m6i.2xlarge', 8, 32, 4, 15],
  ['m6i.4xlarge', 16, 64, 8, 30],
  ['m7i.large', 2, 8, 3, 10],
  ['m7i.xlarge', 4, 16, 4, 15],
  ['c5.large', 2, 4, 3, 10],
  ['c5.xlarge', 4, 8, 4, 15],
  ['c8i.large', 2, 4, 3, 20],
  ['c8i.4xlarge', 16, 32, 8, 50],
  ['r5.large', 2, 16, 3, 10],
  ['r6i.large', 2, 16, 3, 10],
];

const armRows: readonly Row[] = [
  ['t4g.nano', 2, 0.5, 2, 2],
  ['t4g.micro', 2, 1, 2, 2],
  ['t4g.small', 2, 2, 3, 4],
  ['t4g.medium', 2, 4, 3, 6],
  ['t4g.large', 2, 8, 3, 12],
  ['m6g.large', 2, 8, 3, 10],
  ['m6g.xlarge', 4, 16, 4, 15],
  ['m7g.medium', 1, 4, 2, 4],
  ['m7g.large', 2, 8, 3, 10],
  ['m7g.xlarge', 4, 16, 4, 15],
  ['c7g.large', 2, 4, 3, 10],
  ['r7g.large', 2, 16, 3, 10],
];

const xenTypes: readonly InstanceType[] = [
  xen('m1.small', 'x86_64', 1, 1_740, 2, 4, false),
  xen('t2.nano', 'x86_64', 1, 512, 2, 2, true),
  xen('t2.micro', 'x86_64', 1, 1_024, 2, 2, true),
  xen('t2.small', 'x86_64', 1, 2_048, 3, 4, true),
  xen('t2.medium', 'x86_64', 2, 4_096, 3, 6, true),
];

/** The instance types there are, by name. RunInstances refuses all others. */
export const instanceTypes: ReadonlyMap<string, InstanceType> = new Map(
  [
    ...xenTypes,
    ...x86Rows.map((row) => nitro(row, 'x86_64')),
    ...armRows.map((row) => nitro(row, 'arm64')),
  ].map((type) => [type.name, type]),
);

/** What RunInstances takes when the request names no type: the API's own default. */
export const defaultInstanceType = 'm1.small';

function nitro(
  [name, vCpus, memoryGib, interfacesMax, addresses]: Row,
  architecture: 'x86_64' | 'arm64',
): InstanceType {
  return {
    name,
    architecture,
    vCpus,
    threadsPerCore: architecture === 'x86_64' ? 2 : 1,
    memoryMib: memoryGib * 1024,
    interfacesMax,
    addressesPerInterface: addresses,
    isIpv6Supported: true,
    isNitro: true,
  };
}

function xen(
  name: string,
  architecture: 'x86_64',
  vCpus: number,
  memoryMib: number,
  interfacesMax: number,
  addressesPerInterface: number,
  isIpv6Supported: boolean,
): InstanceType {
  return {
    name,
    architecture,
    vCpus,
    threadsPerCore: 1,
    memoryMib,
    interfacesMax,
    addressesPerInterface,
    isIpv6Supported,
    isNitro: false,
  };
}

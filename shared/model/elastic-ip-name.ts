import type { DnsName } from './dns-name.ts';
import { normalizeDnsName } from './dns-name.ts';
import type { Ipv4 } from './ids.ts';

/**
 * DNS suffixes per partition, told by the region's prefix; from the endpoint rule set of the AWS SDKs
 * (`partitions.json`, `dnsSuffix`). The first match counts; all other regions have `amazonaws.com`.
 */
const suffixes: readonly (readonly [prefix: string, suffix: string])[] = [
  ['cn-', 'amazonaws.com.cn'],
  ['us-iso-', 'c2s.ic.gov'],
  ['us-isob-', 'sc2s.sgov.gov'],
  ['us-isof-', 'csp.hci.ic.gov'],
  ['eu-isoe-', 'cloud.adc-e.uk'],
  ['eusc-', 'amazonaws.eu'],
];

/**
 * The public DNS name of an Elastic IP: a pure function of address and region, so it is computed and never looked up.
 * Inside a VPC with DNS hostnames it resolves to the private address of whoever holds the Elastic IP, outside to the
 * Elastic IP itself; a CNAME to it therefore needs no change at a failover.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-dns.html
 */
export function elasticIpName(address: Ipv4, region: string): DnsName {
  const host = `ec2-${address.replaceAll('.', '-')}`;
  if (region === 'us-east-1') return normalizeDnsName(`${host}.compute-1.amazonaws.com`);
  const [, suffix = 'amazonaws.com'] = suffixes.find(([prefix]) => region.startsWith(prefix)) ?? [];
  return normalizeDnsName(`${host}.${region}.compute.${suffix}`);
}

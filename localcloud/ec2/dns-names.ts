import type { Surroundings } from '../core/surroundings.ts';
import type { Vpc } from './state/resources.ts';

/**
 * The public DNS name of an address: empty unless the VPC has DNS support and DNS host names.
 * Source: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-dns.html
 */
export function publicDnsName(surroundings: Surroundings, vpc: Vpc | undefined, publicIp: string): string {
  if (vpc === undefined || !vpc.isDnsSupportEnabled || !vpc.isDnsHostnamesEnabled) return '';
  const { region, partition } = surroundings;
  const domain = region === 'us-east-1' ? 'compute-1' : `${region}.compute`;
  const suffix = partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  return `ec2-${publicIp.replaceAll('.', '-')}.${domain}.${suffix}`;
}

/**
 * The private DNS name (IP name) of an address.
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/hostname-types.html
 */
export function privateDnsName({ region }: Surroundings, address: string): string {
  const domain = region === 'us-east-1' ? 'ec2.internal' : `${region}.compute.internal`;
  return `ip-${address.replaceAll('.', '-')}.${domain}`;
}

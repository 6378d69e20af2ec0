import type { InstanceNetworkInterface, NetworkInterface } from '@aws-sdk/client-ec2';
import type { Ipv4, Ipv6 } from '../../model/ids.ts';
import { ipv4Schema, ipv6Schema } from '../../model/ids.ts';

type Described = InstanceNetworkInterface | NetworkInterface;

/** The private addresses of an interface, its own primary one first, whatever order EC2 lists them in. */
export function privateIpsOf({ PrivateIpAddresses = [] }: Pick<Described, 'PrivateIpAddresses'>): readonly {
  readonly privateIp: Ipv4;
  readonly isPrimary: boolean;
}[] {
  return PrivateIpAddresses.flatMap(({ PrivateIpAddress, Primary }) => {
    const privateIp = ipv4Schema.safeParse(PrivateIpAddress);
    return privateIp.success ? [{ privateIp: privateIp.data, isPrimary: Primary === true }] : [];
  }).toSorted((a, b) => Number(b.isPrimary) - Number(a.isPrimary));
}

/** The IPv6 addresses of an interface, in the one spelling. */
export function ipv6sOf({ Ipv6Addresses = [] }: Pick<Described, 'Ipv6Addresses'>): readonly Ipv6[] {
  return Ipv6Addresses.flatMap(({ Ipv6Address }) => {
    const ipv6 = ipv6Schema.safeParse(Ipv6Address);
    return ipv6.success ? [ipv6.data] : [];
  });
}

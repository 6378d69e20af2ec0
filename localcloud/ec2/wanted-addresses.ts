import { z } from 'zod';
import { invalidParameterCombination } from './errors.ts';
import type { WantedAddresses } from './interface-making.ts';

/** The parameters that say which addresses a new interface wants. */
export const wantedAddressesInput = {
  PrivateIpAddress: z.string().optional(),
  PrivateIpAddresses: z
    .array(z.strictObject({ PrivateIpAddress: z.string(), Primary: z.boolean().optional() }))
    .optional(),
  SecondaryPrivateIpAddressCount: z.number().int().optional(),
  Ipv6AddressCount: z.number().int().optional(),
  Ipv6Addresses: z
    .array(z.strictObject({ Ipv6Address: z.string(), IsPrimaryIpv6: z.boolean().optional() }))
    .optional(),
};

type AddressesInput = z.infer<z.ZodObject<typeof wantedAddressesInput>>;

/** The addresses that a request asks for; the primary one by its own parameter or by its mark in the list. */
export function wantedAddresses(input: AddressesInput): WantedAddresses {
  const { PrivateIpAddress, PrivateIpAddresses = [], Ipv6Addresses = [] } = input;
  const primaries = PrivateIpAddresses.filter(({ Primary }) => Primary === true);
  if (primaries.length > 1 || (primaries.length === 1 && PrivateIpAddress !== undefined))
    throw invalidParameterCombination('Only one primary private IP address can be specified');
  return {
    primary: PrivateIpAddress ?? primaries[0]?.PrivateIpAddress,
    secondaries: PrivateIpAddresses.filter(({ Primary }) => Primary !== true).map(
      (ip) => ip.PrivateIpAddress,
    ),
    secondaryCount: input.SecondaryPrivateIpAddressCount ?? 0,
    ipv6: Ipv6Addresses.map(({ Ipv6Address }) => Ipv6Address),
    ipv6Count: input.Ipv6AddressCount ?? 0,
  };
}

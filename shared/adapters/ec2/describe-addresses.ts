import type { AddressAttribute, EC2Client } from '@aws-sdk/client-ec2';
import { DescribeAddressesAttributeCommand, DescribeAddressesCommand } from '@aws-sdk/client-ec2';
import { normalizeDnsName } from '../../model/dns-name.ts';
import type { AllocationId } from '../../model/ids.ts';
import type { ObservedElasticIp, ObservedNetwork } from '../../model/observed.ts';
import { callAws } from '../aws-error.ts';
import { toObservedElasticIp } from './observed-elastic-ip.ts';
import { everyPage } from './pages.ts';

/** Attributes of one page, at the most. */
const pageMax = 1_000;

/** All Elastic IPs of the account and region. */
export async function readElasticIps(client: EC2Client): Promise<readonly ObservedElasticIp[]> {
  const { Addresses = [] } = await callAws('DescribeAddresses', () =>
    client.send(new DescribeAddressesCommand({})),
  );
  return Addresses.flatMap((address) => toObservedElasticIp(address) ?? []);
}

/**
 * The reverse name of each, or the one that it is just being given; empty for one that has none. All of the region are read:
 * the call has no filter, and fails for an id that is unknown.
 */
export async function readReverseNames(
  client: EC2Client,
  allocationIds: readonly AllocationId[],
): Promise<ObservedNetwork['reverseNames']> {
  if (allocationIds.length === 0) return {};
  const addresses = await everyPage(
    (next) =>
      callAws('DescribeAddressesAttribute', () =>
        client.send(
          new DescribeAddressesAttributeCommand({ Attribute: 'domain-name', MaxResults: pageMax, ...next }),
        ),
      ),
    ({ Addresses = [] }) => Addresses,
  );
  const byId = new Map(addresses.map((address) => [address.AllocationId, address]));
  return Object.fromEntries(allocationIds.map((id) => [id, reverseNameOf(byId.get(id))] as const));
}

function reverseNameOf(attribute: AddressAttribute | undefined): ObservedNetwork['reverseNames'][string] {
  const { PtrRecord, PtrRecordUpdate } = attribute ?? {};
  const name = PtrRecordUpdate?.Status === 'PENDING' ? PtrRecordUpdate.Value : PtrRecord;
  return name ? normalizeDnsName(name) : '';
}

import type { AddressSpec } from '../model/address-spec.ts';
import { ofSlot } from '../model/address-spec.ts';
import type { Observed, ObservedInstance } from '../model/observed.ts';
import type { RecordSpec } from '../model/record-spec.ts';
import type { SlotState } from '../model/role-state.ts';
import type { AddressContext } from './addresses/address-planner.ts';
import { elasticIpSourceOf } from './addresses/elastic-ip.ts';
import type { ValueSource } from './record-values.ts';
import { ipv6Of, publicIpOf } from './record-values.ts';

interface SlotAddress {
  readonly context: AddressContext;
  readonly spec: AddressSpec;
}

/** What the values of a slot's records are taken from, with this holder and those of the role's addresses that can be used. */
export function valueSourceOf(
  { role, network, region }: Observed,
  { slot }: SlotState,
  addresses: readonly SlotAddress[],
  holder: ObservedInstance,
): ValueSource {
  const specs = addresses.map(({ spec }) => spec);
  const privateIps = specs.flatMap((spec) =>
    'privateIp' in spec ? (ofSlot(spec.privateIp, slot) ?? []) : [],
  );
  const interfaceIds = specs.flatMap((spec) =>
    'networkInterface' in spec ? (ofSlot(spec.networkInterface, slot) ?? []) : [],
  );
  const [ipv6] = specs.flatMap((spec) => ('ipv6' in spec ? (ofSlot(spec.ipv6, slot) ?? []) : []));
  const ofInterface = network.interfaces.find(({ networkInterfaceId }) =>
    interfaceIds.includes(networkInterfaceId),
  );
  return {
    role: role.name,
    slot,
    holder,
    elasticIps: elasticIpsOf(addresses, holder),
    privateIp: privateIps[0] ?? ofInterface?.privateIps[0],
    ipv6: ipv6 ?? ofInterface?.ipv6s[0],
    region,
  };
}

function elasticIpsOf(
  addresses: readonly SlotAddress[],
  holder: ObservedInstance,
): ValueSource['elasticIps'] {
  return addresses.flatMap(({ spec, context }) =>
    'elasticIp' in spec ? (elasticIpSourceOf(context, spec, holder) ?? []) : [],
  );
}

/**
 * Why nobody would find the role with this holder, in words: a record would have no address. What lacks only a name or a tag
 * is refused for its record, and is no reason to leave the role without a holder.
 */
export function recordObstacle(
  observed: Observed,
  slot: SlotState,
  addresses: readonly SlotAddress[],
  instance: ObservedInstance,
): string | undefined {
  const { records } = observed.role.spec;
  const needsPublicIp = pointsAt(records, 'publicIp') || records.some(({ value }) => value === 'publicName');
  const needsIpv6 = pointsAt(records, 'ipv6');
  if (!needsPublicIp && !needsIpv6) return undefined;
  const source = valueSourceOf(observed, slot, addresses, instance);
  if (needsPublicIp && publicIpOf(source) === undefined) return 'it has no public address';
  return needsIpv6 && ipv6Of(source) === undefined ? 'it has no IPv6 address' : undefined;
}

/** Whether a record is this address of the holder. */
function pointsAt(records: readonly RecordSpec[], address: 'publicIp' | 'ipv6'): boolean {
  return records.some(({ value, values = [] }) => value === address || values.includes(`{${address}}`));
}

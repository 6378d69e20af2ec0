import type { AddressSpec } from '../model/address-spec.ts';
import { ofSlot } from '../model/address-spec.ts';
import type { Observed, ObservedInstance } from '../model/observed.ts';
import type { SlotState } from '../model/role-state.ts';
import type { AddressContext } from './addresses/address-planner.ts';
import { elasticIpSourceOf } from './addresses/elastic-ip.ts';
import type { ValueSource } from './record-values.ts';
import { publicIpOf } from './record-values.ts';

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
  const elasticIp = addresses
    .map(({ spec, context }) => ('elasticIp' in spec ? elasticIpSourceOf(context, spec, holder) : undefined))
    .find((each) => each !== undefined);
  const privateIps = specs.flatMap((spec) =>
    'privateIp' in spec ? (ofSlot(spec.privateIp, slot) ?? []) : [],
  );
  const interfaceIds = specs.flatMap((spec) =>
    'networkInterface' in spec ? (ofSlot(spec.networkInterface, slot) ?? []) : [],
  );
  const [ipv6] = specs.flatMap((spec) => ('ipv6' in spec ? (ofSlot(spec.ipv6, slot) ?? []) : []));
  const ofInterface = network.interfaces.find(({ networkInterfaceId }) =>
    interfaceIds.includes(networkInterfaceId),
  )?.privateIps[0];
  return {
    role: role.name,
    slot,
    holder,
    elasticIp,
    privateIp: privateIps[0] ?? ofInterface,
    ipv6,
    region,
  };
}

/** Why the role's records could have no value with this holder, in words. */
export function recordObstacle(
  observed: Observed,
  addresses: readonly SlotAddress[],
  instance: ObservedInstance,
): string | undefined {
  const needsPublicIp = observed.role.spec.records.some(
    ({ value }) => value === 'publicIp' || value === 'publicName',
  );
  if (!needsPublicIp) return undefined;
  const elasticIp = addresses
    .map(({ spec, context }) =>
      'elasticIp' in spec ? elasticIpSourceOf(context, spec, instance) : undefined,
    )
    .find((each) => each !== undefined);
  return publicIpOf(instance, elasticIp) === undefined ? 'it has no public address' : undefined;
}

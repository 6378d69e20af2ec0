import type { AddressSpec } from '../../../shared/model/address-spec.ts';
import { ofSlot } from '../../../shared/model/address-spec.ts';
import type { InstanceId } from '../../../shared/model/ids.ts';
import { recordNameOf } from '../../../shared/model/record-spec.ts';
import type { RoleSpec } from '../../../shared/model/role-spec.ts';
import { privateZone } from '../engine/network.ts';
import type { Look } from './look.ts';

/** A slot of a role that is held. */
export interface Seat {
  readonly spec: RoleSpec;
  readonly slot: number;
  readonly holder: InstanceId;
}

/** Addresses of a slot that are not with its holder, by a look at the cloud alone. */
export function misplacedAddresses({ spec, slot, holder }: Seat, look: Look): readonly string[] {
  return spec.addresses.flatMap((address) => {
    const places = placesOf(address, slot, look);
    return places.includes(holder) ? [] : [`${JSON.stringify(address)} is with ${places[0] ?? 'nobody'}`];
  });
}

/** The instances that have the address; of a pool those that have any of it. */
function placesOf(address: AddressSpec, slot: number, look: Look): readonly (string | undefined)[] {
  if ('elasticIp' in address) {
    const { elasticIp } = address;
    if (typeof elasticIp === 'string') return [look.carrierOf(elasticIp)];
    const tags = 'pool' in elasticIp ? elasticIp.pool.tags : elasticIp.tags;
    return look.elasticIpsTagged(tags).map((id) => look.carrierOf(id));
  }
  if ('privateIp' in address) return [look.carrierOfIp(ofSlot(address.privateIp, slot))];
  if ('ipv6' in address) return [look.carrierOfIp(ofSlot(address.ipv6, slot))];
  if ('networkInterface' in address) return [look.hostOf(ofSlot(address.networkInterface, slot))];
  if ('route' in address) {
    const targets = address.routeTables.map((id) => look.targetOf(id, address.route));
    return new Set(targets).size === 1 ? targets : [];
  }
  return look.registeredAt(address.targetGroup);
}

/** Records of a private or an IPv6 address in the private zone that do not answer with that of a slot's holder. */
export function wrongRecords(
  { spec, slot, holder }: Seat,
  look: Look,
  zones: ReadonlySet<string>,
): readonly string[] {
  const standing = look.recordsOf(privateZone);
  return spec.records
    .filter(({ zone, routing }) => zones.has(String(zone)) && !routing)
    .flatMap((record) => {
      const wanted = answerOf(record.value, { spec, slot, holder }, look);
      if (wanted === undefined) return [];
      const name = recordNameOf(record, slot);
      const found = standing.find((each) => each.name === name && each.type === wanted.type)?.values.join();
      return found === wanted.address
        ? []
        : [`${name} is ${found ?? 'nothing'} and should be ${wanted.address}`];
    });
}

function answerOf(
  value: string | undefined,
  seat: Seat,
  look: Look,
): { readonly type: string; readonly address: string | undefined } | undefined {
  if (value === 'privateIp') return { type: 'A', address: privateIpOf(seat, look) };
  const [ipv6] = seat.spec.addresses.flatMap((address) =>
    'ipv6' in address ? [ofSlot(address.ipv6, seat.slot)] : [],
  );
  return value === 'ipv6' && ipv6 !== undefined ? { type: 'AAAA', address: ipv6 } : undefined;
}

/** The role's own private address, that of its interface, or else the primary one of the holder. */
function privateIpOf({ spec, slot, holder }: Seat, look: Look): string | undefined {
  for (const address of spec.addresses) {
    if ('privateIp' in address) return ofSlot(address.privateIp, slot);
    if ('networkInterface' in address) return look.primaryIpOf(ofSlot(address.networkInterface, slot));
  }
  return look.primaryIpOf(look.primaryInterfaceOf(holder));
}

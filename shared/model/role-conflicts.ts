import { addressClaims } from './address-claims.ts';
import type { HostedZoneId } from './ids.ts';
import type { Role } from './observed.ts';
import { namesOf } from './record-pairs.ts';
import { excludesType, nameKey } from './record-set.ts';
import type { RecordSpec } from './record-spec.ts';
import { recordTypeOf, ttlSecondsOf, zoneKey } from './record-spec.ts';
import type { CombinationProblem } from './spec-parts.ts';

type ResolvedRole = Pick<Role, 'name' | 'spec' | 'zoneIds'>;

/** Something that a role cannot have beside another. */
interface RoleConflict extends CombinationProblem {
  /** What was found. */
  readonly input: unknown;
}

/** What a role cannot have because another one has it, told at the field of the role. */
export function roleConflicts(role: ResolvedRole, others: readonly ResolvedRole[]): readonly RoleConflict[] {
  const claims = new RoleClaims();
  for (const other of others) if (other.name !== role.name) claims.add(other);
  return claims.conflictsOf(role);
}

interface NameClaim {
  readonly role: string;
  /** Position of the record in its role. */
  readonly index: number;
  readonly record: RecordSpec;
}

/** What roles have that only one can have: addresses, and names in zones. For many roles, each in its turn. */
export class RoleClaims {
  readonly #addresses = new Map<string, string>();
  readonly #names = new Map<string, NameClaim[]>();

  add(role: ResolvedRole): void {
    for (const { key } of role.spec.addresses.flatMap(addressClaims)) this.#addresses.set(key, role.name);
    for (const [key, claim] of nameClaims(role)) {
      const others = this.#names.get(key);
      if (others === undefined) this.#names.set(key, [claim]);
      else others.push(claim);
    }
  }

  /** What a role that was not added cannot have beside those that were, or beside itself now that its zones are known. */
  conflictsOf(role: ResolvedRole): readonly RoleConflict[] {
    return [...this.#addressConflicts(role), ...this.#nameConflicts(role)];
  }

  #addressConflicts({ spec }: ResolvedRole): readonly RoleConflict[] {
    return spec.addresses.flatMap((address, index) =>
      addressClaims(address).flatMap(({ key, field, text, what }) => {
        const owner = this.#addresses.get(key);
        if (owner === undefined) return [];
        // Two VPCs could have it, and the spec does not say in which of them a role lives.
        const why =
          field === 'privateIp' ? ', and a private address is told from another by its text alone' : '';
        const message = `must be ${what} that no other role has; the role "${owner}" has this one${why}`;
        return [{ path: ['addresses', index, field], message, input: text }];
      }),
    );
  }

  #nameConflicts(role: ResolvedRole): readonly RoleConflict[] {
    const own = new Map<string, NameClaim[]>();
    const told = new Set<number>();
    return nameClaims(role).flatMap(([key, claim]) => {
      const mine = own.get(key) ?? [];
      own.set(key, [...mine, claim]);
      const all = [...(this.#names.get(key) ?? []), ...mine];
      const obstacle = all.find((each) => !canShareName(each, claim));
      // A name per slot would tell the same of each slot.
      if (obstacle === undefined || told.has(claim.index)) return [];
      told.add(claim.index);
      const isOwn = obstacle.role === role.name;
      const who = isOwn ? 'another record of this role' : `the role "${obstacle.role}"`;
      const message = `must be a name in its zone that nothing else has, unless both are routed alike; ${who} has this one`;
      return [{ path: ['records', claim.index, 'name'], message, input: claim.record.name }];
    });
  }
}

function nameClaims({ name: role, spec, zoneIds }: ResolvedRole): readonly (readonly [string, NameClaim])[] {
  return spec.records.flatMap((record, index) => {
    const zone = zoneKey(record.zone);
    const zoneId = zoneIds[zone] ?? (zone as HostedZoneId);
    return namesOf(record, spec.slots).map(
      (name) => [nameKey({ zoneId, name }), { role, index, record }] as const,
    );
  });
}

/** Of one role, records of several types; of several roles, only routed ones of one policy. */
function canShareName(a: NameClaim, b: NameClaim): boolean {
  const types = [recordTypeOf(a.record), recordTypeOf(b.record)] as const;
  if (excludesType(...types)) return false;
  if (a.role === b.role) return types[0] !== types[1];
  const policies = [policyOf(a.record), policyOf(b.record)];
  if (policies.includes(undefined) || policies[0] !== policies[1]) return false;
  return (
    policies[0] === 'multivalue' || types[0] !== types[1] || ttlSecondsOf(a.record) === ttlSecondsOf(b.record)
  );
}

function policyOf({ routing }: RecordSpec): 'multivalue' | 'weighted' | undefined {
  if (routing === undefined) return undefined;
  return routing === 'multivalue' ? 'multivalue' : 'weighted';
}

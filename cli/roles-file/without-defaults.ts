import { isDeepStrictEqual } from 'node:util';
import { electionSpecSchema } from '../../shared/model/election-spec.ts';
import type { RoleSpec } from '../../shared/model/role-spec.ts';

const usualElection: Readonly<Record<string, unknown>> = electionSpecSchema.parse({});

/** A spec as an operator would write it: without what is so unless they say otherwise. */
export function withoutDefaults(spec: RoleSpec): Readonly<Record<string, unknown>> {
  const { addresses, records, election, slots, vacant, allow } = spec;
  const unusual = Object.entries(election).filter(
    ([key, value]) => !isDeepStrictEqual(value, usualElection[key]),
  );
  return {
    ...(slots === 1 ? {} : { slots }),
    ...(addresses.length === 0 ? {} : { addresses: addresses.map(withoutFalse) }),
    ...(records.length === 0 ? {} : { records: records.map(withoutFalse) }),
    ...(allow === undefined ? {} : { allow }),
    ...(unusual.length === 0 ? {} : { election: Object.fromEntries(unusual) }),
    ...(vacant === 'keep' ? {} : { vacant }),
  };
}

/** Every flag of an address or record is false unless given. */
function withoutFalse(part: object): object {
  const said = Object.entries(part).filter(([, value]) => value !== false);
  return Object.fromEntries(said.map(([key, value]) => [key, key === 'alias' ? withoutFalse(value) : value]));
}

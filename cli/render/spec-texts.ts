import type { AddressSpec } from '../../shared/model/address-spec.ts';
import type { RecordSpec } from '../../shared/model/record-spec.ts';
import { recordTypeOf, ttlSecondsOf } from '../../shared/model/record-spec.ts';

/** An address as its operator names it, in few words. */
export function addressSpecText(spec: AddressSpec): string {
  if ('elasticIp' in spec) {
    const { elasticIp } = spec;
    if (typeof elasticIp === 'string') return elasticIp;
    return 'pool' in elasticIp
      ? `Elastic IPs with tags ${valueText(elasticIp.pool.tags)}`
      : `Elastic IP with tags ${valueText(elasticIp.tags)}`;
  }
  if ('privateIp' in spec) return listText(spec.privateIp);
  if ('networkInterface' in spec) return listText(spec.networkInterface);
  if ('ipv6' in spec) return listText(spec.ipv6);
  if ('route' in spec) return `${spec.route} in ${listText(spec.routeTables)}`;
  const [, name = spec.targetGroup] = spec.targetGroup.split('/');
  return `target group ${name}${spec.port === undefined ? '' : ` on port ${spec.port}`}`;
}

/** A record as its operator names it, in few words. */
export function recordSpecText(spec: RecordSpec): string {
  const { name, value, values, alias } = spec;
  if (alias !== undefined) return `${name} ${recordTypeOf(spec)} alias to ${alias.target}`;
  const what = value ?? `${recordTypeOf(spec)} ${values?.join(' ') ?? ''}`;
  return `${name} ${what}, ${ttlSecondsOf(spec)} s`;
}

/** A list of a group's addresses is as long as the group. */
const listedMax = 3;

function listText(one: string | readonly string[]): string {
  if (typeof one === 'string') return one;
  const rest = one.length - listedMax;
  return `${one.slice(0, listedMax).join(' ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

/** As YAML writes it on one line. */
export function valueText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(valueText).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  // What is not meant need not be said: `adopt` and `reverse` are false unless given.
  const said = Object.entries(value).filter(([, each]) => each !== false);
  const fields = said.map(([key, each]) => `${key}: ${valueText(each)}`);
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}

import { elasticIpName } from '../model/elastic-ip-name.ts';
import type { Ipv4, Ipv6, RoleName } from '../model/ids.ts';
import type { ObservedElasticIp, ObservedInstance, ObservedPrivateIp } from '../model/observed.ts';
import type { RecordIdentity } from '../model/record-set.ts';
import type { RecordSpec, RecordValue, TemplateVariable } from '../model/record-spec.ts';
import type { Placeholder } from '../model/record-template.ts';
import { placeholdersOf, renderRecordValue } from '../model/record-template.ts';
import { recordValueProblem } from '../model/record-value.ts';
import type { Refusal } from '../model/role-plan.ts';

/** As much of an instance as a record can say. */
export type RecordHolder = Pick<
  ObservedInstance,
  'instanceId' | 'tags' | 'zone' | 'privateIps' | 'attachments' | 'publicIp' | 'publicName' | 'privateName'
>;

/** What the values of a slot's records are taken from, as it will be once the plan is done. */
export interface ValueSource {
  readonly role: RoleName;
  readonly slot: number;
  readonly holder: RecordHolder;
  /** Those that may be moved, in the order of the spec: records that want one point at the first. */
  readonly elasticIps: readonly {
    readonly elasticIp: ObservedElasticIp;
    readonly place: ObservedPrivateIp;
  }[];
  /** The role's own: its secondary address, or that of its interface. */
  readonly privateIp: Ipv4 | undefined;
  /** The role's own, or that of its interface. */
  readonly ipv6: Ipv6 | undefined;
  readonly region: string;
}

/** The values of a record that is no alias, as Route 53 takes them, or why it cannot have them. */
export function recordValuesOf(
  { value, values = [] }: RecordSpec,
  { name, type }: RecordIdentity,
  source: ValueSource,
): readonly string[] | Refusal {
  const refused = ({ code, words }: Refusal): Refusal => ({ code, words: `${name}: ${words}` });
  if (value !== undefined) {
    const found = singleValue(value, source);
    return typeof found === 'string' ? [found] : refused(found);
  }
  const rendered = values.map((template) => renderedValue(type, template, source));
  const refusal = rendered.find((each) => typeof each !== 'string');
  return refusal === undefined ? rendered.filter((each) => typeof each === 'string') : refused(refusal);
}

/** An Elastic IP on the primary private address replaces the automatic public address. */
export function publicIpOf(source: Pick<ValueSource, 'holder' | 'elasticIps'>): Ipv4 | undefined {
  return onPrimary(source) ?? source.holder.publicIp;
}

function onPrimary({ elasticIps }: Pick<ValueSource, 'elasticIps'>): Ipv4 | undefined {
  return elasticIps.find(({ place }) => place.isPrimary)?.elasticIp.publicIp;
}

/** The same of its name, which is computed: that of the instance lags behind the association. */
function publicNameOf(source: ValueSource): string | undefined {
  const publicIp = onPrimary(source);
  return publicIp === undefined ? source.holder.publicName : elasticIpName(publicIp, source.region);
}

function singleValue(value: RecordValue, source: ValueSource): string | Refusal {
  const { holder, elasticIps, region } = source;
  const [elasticIp] = elasticIps;
  switch (value) {
    case 'elasticIp':
      return elasticIp?.elasticIp.publicIp ?? noElasticIp;
    case 'elasticIpName':
      return elasticIp ? elasticIpName(elasticIp.elasticIp.publicIp, region) : noElasticIp;
    case 'publicIp':
      return publicIpOf(source) ?? lacks(holder, 'NoPublicIp', 'public address');
    case 'publicName':
      return (
        publicNameOf(source) ??
        lacks(
          holder,
          'NoName',
          'public DNS name; has its VPC DNS hostnames enabled, and has it a public address?',
        )
      );
    case 'privateIp':
      return privateIpOf(source) ?? lacks(holder, 'NoPrivateIp', 'private address');
    case 'privateName':
      return holder.privateName ?? lacks(holder, 'NoName', 'private DNS name');
    case 'ipv6':
      return ipv6Of(source) ?? lacks(holder, 'NoIpv6', 'IPv6 address');
  }
}

function privateIpOf({ holder, privateIp }: ValueSource): string | undefined {
  return privateIp ?? holder.privateIps[0]?.privateIp;
}

/** The role's own, or else the holder's first. */
export function ipv6Of({ holder, ipv6 }: Pick<ValueSource, 'holder' | 'ipv6'>): Ipv6 | undefined {
  return ipv6 ?? holder.attachments.flatMap(({ ipv6s }) => ipv6s)[0];
}

const noElasticIp: Refusal = {
  code: 'ElasticIpNotFound',
  words: 'the Elastic IP that it would point at cannot be used',
};

function lacks({ instanceId }: RecordHolder, code: Refusal['code'], what: string): Refusal {
  return { code, words: `${instanceId} has no ${what}` };
}

function renderedValue(
  type: RecordIdentity['type'],
  template: string,
  source: ValueSource,
): string | Refusal {
  const found = new Map(placeholdersOf(template).map((each) => [textKey(each), filling(each, source)]));
  const refusal = [...found.values()].find((each) => typeof each !== 'string');
  if (refusal !== undefined) return refusal;
  const rendered = renderRecordValue(type, template, (each) => String(found.get(textKey(each))));
  const problem = recordValueProblem(type, rendered);
  // Whatever is not from a tag was checked with the spec.
  return problem === undefined
    ? rendered
    : {
        code: 'NoTag',
        words: `"${template}" comes to "${rendered}" with ${source.holder.instanceId}; it ${problem}`,
      };
}

function textKey(placeholder: Placeholder): string {
  return JSON.stringify(placeholder);
}

function filling(placeholder: Placeholder, source: ValueSource): string | Refusal {
  switch (placeholder.kind) {
    case 'variable':
      return variableOf(placeholder.name, source);
    case 'tag': {
      const { tags } = source.holder;
      // What every object has is no tag.
      const tag = Object.hasOwn(tags, placeholder.key) ? tags[placeholder.key] : undefined;
      return tag ?? lacks(source.holder, 'NoTag', `tag ${placeholder.key}`);
    }
    case 'unknown':
      return placeholder.text;
  }
}

function variableOf(name: TemplateVariable, source: ValueSource): string | Refusal {
  switch (name) {
    case 'instanceId':
      return source.holder.instanceId;
    case 'zone':
      return source.holder.zone;
    case 'slot':
      return String(source.slot);
    case 'role':
      return source.role;
    case 'elasticIp':
    case 'publicIp':
    case 'privateIp':
    case 'ipv6':
      return singleValue(name, source);
  }
}

import type { RecordSpec, TemplateVariable } from './record-spec.ts';
import { recordTypeOf, templateVariables } from './record-spec.ts';
import type { Placeholder } from './record-template.ts';
import { placeholdersOf, renderRecordValue } from './record-template.ts';
import { recordValueProblem } from './record-value.ts';
import type { SpecParts } from './spec-parts.ts';

interface RecordProblem {
  readonly field: 'value' | 'values' | 'parking';
  readonly message: string;
}

/** What values look like with a holder, to try whether they could be of their type. */
const samples: Readonly<Record<TemplateVariable, string>> = {
  instanceId: 'i-0123456789abcdef0',
  zone: 'eu-west-1a',
  slot: '0',
  role: 'role',
  elasticIp: '203.0.113.25',
  publicIp: '203.0.113.26',
  privateIp: '10.0.0.5',
  ipv6: '2001:db8::5',
};

/** What is wrong with what a record points at. */
export function valueProblems(record: RecordSpec, { addresses }: SpecParts): readonly RecordProblem[] {
  const { value, values = [] } = record;
  const hasElasticIp = addresses.some((address) => 'elasticIp' in address);
  const needed = 'an elasticIp among the addresses of the role';
  if ((value === 'elasticIp' || value === 'elasticIpName') && !hasElasticIp) {
    return [{ field: 'value', message: `needs ${needed}` }];
  }
  const isOfElasticIp = (each: Placeholder) => each.kind === 'variable' && each.name === 'elasticIp';
  const asksInVain = !hasElasticIp && values.flatMap(placeholdersOf).some(isOfElasticIp);
  return [
    ...(asksInVain ? [`{elasticIp} needs ${needed}`] : []),
    ...values.flatMap((template) => templateProblem(record, template) ?? []),
    ...countProblem(record, values),
  ].map((message) => ({ field: 'values', message }));
}

function templateProblem(record: RecordSpec, template: string): string | undefined {
  const placeholders = placeholdersOf(template);
  const unknown = placeholders.find((each) => each.kind === 'unknown');
  if (unknown !== undefined) {
    const known = templateVariables.map((name) => `{${name}}`).join(', ');
    return `must not contain ${unknown.text}; there are ${known} and {tag:KEY}`;
  }
  // What a tag says is known only with its instance.
  if (placeholders.some(({ kind }) => kind === 'tag')) return undefined;
  const type = recordTypeOf(record);
  const rendered = renderRecordValue(type, template, (each) =>
    each.kind === 'variable' ? samples[each.name] : '',
  );
  const problem = recordValueProblem(type, rendered);
  return problem && `${problem}, for ${type}; "${template}" is none`;
}

/** What is wrong with what a vacant role would answer. */
export function parkingProblems(record: RecordSpec, { vacant }: SpecParts): readonly RecordProblem[] {
  const { parking } = record;
  if (parking === undefined) return [];
  if (vacant === 'keep') {
    return [{ field: 'parking', message: 'must not be given unless the role says vacant: park' }];
  }
  const type = recordTypeOf(record);
  const problems = parking.flatMap((value) => {
    const problem = recordValueProblem(type, value);
    return problem === undefined ? [] : `${problem}, for ${type}; "${value}" is none`;
  });
  return [...problems, ...countProblem(record, parking)].map((message) => ({ field: 'parking', message }));
}

function countProblem(record: RecordSpec, values: readonly string[]): readonly string[] {
  const isSingle = recordTypeOf(record) === 'CNAME' || typeof record.routing === 'object';
  if (!isSingle || values.length < 2) return [];
  return [`must be one value for a ${typeof record.routing === 'object' ? 'weighted record' : 'CNAME'}`];
}

import { isInZone, isReverseZone } from './dns-name.ts';
import type { RecordSpec } from './record-spec.ts';
import { recordNameOf, recordTypeOf, zoneNameOf } from './record-spec.ts';
import { parkingProblems, valueProblems } from './record-value-rules.ts';
import type { CombinationProblem, SpecParts } from './spec-parts.ts';

/** Record sets that a name and type may have side by side. */
const routedMax = 100;

/** What is wrong with a record, at the field to blame. */
interface RecordProblem {
  readonly field?: keyof RecordSpec;
  readonly message: string;
}

type RecordRule = (record: RecordSpec, spec: SpecParts) => readonly RecordProblem[];

/** What is impossible within each record of a role. */
export function recordCombinationProblems(spec: SpecParts): readonly CombinationProblem[] {
  return spec.records.flatMap((record, index) =>
    rules
      .flatMap((rule) => rule(record, spec))
      .map(({ field, message }) => ({
        path: ['records', index, ...(field === undefined ? [] : [field])],
        message,
      })),
  );
}

const rules: readonly RecordRule[] = [
  answerProblems,
  zoneProblems,
  nameProblems,
  reverseProblems,
  routingProblems,
  groupProblems,
  valueProblems,
  parkingProblems,
];

/** One of three kinds of answer, each with what belongs to it. */
function answerProblems({ value, values, alias, type, ttl }: RecordSpec): readonly RecordProblem[] {
  const given = [value, values, alias].filter((each) => each !== undefined);
  if (given.length !== 1) return [{ message: 'must have exactly one of value, values and alias' }];
  const problems: RecordProblem[] = [];
  if (value !== undefined && type !== undefined) {
    problems.push({ field: 'type', message: `must not be given with value: ${value}, which says it` });
  }
  if (values !== undefined && type === undefined) {
    problems.push({ field: 'type', message: 'must be given with values: A, AAAA, CNAME, PTR, SRV or TXT' });
  }
  if (alias !== undefined && type !== undefined && type !== 'A' && type !== 'AAAA') {
    problems.push({ field: 'type', message: 'must be A or AAAA for an alias' });
  }
  if (alias !== undefined && ttl !== undefined) {
    problems.push({ field: 'ttl', message: 'must not be given for an alias: it has the TTL of its target' });
  }
  return problems;
}

function zoneProblems(record: RecordSpec): readonly RecordProblem[] {
  const zone = zoneNameOf(record.zone);
  if (zone === undefined) return [];
  const name = recordNameOf(record, 0);
  if (!isInZone(name, zone)) return [{ field: 'name', message: `must be ${zone} or end with .${zone}` }];
  if (name !== zone || recordTypeOf(record) !== 'CNAME') return [];
  const instead = record.value === 'elasticIpName' ? 'elasticIp' : 'an address or an alias';
  return [
    {
      field: record.value === undefined ? 'type' : 'value',
      message: `makes a CNAME, and the apex of a zone cannot be one (RFC 1034); use ${instead}`,
    },
  ];
}

/** @see https://www.rfc-editor.org/rfc/rfc2782 */
function nameProblems(record: RecordSpec): readonly RecordProblem[] {
  const name = recordNameOf(record, 0);
  const type = recordTypeOf(record);
  if (type === 'SRV' && !/^(?:\*|_[^.]+)\._[^.]+\./.test(name)) {
    return [
      { field: 'name', message: 'must begin with service and protocol, such as _postgresql._tcp, for SRV' },
    ];
  }
  if (isReverseZone(name) && (type === 'A' || type === 'AAAA')) {
    return [
      { field: 'name', message: `must not be a name for reverse lookups, which has no ${type} record` },
    ];
  }
  return [];
}

function reverseProblems(record: RecordSpec): readonly RecordProblem[] {
  if (!record.reverse) return [];
  const type = recordTypeOf(record);
  if (record.alias !== undefined || (type !== 'A' && type !== 'AAAA')) {
    const what = record.alias === undefined ? type : 'an alias';
    return [{ field: 'reverse', message: `must be false for ${what}: only an address has a reverse name` }];
  }
  if (!record.name.startsWith('*')) return [];
  return [{ field: 'reverse', message: 'must be false for a wildcard, which is nobody’s name' }];
}

/** @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy.html */
function routingProblems(record: RecordSpec): readonly RecordProblem[] {
  const { routing, alias, values = [] } = record;
  if (routing === undefined) return [];
  const problem = (message: string) => [{ field: 'routing' as const, message }];
  if (routing !== 'multivalue') {
    return values.length > 1
      ? problem('must be multivalue for several values: a weighted record has one')
      : [];
  }
  if (alias !== undefined)
    return problem('must be { weight: 0 to 255 } for an alias: Route 53 has no multivalue alias');
  if (recordTypeOf(record) !== 'CNAME') return [];
  return problem('must be { weight: 0 to 255 } for a CNAME: Route 53 has no multivalue CNAME');
}

/** The slots of a group cannot share one simple record. */
function groupProblems({ name, routing }: RecordSpec, { slots }: SpecParts): readonly RecordProblem[] {
  if (slots === 1 || name.includes('{slot}')) return [];
  if (routing === undefined) {
    return [{ field: 'name', message: `must contain {slot}, or have routing, in a group of ${slots} slots` }];
  }
  if (slots <= routedMax) return [];
  return [{ field: 'name', message: `must contain {slot} in a group of more than ${routedMax} slots` }];
}

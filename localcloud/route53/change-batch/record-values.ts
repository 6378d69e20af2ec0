import type { RecordSet } from '../record-set.ts';
import { valueProblem } from './value-syntax.ts';

const maxValues = 400;

/** Everything wrong with the values of a record set; nothing for an alias. */
export function recordValueProblems(recordSet: RecordSet): readonly string[] {
  const { type, content } = recordSet;
  if (content.kind === 'alias') return [];
  const problems = content.values
    .map((value) => valueProblem(type, value))
    .filter((problem) => problem !== undefined)
    .map((problem) => `Invalid Resource Record: '${problem}'`);
  const repeated = repeatedValues(content.values).map((value) => `Duplicate Resource Record: '${value}'`);
  return [
    ...problems,
    ...repeated,
    ...countProblems(recordSet, content.values.length),
    ...healthProblems(recordSet),
  ];
}

function countProblems({ name, type, routing }: RecordSet, count: number): readonly string[] {
  if (count > maxValues) return [`Cannot have more than ${maxValues} records in a RRSet.`];
  const isSingle = ['CNAME', 'SOA'].includes(type) || ['weighted', 'latency'].includes(routing.kind);
  if (!isSingle || count === 1) return [];
  return [
    `RRSet with DNS name ${name.text}, type ${type} cannot be created as it must contain exactly one resource record.`,
  ];
}

// Health checks cannot be created here, so a primary never has the one it needs.
function healthProblems({ routing }: RecordSet): readonly string[] {
  if (routing.kind !== 'failover' || routing.role !== 'PRIMARY') return [];
  return ['A non-alias primary ResourceRecordSet must have an associated health check. No changes made.'];
}

function repeatedValues(values: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const value of values) (seen.has(value) ? repeated : seen).add(value);
  return [...repeated];
}

import { roleSpecSchema } from '../../../../shared/model/role-spec.ts';
import type { SpecProblem } from '../../../../shared/model/spec-problem.ts';
import { specProblems } from '../../../../shared/model/spec-problem.ts';

/** `path: what is allowed` for everything that is wrong with a spec, as its operator is told. */
export function toldProblems(spec: object): readonly string[] {
  const result = roleSpecSchema.safeParse(spec);
  const problems: readonly SpecProblem[] = result.success ? [] : specProblems(result.error, spec);
  return problems.map(({ path, allowed }) => `${path}: ${allowed}`);
}

/** A good record of a private address. */
export const aRecordSpec = { zone: 'example.com', name: 'db.example.com', value: 'privateIp' };

/** A role of one record: values where it names them, else a private address. */
export function withRecord(overrides: object, spec: object = {}): object {
  const { value, ...rest } = aRecordSpec;
  const hasAnswer = 'values' in overrides || 'alias' in overrides;
  return { records: [{ ...rest, ...(hasAnswer ? {} : { value }), ...overrides }], ...spec };
}

export const typed = (type: string, ...values: readonly string[]) => withRecord({ type, values });

/** The target of an alias. */
export const lb = { target: 'lb.eu-west-1.elb.amazonaws.com', zone: 'Z32O12XQLNTSW2' };

import { z } from 'zod';
import { AwsError, notModelled } from '../core/aws-error.ts';
import { type Condition, compileCondition } from './condition.ts';
import { type Pattern, resourcePattern, wildcardPattern } from './pattern.ts';
import { type Caller, compilePrincipal, type PrincipalElement } from './principal.ts';

/** Patterns of which one must match, or none. */
interface Selection {
  readonly patterns: readonly Pattern[];
  /** True for `NotAction` and `NotResource`. */
  readonly isNegated: boolean;
}

/** One statement of a policy, ready to be asked. */
export interface Statement {
  readonly policyName: string;
  /** Its `Sid`, or its place in the document: `#1` for the first. */
  readonly sid: string;
  readonly effect: 'Allow' | 'Deny';
  readonly actions: Selection;
  readonly resources: Selection;
  /** Undefined in a policy of an identity: it is about whoever has it. */
  readonly isAbout: ((caller: Caller) => boolean) | undefined;
  readonly conditions: readonly Condition[];
}

const texts = z
  .union([z.string(), z.array(z.string()).min(1)])
  .transform((value) => (Array.isArray(value) ? value : [value]));
const scalar = z.union([z.string(), z.boolean(), z.number()]);
const values = z
  .union([scalar, z.array(scalar).min(1)])
  .transform((value) => (Array.isArray(value) ? value : [value]).map(String));

const statementShape = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Principal: z.union([z.literal('*'), z.record(z.string(), texts)]).optional(),
  Action: texts.optional(),
  NotAction: texts.optional(),
  Resource: texts.optional(),
  NotResource: texts.optional(),
  Condition: z.record(z.string(), z.record(z.string(), values)).optional(),
});

const documentShape = z.strictObject({
  Version: z.enum(['2012-10-17', '2008-10-17']).optional(),
  Id: z.string().optional(),
  Statement: z
    .union([statementShape, z.array(statementShape)])
    .transform((value) => (Array.isArray(value) ? value : [value])),
});

type StatementShape = z.output<typeof statementShape>;

/** On what a policy is: a role or user (`identity`), a queue or function (`resource`), or who may be a role (`trust`). */
export type PolicyKind = 'identity' | 'resource' | 'trust';

/**
 * A policy's statements, compiled once. Throws MalformedPolicyDocument for what is not a policy, and by its name what
 * localcloud does not model; both with the policy and the statement.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function compilePolicy(
  document: unknown,
  policyName: string,
  kind: PolicyKind = 'identity',
): readonly Statement[] {
  const parsed = documentShape.safeParse(document);
  if (!parsed.success) throw malformed(`policy ${policyName}: ${z.prettifyError(parsed.error)}`);
  return parsed.data.Statement.map((shape, index) => {
    const sid = shape.Sid ?? `#${index + 1}`;
    try {
      return compileStatement(shape, sid, policyName, kind);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      throw new AwsError(
        error.code,
        `policy ${policyName}, statement ${sid}: ${error.message}`,
        error.status,
      );
    }
  });
}

function compileStatement(
  shape: StatementShape,
  sid: string,
  policyName: string,
  kind: PolicyKind,
): Statement {
  if ((shape.Principal === undefined) !== (kind === 'identity'))
    throw malformed(kind === 'identity' ? 'it must not have a Principal' : 'it must have a Principal');
  const resources =
    kind === 'trust'
      ? { patterns: [wildcardPattern('*')], isNegated: false }
      : selection('Resource', shape.Resource, shape.NotResource, resourceElement);
  return {
    policyName,
    sid,
    effect: shape.Effect,
    actions: selection('Action', shape.Action, shape.NotAction, actionPattern),
    resources,
    isAbout:
      shape.Principal === undefined ? undefined : compilePrincipal(shape.Principal as PrincipalElement),
    conditions: Object.entries(shape.Condition ?? {}).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, wanted]) => compileCondition(operator, key, wanted)),
    ),
  };
}

function selection(
  name: 'Action' | 'Resource',
  included: readonly string[] | undefined,
  excluded: readonly string[] | undefined,
  compile: (text: string) => Pattern,
): Selection {
  if ((included === undefined) === (excluded === undefined))
    throw malformed(`it must have either ${name} or Not${name}`);
  return { patterns: (included ?? excluded ?? []).map(compile), isNegated: included === undefined };
}

function actionPattern(text: string): Pattern {
  if (text !== '*' && !/^[a-z0-9-]+:[\w*?]+$/i.test(text)) throw malformed(`${text} is not an action`);
  return wildcardPattern(text, { ignoresCase: true });
}

function resourceElement(text: string): Pattern {
  if (text.includes('${')) throw notModelled(`the policy variable in ${text}`);
  if (text !== '*' && !text.startsWith('arn:')) throw malformed(`${text} is neither an ARN nor *`);
  return resourcePattern(text);
}

function malformed(message: string): AwsError {
  return new AwsError('MalformedPolicyDocument', message);
}

import type { Context } from './condition-keys.ts';
import type { Pattern } from './pattern.ts';
import type { Statement } from './policy-document.ts';
import type { Caller } from './principal.ts';

/** One thing that a call needs to be allowed: one action on one resource. */
export interface Requirement {
  /** As IAM writes it: `ec2:AssociateAddress`. */
  readonly action: string;
  /** An ARN, or `*` for actions without resources. */
  readonly resource: string;
  readonly context: Context;
}

/** A statement that allowed something, and by which of its action patterns. */
export interface Grant {
  readonly statement: Statement;
  /** Undefined for a statement with `NotAction`. */
  readonly actionPattern: string | undefined;
}

/** What the policies say. An explicit denial beats everything, and what nothing allows is denied. */
export type Decision =
  | { readonly kind: 'allowed'; readonly grants: readonly Grant[] }
  | { readonly kind: 'implicit-deny' }
  | { readonly kind: 'explicit-deny'; readonly statement: Statement };

/**
 * Judges one requirement by statements: those of an identity's policies, or, with a caller, those of a resource's.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function evaluate(
  statements: Iterable<Statement>,
  requirement: Requirement,
  caller?: Caller,
): Decision {
  const grants: Grant[] = [];
  for (const statement of statements) {
    const { actions, resources, conditions, isAbout } = statement;
    const action = matchOf(actions.patterns, requirement.action);
    if ((action === undefined) !== actions.isNegated) continue;
    if ((matchOf(resources.patterns, requirement.resource) === undefined) !== resources.isNegated) continue;
    if (isAbout !== undefined && (caller === undefined || !isAbout(caller))) continue;
    if (!conditions.every(({ holds }) => holds(requirement.context))) continue;
    if (statement.effect === 'Deny') return { kind: 'explicit-deny', statement };
    grants.push({ statement, actionPattern: action?.text });
  }
  return grants.length > 0 ? { kind: 'allowed', grants } : { kind: 'implicit-deny' };
}

function matchOf(patterns: readonly Pattern[], value: string): Pattern | undefined {
  return patterns.find(({ matches }) => matches(value));
}

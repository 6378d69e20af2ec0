import { type Decision, evaluate, type Requirement } from './evaluate.ts';
import type { Statement } from './policy-document.ts';

/** A statement of a role and which of its actions have been used. */
export interface StatementUse {
  readonly roleName: string;
  readonly policyName: string;
  readonly sid: string;
  readonly effect: 'Allow' | 'Deny';
  /** Action patterns, as the statement writes them, that allowed some call. */
  readonly usedActions: readonly string[];
  readonly unusedActions: readonly string[];
}

/** A role: who may be it, and what it may do. */
export class Role {
  readonly name: string;
  readonly arn: string;
  readonly id: string;
  trust: readonly Statement[];
  /** Inline policies by name, managed ones by ARN. */
  readonly #policies = new Map<string, readonly Statement[]>();
  /** Statements that can be about an action, so that judging a call looks at few of them. */
  readonly #byAction = new Map<string, readonly Statement[]>();
  readonly #used = new Map<Statement, Set<string>>();

  constructor(
    identity: { readonly name: string; readonly arn: string; readonly id: string },
    trust: readonly Statement[],
  ) {
    this.name = identity.name;
    this.arn = identity.arn;
    this.id = identity.id;
    this.trust = trust;
  }

  putPolicy(key: string, statements: readonly Statement[]): void {
    this.#policies.set(key, statements);
    this.#byAction.clear();
  }

  /** False when the role has no such policy. */
  removePolicy(key: string): boolean {
    this.#byAction.clear();
    return this.#policies.delete(key);
  }

  policyKeys(): readonly string[] {
    return [...this.#policies.keys()];
  }

  /** Whether any statement has a condition on this key: keys that are dear to find out are not worth it otherwise. */
  asksFor(key: string): boolean {
    return [...this.#policies.values()].some((statements) =>
      statements.some(({ conditions }) => conditions.some((condition) => condition.key === key)),
    );
  }

  /** Judges by the role's own policies, and notes what allowed it. */
  judge(requirement: Requirement): Decision {
    const decision = evaluate(this.#statementsOn(requirement.action), requirement);
    if (decision.kind === 'allowed')
      for (const { statement, actionPattern = 'NotAction' } of decision.grants)
        this.#usesOf(statement).add(actionPattern);
    return decision;
  }

  /** Every statement of the role's policies, used or not. */
  uses(): readonly StatementUse[] {
    return [...this.#policies.values()].flat().map((statement) => {
      const used = this.#usesOf(statement);
      const patterns = statement.actions.isNegated
        ? ['NotAction']
        : statement.actions.patterns.map(({ text }) => text);
      return {
        roleName: this.name,
        policyName: statement.policyName,
        sid: statement.sid,
        effect: statement.effect,
        usedActions: patterns.filter((pattern) => used.has(pattern)),
        unusedActions: patterns.filter((pattern) => !used.has(pattern)),
      };
    });
  }

  #statementsOn(action: string): readonly Statement[] {
    const known = this.#byAction.get(action);
    if (known !== undefined) return known;
    const about = [...this.#policies.values()]
      .flat()
      .filter(({ actions }) => actions.patterns.some(({ matches }) => matches(action)) !== actions.isNegated);
    this.#byAction.set(action, about);
    return about;
  }

  #usesOf(statement: Statement): Set<string> {
    const uses = this.#used.get(statement) ?? new Set();
    this.#used.set(statement, uses);
    return uses;
  }
}

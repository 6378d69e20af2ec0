import { AwsError } from '../core/aws-error.ts';
import type { Call, Operation } from '../core/service.ts';
import type { Surroundings } from '../core/surroundings.ts';
import type { World } from '../ec2/state/world.ts';
import type { CallToJudge, Surveyed } from './actions/request.ts';
import { requirementsOf } from './actions/requirements.ts';
import { denial } from './denial.ts';
import { type Decision, evaluate, type Requirement } from './evaluate.ts';
import { awsManagedPolicies } from './managed-policies.ts';
import { compilePolicy, type Statement } from './policy-document.ts';
import { Role, type StatementUse } from './role.ts';

/** What policies are judged by, besides the calls themselves. */
export interface IamRooms {
  /** EC2's real state. */
  readonly ec2?: World;
  /** An operation of the room of this service; undefined when there is none. */
  readonly operation: (service: string, name: string) => Operation | undefined;
  /** The text of a queue's policy, by ARN. */
  readonly queuePolicy?: (queueArn: string) => string | undefined;
}

/** An AWS service that acts for a resource of its own. */
export interface ServiceCall {
  /** `events.amazonaws.com` */
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  /** For whom: the rule, the function. */
  readonly sourceArn: string;
}

interface Session {
  readonly role: Role;
  readonly arn: string;
}

type Denied = Exclude<Decision, { kind: 'allowed' }>;

/**
 * Roles, their policies, and the judgement of calls. A call made with the access key of a session is judged by its role;
 * every other access key is the account's root, which may do everything.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export class Iam {
  readonly #surroundings: Surroundings;
  readonly #surveyed: Surveyed;
  readonly #queuePolicy: (queueArn: string) => string | undefined;
  readonly #roles = new Map<string, Role>();
  /** Managed policies of the account, by ARN. */
  readonly #managed = new Map<string, { readonly name: string; readonly statements: readonly Statement[] }>();
  readonly #sessions = new Map<string, Session>();
  readonly #resourcePolicies = new Map<string, readonly Statement[]>();

  constructor(surroundings: Surroundings, rooms: IamRooms) {
    const { partition, region, accountId, random } = surroundings;
    this.#surroundings = { ...surroundings, random: random.fork('iam') };
    this.#surveyed = { partition, region, accountId, ec2: rooms.ec2, operation: rooms.operation };
    this.#queuePolicy = rooms.queuePolicy ?? (() => undefined);
  }

  /** Throws EntityAlreadyExists and MalformedPolicyDocument. `path` begins and ends with a slash. */
  createRole(name: string, trustPolicy: unknown, path = '/'): Role {
    if (this.#roles.has(name))
      throw new AwsError('EntityAlreadyExists', `Role with name ${name} already exists.`, 409);
    const trust = compilePolicy(trustPolicy, `the trust policy of role ${name}`, 'trust');
    const { partition, accountId, random } = this.#surroundings;
    const arn = `arn:${partition}:iam::${accountId}:role${path}${name}`;
    const role = new Role({ name, arn, id: `AROA${random.hex(17).toUpperCase()}` }, trust);
    this.#roles.set(name, role);
    return role;
  }

  /** Throws NoSuchEntity and MalformedPolicyDocument. */
  setTrustPolicy(roleName: string, trustPolicy: unknown): void {
    this.role(roleName).trust = compilePolicy(trustPolicy, `the trust policy of role ${roleName}`, 'trust');
  }

  /** Throws NoSuchEntity. Sessions of the role may do nothing from now on. */
  deleteRole(name: string): void {
    const role = this.role(name);
    for (const key of role.policyKeys()) role.removePolicy(key);
    this.#roles.delete(name);
  }

  /** Throws NoSuchEntity. */
  role(name: string): Role {
    const role = this.#roles.get(name);
    if (role === undefined)
      throw new AwsError('NoSuchEntity', `The role with name ${name} cannot be found.`, 404);
    return role;
  }

  /** Puts an inline policy on a role, instead of one of the same name. Throws NoSuchEntity, MalformedPolicyDocument. */
  putRolePolicy(roleName: string, policyName: string, document: unknown): void {
    this.role(roleName).putPolicy(policyName, compilePolicy(document, policyName));
  }

  /** Removes an inline policy; what is gone already is no error. */
  deleteRolePolicy(roleName: string, policyName: string): void {
    this.#roles.get(roleName)?.removePolicy(policyName);
  }

  /** Makes or changes a managed policy and returns its ARN; whoever has it attached is judged by it at once. */
  putManagedPolicy(name: string, document: unknown, path = '/'): string {
    const { partition, accountId } = this.#surroundings;
    const arn = `arn:${partition}:iam::${accountId}:policy${path}${name}`;
    const statements = compilePolicy(document, name);
    this.#managed.set(arn, { name, statements });
    for (const role of this.#roles.values())
      if (role.policyKeys().includes(arn)) role.putPolicy(arn, statements);
    return arn;
  }

  /** Deletes a managed policy, and takes it from the roles that have it. */
  deleteManagedPolicy(arn: string): void {
    this.#managed.delete(arn);
    for (const role of this.#roles.values()) role.removePolicy(arn);
  }

  /** Takes an ARN of the account's own or of one of AWS's policies. Throws NoSuchEntity. */
  attachRolePolicy(roleName: string, policyArn: string): void {
    const role = this.role(roleName);
    const [, awsName] = /^arn:[^:]+:iam::aws:policy\/(.+)$/.exec(policyArn) ?? [];
    const document = awsName === undefined ? undefined : awsManagedPolicies.get(awsName);
    const statements =
      document === undefined ? this.#managed.get(policyArn)?.statements : compilePolicy(document, policyArn);
    if (statements === undefined)
      throw new AwsError('NoSuchEntity', `Policy ${policyArn} does not exist or is not attachable.`, 404);
    role.putPolicy(policyArn, statements);
  }

  /** Takes a policy from a role; what is gone already is no error. */
  detachRolePolicy(roleName: string, policyArn: string): void {
    this.#roles.get(roleName)?.removePolicy(policyArn);
  }

  /**
   * Calls with this access key are the role's from now on. `principal` (a service, or an ARN) must be trusted by it: throws
   * AccessDenied when it is not, and NoSuchEntity.
   */
  openSession(accessKeyId: string, roleArn: string, sessionName: string, principal?: string): void {
    const role = this.#roleByArn(roleArn);
    if (principal !== undefined && !this.#trusts(role, principal))
      throw new AwsError(
        'AccessDenied',
        `${principal} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
        403,
      );
    const { partition, accountId } = this.#surroundings;
    const arn = `arn:${partition}:sts::${accountId}:assumed-role/${role.name}/${sessionName}`;
    this.#sessions.set(accessKeyId, { role, arn });
  }

  /** Whether a role may do something, asked and noted as a call of its own. False for a role that is gone. */
  isAllowed(roleArn: string, action: string, resource: string): boolean {
    const role = this.#roles.get(roleArn.slice(roleArn.lastIndexOf('/') + 1));
    if (role?.arn !== roleArn) return false;
    return role.judge({ action, resource, context: new Map(this.#base(roleArn)) }).kind === 'allowed';
  }

  /** Whether a resource's policy lets an AWS service act on it. Without a policy it does not. */
  isServiceAllowed(policy: string | undefined, call: ServiceCall): boolean {
    if (policy === undefined) return false;
    const context = new Map<string, readonly string[]>([
      ...this.#base(undefined),
      ['aws:sourcearn', [call.sourceArn]],
      ['aws:sourceaccount', [call.sourceArn.split(':')[4] ?? '']],
    ]);
    const { action, resource } = call;
    const caller = { kind: 'service', name: call.principal } as const;
    const decision = evaluate(this.#resourcePolicy(policy), { action, resource, context }, caller);
    return decision.kind === 'allowed';
  }

  /** Throws MalformedPolicyDocument, or what localcloud does not judge by its name. */
  checkResourcePolicy(policy: string): void {
    this.#resourcePolicy(policy);
  }

  /** Whether calls with this access key are judged at all. */
  hasSession(accessKeyId: string): boolean {
    return this.#sessions.has(accessKeyId);
  }

  /** Throws the service's own error when the caller may not make the call. */
  async authorize(call: Call, service: string, operation: string, input: unknown): Promise<void> {
    const session = this.#sessions.get(call.accessKeyId);
    if (session === undefined) return;
    const toJudge: CallToJudge = {
      operation,
      input,
      surveyed: this.#surveyed,
      asksFor: (key) => session.role.asksFor(key),
      base: this.#base(session.role.arn),
    };
    for (const requirement of await requirementsOf(service, toJudge)) {
      const denied = this.#denialOf(session, service, requirement);
      if (denied !== undefined) throw denial(service, session.arn, requirement, denied);
    }
  }

  /** Every statement of every role, with the actions that calls have used and those that none has. */
  statementUses(): readonly StatementUse[] {
    return [...this.#roles.values()].flatMap((role) => role.uses());
  }

  #denialOf(session: Session, service: string, requirement: Requirement): Denied | undefined {
    const own = session.role.judge(requirement);
    const policy = service === 'sqs' ? this.#queuePolicy(requirement.resource) : undefined;
    if (policy === undefined) return own.kind === 'allowed' ? undefined : own;
    const caller = { kind: 'role', roleArn: session.role.arn, sessionArn: session.arn } as const;
    const theirs = evaluate(this.#resourcePolicy(policy), requirement, caller);
    if (own.kind === 'explicit-deny') return own;
    if (theirs.kind === 'explicit-deny') return theirs;
    return own.kind === 'allowed' || theirs.kind === 'allowed' ? undefined : own;
  }

  #trusts(role: Role, principal: string): boolean {
    const requirement = { action: 'sts:AssumeRole', resource: '*', context: new Map(this.#base(undefined)) };
    const caller = principal.startsWith('arn:')
      ? ({ kind: 'role', roleArn: principal, sessionArn: principal } as const)
      : ({ kind: 'service', name: principal } as const);
    return evaluate(role.trust, requirement, caller).kind === 'allowed';
  }

  #roleByArn(arn: string): Role {
    const role = this.role(arn.slice(arn.lastIndexOf('/') + 1));
    if (role.arn !== arn) throw new AwsError('NoSuchEntity', `The role ${arn} cannot be found.`, 404);
    return role;
  }

  #resourcePolicy(text: string): readonly Statement[] {
    const statements =
      this.#resourcePolicies.get(text) ??
      compilePolicy(JSON.parse(text) as unknown, 'of a resource', 'resource');
    this.#resourcePolicies.set(text, statements);
    return statements;
  }

  /** Keys that every request has: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
  #base(roleArn: string | undefined): (readonly [string, readonly string[]])[] {
    const { region, accountId } = this.#surroundings;
    return [
      ['aws:requestedregion', [region]],
      ['aws:resourceaccount', [accountId]],
      ['aws:securetransport', ['true']],
      ...(roleArn === undefined
        ? []
        : ([
            ['aws:principalarn', [roleArn]],
            ['aws:principalaccount', [accountId]],
          ] as const)),
    ];
  }
}

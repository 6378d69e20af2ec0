import { AwsError } from '../core/aws-error.ts';

/** Who may invoke a function, as AddPermission takes it. */
export interface Permission {
  readonly statementId: string;
  /** A service: `events.amazonaws.com`. */
  readonly principal: string;
  readonly action: string;
  readonly sourceArn?: string | undefined;
  readonly sourceAccount?: string | undefined;
}

/**
 * The resource-based policies of functions, by function ARN.
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html
 */
export class FunctionPermissions {
  readonly #byFunction = new Map<string, Map<string, Permission>>();
  readonly #policies = new Map<string, string>();

  /** Throws ResourceConflictException. */
  add(functionArn: string, permission: Permission): void {
    const permissions = this.#byFunction.get(functionArn) ?? new Map<string, Permission>();
    if (permissions.has(permission.statementId))
      throw new AwsError(
        'ResourceConflictException',
        `The statement id (${permission.statementId}) provided already exists.`,
        409,
      );
    permissions.set(permission.statementId, permission);
    this.#byFunction.set(functionArn, permissions);
    this.#policies.delete(functionArn);
  }

  /** What is gone already is no error. */
  remove(functionArn: string, statementId: string): void {
    this.#byFunction.get(functionArn)?.delete(statementId);
    this.#policies.delete(functionArn);
  }

  removeAll(functionArn: string): void {
    this.#byFunction.delete(functionArn);
    this.#policies.delete(functionArn);
  }

  /** The policy's JSON text; undefined when nobody was given permission. */
  policyOf(functionArn: string): string | undefined {
    const permissions = [...(this.#byFunction.get(functionArn)?.values() ?? [])];
    if (permissions.length === 0) return undefined;
    const policy =
      this.#policies.get(functionArn) ??
      JSON.stringify({
        Version: '2012-10-17',
        Statement: permissions.map((permission) => statementOf(functionArn, permission)),
      });
    this.#policies.set(functionArn, policy);
    return policy;
  }
}

function statementOf(Resource: string, permission: Permission): object {
  const { statementId, principal, action, sourceArn, sourceAccount } = permission;
  const Condition = {
    ...(sourceArn !== undefined && { ArnLike: { 'AWS:SourceArn': sourceArn } }),
    ...(sourceAccount !== undefined && { StringEquals: { 'AWS:SourceAccount': sourceAccount } }),
  };
  return {
    Sid: statementId,
    Effect: 'Allow',
    Principal: { Service: principal },
    Action: action,
    Resource,
    ...(Object.keys(Condition).length > 0 && { Condition }),
  };
}

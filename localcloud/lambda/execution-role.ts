import { AwsError } from '../core/aws-error.ts';
import type { Surroundings } from '../core/surroundings.ts';
import type { FunctionConfiguration } from './function-configuration.ts';

/** What Lambda asks of IAM. */
export interface Roles {
  /** Calls with the access key are the role's from now on. Throws AwsError when the principal may not be the role. */
  openSession(accessKeyId: string, roleArn: string, sessionName: string, principal: string): void;
  isAllowed(roleArn: string, action: string, resource: string): boolean;
}

const principal = 'lambda.amazonaws.com';

/**
 * What functions may do besides the calls in their code, by the roles that they have. A function without a role, or a
 * runtime without IAM, may do everything.
 */
export class ExecutionRoles {
  readonly #roles: Roles | undefined;
  readonly #surroundings: Surroundings;

  constructor(roles: Roles | undefined, surroundings: Surroundings) {
    this.#roles = roles;
    this.#surroundings = surroundings;
  }

  /**
   * Gives a function's access key to its role. Throws InvalidParameterValueException.
   * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
   */
  assume({ roleArn, accessKeyId, name }: FunctionConfiguration): void {
    if (roleArn === undefined) return;
    try {
      this.#roles?.openSession(accessKeyId, roleArn, name, principal);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      throw refused('The role defined for the function cannot be assumed by Lambda.');
    }
  }

  /**
   * Throws InvalidParameterValueException when the role may not do what polling a queue takes.
   * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
   */
  requirePolling(configuration: FunctionConfiguration, queueArn: string): void {
    for (const operation of ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'])
      this.#requireOnQueue(configuration, operation, queueArn);
  }

  /** Throws InvalidParameterValueException when the role may not send to its on-failure destination. */
  requireSending(configuration: FunctionConfiguration): void {
    const { onFailureDestinationArn } = configuration;
    if (onFailureDestinationArn !== undefined)
      this.#requireOnQueue(configuration, 'SendMessage', onFailureDestinationArn);
  }

  maySend({ roleArn }: FunctionConfiguration, queueArn: string): boolean {
    return this.#isAllowed(roleArn, 'sqs:SendMessage', queueArn);
  }

  /**
   * Whether what the function writes reaches its log group; without the permission it is lost, as on AWS. A traced
   * function's permission to send traces is asked too, so that it counts as used; nothing hangs on it here.
   */
  mayLog({ roleArn, logGroupName, name, isTraced }: FunctionConfiguration, logStreamName: string): boolean {
    if (isTraced)
      for (const action of ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'])
        this.#isAllowed(roleArn, action, '*');
    const { partition, region, accountId } = this.#surroundings;
    const group = `arn:${partition}:logs:${region}:${accountId}:log-group:${logGroupName ?? `/aws/lambda/${name}`}`;
    const stream = `${group}:log-stream:${logStreamName}`;
    return (
      // Lambda's own group is made by the first function that writes; a named one must be there.
      (logGroupName !== undefined || this.#isAllowed(roleArn, 'logs:CreateLogGroup', group)) &&
      this.#isAllowed(roleArn, 'logs:CreateLogStream', stream) &&
      this.#isAllowed(roleArn, 'logs:PutLogEvents', stream)
    );
  }

  #requireOnQueue({ roleArn }: FunctionConfiguration, operation: string, queueArn: string): void {
    if (this.#isAllowed(roleArn, `sqs:${operation}`, queueArn)) return;
    throw refused(`The provided execution role does not have permissions to call ${operation} on SQS`);
  }

  #isAllowed(roleArn: string | undefined, action: string, resource: string): boolean {
    return (
      roleArn === undefined || this.#roles === undefined || this.#roles.isAllowed(roleArn, action, resource)
    );
  }
}

function refused(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message);
}

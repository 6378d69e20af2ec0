import type { Disposition } from '../model/errors.ts';
import { ControllerError, isControllerError } from '../model/errors.ts';

/**
 * What each AWS error code means for us. The code is the `name` of the error; HTTP status and `$fault` do not tell
 * (`PriorRequestNotComplete` is a 400 that wants a retry), and message text is not stable.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
 * @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html
 */
export const awsErrorDispositions: Readonly<Record<string, Disposition>> = {
  // The same call may work later.
  ConcurrentTagAccess: 'retryable',
  EC2ThrottledException: 'retryable',
  ExpiredToken: 'retryable',
  ExpiredTokenException: 'retryable',
  InternalError: 'retryable',
  InternalFailure: 'retryable',
  InternalServerError: 'retryable',
  LimitsExceeded: 'retryable',
  PriorRequestNotComplete: 'retryable',
  ProvisionedThroughputExceededException: 'retryable',
  RequestExpired: 'retryable',
  RequestLimitExceeded: 'retryable',
  RequestThrottled: 'retryable',
  RequestThrottledException: 'retryable',
  RequestTimeout: 'retryable',
  ServiceUnavailable: 'retryable',
  Throttling: 'retryable',
  ThrottledException: 'retryable',
  ThrottlingException: 'retryable',
  TimeoutError: 'retryable',
  TooManyRequestsException: 'retryable',
  Unavailable: 'retryable',
  // The world is not as it was read: read again and decide again.
  ConditionalCheckFailedException: 'conflict',
  IncorrectInstanceState: 'conflict',
  IncorrectState: 'conflict',
  'InvalidAllocationID.NotFound': 'conflict',
  'InvalidAssociationID.NotFound': 'conflict',
  InvalidChangeBatch: 'conflict',
  InvalidInstanceID: 'conflict',
  'InvalidInstanceID.NotFound': 'conflict',
  'InvalidIPAddress.InUse': 'conflict',
  'InvalidNetworkInterfaceID.NotFound': 'conflict',
  'Resource.AlreadyAssociated': 'conflict',
  // Nothing but a person can mend it.
  AccessDenied: 'permanent',
  AccessDeniedException: 'permanent',
  AuthFailure: 'permanent',
  'Gateway.NotAttached': 'permanent',
  InvalidInput: 'permanent',
  InvalidParameterCombination: 'permanent',
  InvalidParameterValue: 'permanent',
  MissingParameter: 'permanent',
  NoSuchHostedZone: 'permanent',
  OperationNotPermitted: 'permanent',
  OptInRequired: 'permanent',
  ResourceNotFoundException: 'permanent',
  UnauthorizedOperation: 'permanent',
  UnrecognizedClientException: 'permanent',
  UnsupportedOperation: 'permanent',
  ValidationException: 'permanent',
};

/** The stable code of an error that is in no table: 4xx are ours and permanent, all else may pass. */
const unclassified = 'UnclassifiedAwsError';

/** Any error of an AWS call, as ours. `doing` names what was tried, such as `AssociateAddress eipalloc-0abc`. */
export function fromAws(error: unknown, doing: string): ControllerError {
  if (isControllerError(error)) return error;
  const { name, message, fault } = partsOf(error);
  const disposition = awsErrorDispositions[name];
  if (disposition !== undefined) {
    return new ControllerError(`${doing}: ${name}: ${message}`, { code: name, disposition, cause: error });
  }
  return new ControllerError(`${doing}: ${name}: ${message}`, {
    code: unclassified,
    disposition: fault === 'client' ? 'permanent' : 'retryable',
    cause: error,
  });
}

/** Runs one call and classifies its failure. */
export async function callAws<Output>(doing: string, call: () => Promise<Output>): Promise<Output> {
  try {
    return await call();
  } catch (error) {
    throw fromAws(error, doing);
  }
}

function partsOf(error: unknown): {
  readonly name: string;
  readonly message: string;
  readonly fault: unknown;
} {
  if (!(error instanceof Error)) return { name: 'Unknown', message: String(error), fault: undefined };
  // One documented body of InvalidChangeBatch has messages and no code; the SDK does not find its name.
  if (error.name === 'Unknown' && 'Messages' in error) {
    return { name: 'InvalidChangeBatch', message: JSON.stringify(error.Messages), fault: 'client' };
  }
  return { name: error.name, message: error.message, fault: Reflect.get(error, '$fault') };
}

import type { Disposition } from '../model/errors.ts';
import { ControllerError, isControllerError } from '../model/errors.ts';

/**
 * What each AWS error code means for us; `unfit`: this instance cannot take it, another might. The code is the `name` of the error; HTTP status and `$fault` do not tell
 * (`PriorRequestNotComplete` is a 400 that wants a retry), and message text is not stable.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
 * @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RegisterTargets.html
 */
export const awsErrorDispositions: Readonly<Record<string, Disposition | 'unfit'>> = {
  // The same call may work later.
  ConcurrentTagAccess: 'retryable',
  EC2ThrottledException: 'retryable',
  ExpiredToken: 'retryable',
  ExpiredTokenException: 'retryable',
  InternalError: 'retryable',
  InternalFailure: 'retryable',
  InternalServerError: 'retryable',
  LimitsExceeded: 'retryable',
  PendingInstance: 'retryable',
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
  AddressNotAssigned: 'conflict',
  ConditionalCheckFailedException: 'conflict',
  DeviceIndexInUse: 'conflict',
  IncorrectInstanceState: 'conflict',
  IncorrectState: 'conflict',
  'InvalidAllocationID.NotFound': 'conflict',
  'InvalidAssociationID.NotFound': 'conflict',
  'InvalidAttachmentID.NotFound': 'conflict',
  InvalidChangeBatch: 'conflict',
  InvalidInstanceID: 'conflict',
  'InvalidInstanceID.NotFound': 'conflict',
  'InvalidIPAddress.InUse': 'conflict',
  'InvalidNetworkInterface.InUse': 'conflict',
  'InvalidNetworkInterfaceID.NotFound': 'conflict',
  'InvalidRoute.NotFound': 'conflict',
  'InvalidRouteTableID.NotFound': 'conflict',
  'Resource.AlreadyAssigned': 'conflict',
  'Resource.AlreadyAssociated': 'conflict',
  RouteAlreadyExists: 'conflict',
  // This instance cannot take it, another might.
  AttachmentLimitExceeded: 'unfit',
  'Gateway.NotAttached': 'unfit',
  InvalidTargetException: 'unfit',
  PrivateIpAddressLimitExceeded: 'unfit',
  TooManyRegistrationsForTargetIdException: 'unfit',
  // Nothing but a person can mend it.
  AccessDenied: 'permanent',
  AccessDeniedException: 'permanent',
  AuthFailure: 'permanent',
  IdempotentParameterMismatch: 'permanent',
  'InvalidAddress.NotFound': 'permanent',
  'InvalidAllocationID.Malformed': 'permanent',
  InvalidInput: 'permanent',
  'InvalidInstanceID.Malformed': 'permanent',
  'InvalidNetworkInterfaceID.Malformed': 'permanent',
  InvalidParameterCombination: 'permanent',
  InvalidParameterValue: 'permanent',
  'InvalidRouteTableId.Malformed': 'permanent',
  MissingParameter: 'permanent',
  NoSuchHostedZone: 'permanent',
  OperationNotPermitted: 'permanent',
  OptInRequired: 'permanent',
  ResourceNotFoundException: 'permanent',
  RouteLimitExceeded: 'permanent',
  TargetGroupNotFoundException: 'permanent',
  TooManyTargetsException: 'permanent',
  UnauthorizedOperation: 'permanent',
  UnrecognizedClientException: 'permanent',
  UnsupportedOperation: 'permanent',
  ValidationException: 'permanent',
};

/** The code of an error by which the next election knows that it was the instance's fault. */
const unfitCode = 'CandidateUnfit';

/**
 * Codes that EC2 uses for many things, told apart by what EC2 and its clients' issue reports show of their messages; `as`
 * is the code that says the same, or `CandidateUnfit`.
 */
const overloadedCodes: readonly { readonly code: string; readonly message: RegExp; readonly as: string }[] = [
  { code: 'IncorrectInstanceState', message: /pending/i, as: 'PendingInstance' },
  { code: 'InvalidInstanceID', message: /pending instance/i, as: 'PendingInstance' },
  { code: 'InvalidParameterValue', message: /no route defined/i, as: 'InvalidRoute.NotFound' },
  { code: 'InvalidParameterValue', message: /move is not allowed/i, as: 'Resource.AlreadyAssigned' },
  // The interface is full, or the address is the primary one of another: the next read shows which.
  { code: 'InvalidParameterValue', message: /secondary-addresses/i, as: 'Resource.AlreadyAssigned' },
  { code: 'InvalidParameterValue', message: /not assigned to/i, as: 'AddressNotAssigned' },
  { code: 'InvalidParameterValue', message: /interface attached at device index/i, as: 'DeviceIndexInUse' },
  { code: 'InvalidParameterValue', message: /subnet's address range/i, as: unfitCode },
  { code: 'InvalidParameterValue', message: /not have an IPv6 CIDR block/i, as: unfitCode },
  { code: 'InvalidParameterValue', message: /belong to different networks/i, as: unfitCode },
  { code: 'InvalidParameterValue', message: /network border group/i, as: unfitCode },
  { code: 'InvalidParameterCombination', message: /network border group/i, as: unfitCode },
  { code: 'InvalidParameterCombination', message: /same availability zone/i, as: unfitCode },
];

/** The stable code of an error that is in no table: 4xx are ours and permanent, all else may pass. */
const unclassified = 'UnclassifiedAwsError';

/** Any error of an AWS call, as ours. `doing` names what was tried, such as `AssociateAddress eipalloc-0abc`. */
export function fromAws(error: unknown, doing: string): ControllerError {
  if (isControllerError(error)) return error;
  const { name, message, fault } = partsOf(error);
  const overloaded = overloadedCodes.find((each) => each.code === name && each.message.test(message));
  const known = overloaded?.as ?? name;
  const listed = Object.hasOwn(awsErrorDispositions, known) ? awsErrorDispositions[known] : undefined;
  const meaning = known === unfitCode ? 'unfit' : listed;
  return new ControllerError(`${doing}: ${name}: ${message}`, {
    ...classOf(known, meaning, fault),
    cause: error,
  });
}

function classOf(
  known: string,
  meaning: Disposition | 'unfit' | undefined,
  fault: unknown,
): { readonly code: string; readonly disposition: Disposition } {
  if (meaning === 'unfit') return { code: unfitCode, disposition: 'permanent' };
  if (meaning !== undefined) return { code: known, disposition: meaning };
  return { code: unclassified, disposition: fault === 'client' ? 'permanent' : 'retryable' };
}

/** A listing whose pages go round in a circle. */
export function pagesRepeat(service: string): ControllerError {
  return new ControllerError(`${service} answered with a page that leads back to an earlier one`, {
    code: 'PagesRepeat',
    disposition: 'retryable',
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

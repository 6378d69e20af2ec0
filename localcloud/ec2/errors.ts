import { AwsError } from '../core/aws-error.ts';

/**
 * EC2's errors by code, with its messages.
 * Codes: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html. Messages are those that
 * clients and issue reports quote; where none is known the wording is localcloud's own.
 */

export function invalidParameterValue(message: string): AwsError {
  return new AwsError('InvalidParameterValue', message);
}

export function invalidParameterCombination(message: string): AwsError {
  return new AwsError('InvalidParameterCombination', message);
}

export function missingParameter(parameter: string): AwsError {
  return new AwsError('MissingParameter', `The request must contain the parameter ${parameter}`);
}

export function incorrectInstanceState(message: string): AwsError {
  return new AwsError('IncorrectInstanceState', message);
}

/** A fixed address is wanted for a new interface, and another interface has it. */
export function addressInUse(address: string): AwsError {
  return new AwsError('InvalidIPAddress.InUse', `Address ${address} is in use.`);
}

export function addressOutsideSubnet(address: string): AwsError {
  return invalidParameterValue(`Address ${address} does not fall within the subnet's address range`);
}

export function addressReserved(address: string): AwsError {
  return invalidParameterValue(`Address ${address} is in subnet's reserved address range`);
}

export function subnetFull(): AwsError {
  return new AwsError(
    'InsufficientFreeAddressesInSubnet',
    'The specified subnet does not have enough free addresses to satisfy the request.',
  );
}

export function notAnAddress(address: string): AwsError {
  return invalidParameterValue(`invalid value for parameter address: ${address}`);
}

/** An instance with several interfaces was named where one interface is meant. */
export function severalInterfaces(instanceId: string): AwsError {
  return new AwsError(
    'InvalidInstanceID',
    `There are multiple interfaces attached to instance '${instanceId}'. Please specify an interface ID for the operation instead.`,
  );
}

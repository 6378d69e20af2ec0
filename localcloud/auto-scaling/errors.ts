import { AwsError } from '../core/aws-error.ts';

/**
 * Auto Scaling's errors, with the messages that clients and issue reports quote; where none is known the wording is
 * localcloud's own.
 * Codes: https://docs.aws.amazon.com/autoscaling/ec2/APIReference/CommonErrors.html and the page of each action.
 */

/** The code for nearly everything: what there is not, and what is not allowed now. */
export function validationError(message: string): AwsError {
  return new AwsError('ValidationError', message);
}

export function groupNotFound(name: string): AwsError {
  return validationError(`AutoScalingGroup name not found - AutoScalingGroup '${name}' not found`);
}

export function groupPendingDelete(): AwsError {
  return validationError('The AutoScaling group may not be modified while it is pending delete');
}

export function memberNotFound(instanceId: string): AwsError {
  return validationError(`Instance Id not found - No managed instance found for instance ID: ${instanceId}`);
}

export function notInGroup(instanceId: string, groupName: string): AwsError {
  return validationError(`The instance ${instanceId} is not part of Auto Scaling group ${groupName}.`);
}

/** An activity under way stands against what is asked. */
export function activityInProgress(activityId: string): AwsError {
  return new AwsError(
    'ScalingActivityInProgress',
    `Scaling activity ${activityId} is in progress and blocks this action`,
  );
}

export function limitExceeded(message: string): AwsError {
  return new AwsError('LimitExceeded', message);
}

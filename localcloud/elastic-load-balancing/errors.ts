import { AwsError } from '../core/aws-error.ts';

/**
 * Elastic Load Balancing's errors, with the messages that clients and issue reports quote; where none is known the
 * wording is localcloud's own.
 * Codes: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/CommonErrors.html and the page of each action.
 */

export function validationError(message: string): AwsError {
  return new AwsError('ValidationError', message);
}

/** A target that cannot be registered. */
export function invalidTarget(message: string): AwsError {
  return new AwsError('InvalidTarget', message);
}

/** A group asked for by ARN or name is not there. */
export function targetGroupsNotFound(): AwsError {
  return new AwsError('TargetGroupNotFound', 'One or more target groups not found');
}

/** The group that is to be changed is not there. */
export function targetGroupNotFound(arn: string): AwsError {
  return new AwsError('TargetGroupNotFound', `Target groups '${arn}' not found`);
}

import { AwsError } from '../core/aws-error.ts';
import type { Deliver, DeliveryResult } from './delivery.ts';

interface MessageToQueue {
  readonly body: string;
  readonly attributes: Readonly<Record<string, { readonly DataType: string; readonly StringValue: string }>>;
  readonly senderId: string;
}

/** The rooms that targets live in. */
export interface TargetRooms {
  /** Throws AwsError when the queue does not exist. */
  readonly sqs: { sendTo(queueArn: string, message: MessageToQueue): void };
  /** Throws AwsError when the function does not exist. Without it, functions do not exist. */
  readonly lambda?: { invokeAsynchronously(functionArn: string, payload: string): void };
  /** Whether the target's own policy lets EventBridge send it what a rule matched; without it, everything may be sent. */
  readonly maySend?: (targetArn: string, ruleArn: string) => boolean;
}

/** Joins EventBridge to the rooms of its targets, which are looked up at each use. */
export function deliverTo(rooms: () => TargetRooms): Deliver {
  return ({ targetArn, sourceArn, body, attributes = {} }) => {
    try {
      const { sqs, lambda, maySend } = rooms();
      if (maySend?.(targetArn, sourceArn) === false) return noPermissions(targetArn);
      if (targetArn.split(':')[2] === 'sqs')
        sqs.sendTo(targetArn, { body, attributes: textAttributes(attributes), senderId });
      else if (lambda === undefined) return noResource('Lambda is not set up');
      else lambda.invokeAsynchronously(targetArn, body);
      return { kind: 'delivered' };
    } catch (error) {
      if (error instanceof AwsError) return noResource(error.message);
      throw error;
    }
  };
}

const senderId = 'AIDALOCALCLOUDEVENTS1';

function textAttributes(attributes: Readonly<Record<string, string>>): MessageToQueue['attributes'] {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
  );
}

/** A target that is not there is not tried again. */
function noResource(errorMessage: string): DeliveryResult {
  return { kind: 'failed', errorCode: 'NO_RESOURCE', errorMessage, isRetryable: false };
}

/** Nor is one whose policy does not let EventBridge in: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html */
function noPermissions(targetArn: string): DeliveryResult {
  const errorMessage = `The policy of ${targetArn} does not allow EventBridge to send to it for this rule`;
  return { kind: 'failed', errorCode: 'NO_PERMISSIONS', errorMessage, isRetryable: false };
}

import { z } from 'zod';
import type { RecordedCall } from '../core/recorded-call.ts';
import type { Surroundings } from '../core/surroundings.ts';

/** CloudTrail, as far as EventBridge tells what it records. */
export interface CloudTrail {
  /** Takes every call that any service has answered. */
  record(recorded: RecordedCall): void;
}

export interface CloudTrailSettings {
  /** Whether a trail logs management events; without one, AWS sends no such event. Off unless given. */
  readonly hasTrail?: boolean;
}

const recordedOperations: ReadonlySet<string> = new Set(['CreateTags', 'DeleteTags']);

const tagInput = z.object({
  Resources: z.array(z.string()),
  Tags: z.array(z.object({ Key: z.string().optional(), Value: z.string().optional() })).optional(),
});

/**
 * Sends `AWS API Call via CloudTrail` for EC2's CreateTags and DeleteTags, those that failed too, if there is a trail.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
 */
export function createCloudTrail(
  surroundings: Surroundings,
  { hasTrail = false }: CloudTrailSettings = {},
): CloudTrail {
  const own = { ...surroundings, random: surroundings.random.fork('cloudtrail') };
  return {
    record: (recorded) => {
      if (!hasTrail || recorded.service !== 'ec2' || !recordedOperations.has(recorded.operation)) return;
      own.publish({
        source: 'aws.ec2',
        detailType: 'AWS API Call via CloudTrail',
        resources: [],
        detail: eventRecord(own, recorded),
      });
    },
  };
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html */
function eventRecord(
  { accountId, region, partition, clock, random }: Surroundings,
  { call, operation, input, userAgent = 'unknown', error }: RecordedCall,
): object {
  return {
    eventVersion: '1.11',
    userIdentity: {
      // Any access key is a user of the account, as STS tells it.
      type: 'IAMUser',
      principalId: call.accessKeyId,
      arn: `arn:${partition}:iam::${accountId}:user/localcloud`,
      accountId,
      accessKeyId: call.accessKeyId,
      userName: 'localcloud',
    },
    eventTime: `${new Date(clock.now()).toISOString().slice(0, 19)}Z`,
    eventSource: 'ec2.amazonaws.com',
    eventName: operation,
    awsRegion: region,
    sourceIPAddress: '127.0.0.1',
    userAgent,
    requestParameters: requestParameters(input),
    responseElements: error === undefined ? { requestId: call.requestId, _return: true } : null,
    requestID: call.requestId,
    eventID: random.uuid(),
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: accountId,
    eventCategory: 'Management',
    ...(error !== undefined && {
      // EC2 alone says whose fault it was.
      errorCode: `${error.status < 500 ? 'Client' : 'Server'}.${error.code}`,
      errorMessage: error.message,
    }),
  };
}

/** In the names of EC2's own XML; null when the request was not understood. */
function requestParameters(input: unknown): object | null {
  const parsed = tagInput.safeParse(input);
  if (!parsed.success) return null;
  const { Resources, Tags } = parsed.data;
  return {
    resourcesSet: { items: Resources.map((resourceId) => ({ resourceId })) },
    ...(Tags !== undefined && {
      tagSet: {
        items: Tags.map(({ Key, Value }) => ({
          ...(Key !== undefined && { key: Key }),
          ...(Value !== undefined && { value: Value }),
        })),
      },
    }),
  };
}

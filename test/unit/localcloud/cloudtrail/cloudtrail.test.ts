import { CreateTagsCommand, DeleteTagsCommand, EC2Client, StopInstancesCommand } from '@aws-sdk/client-ec2';
import { expect, test } from 'vitest';
import { type Cloud, createCloud } from '../../../../localcloud/cloud.ts';
import { VirtualClock } from '../../../../localcloud/core/clock.ts';
import type { EventEnvelope } from '../../../../localcloud/events/event-envelope.ts';
import { createRequestHandler } from '../../../../localcloud/front/request-handler.ts';

interface Tagging {
  readonly cloud: Cloud;
  readonly ec2: EC2Client;
  readonly instanceId: string;
  /** What CloudTrail has told the default bus. */
  calls(): readonly EventEnvelope[];
}

function aTagging({ hasTrail = true }: { readonly hasTrail?: boolean } = {}): Tagging {
  const cloud = createCloud({
    clock: new VirtualClock(),
    roomOptions: { cloudTrail: { hasTrail } },
  });
  const events: EventEnvelope[] = [];
  cloud.rooms.events.onEvent((event) => void events.push(event));
  const [instanceId = ''] = cloud.rooms.ec2.runInstances({
    ImageId: 'ami-0123456789abcdef0',
    MinCount: 1,
    MaxCount: 1,
  });
  const ec2 = new EC2Client({
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'unchecked' },
    requestHandler: createRequestHandler(cloud.handle),
    maxAttempts: 1,
  });
  const calls = () => events.filter((event) => event['detail-type'] === 'AWS API Call via CloudTrail');
  return { cloud, ec2, instanceId, calls };
}

const uuid = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) as string;

test('a call that tags is told as CloudTrail records it', async () => {
  const { ec2, instanceId, calls } = aTagging();

  await ec2.send(
    new CreateTagsCommand({ Resources: [instanceId], Tags: [{ Key: 'role', Value: 'web-primary' }] }),
  );

  const [event] = calls();
  const { requestID } = (event?.detail ?? {}) as { readonly requestID?: string };
  expect(event).toMatchObject({ source: 'aws.ec2', resources: [] });
  expect(event?.detail).toEqual({
    eventVersion: '1.11',
    userIdentity: {
      type: 'IAMUser',
      principalId: 'AKIATEST',
      arn: 'arn:aws:iam::123456789012:user/localcloud',
      accountId: '123456789012',
      accessKeyId: 'AKIATEST',
      userName: 'localcloud',
    },
    eventTime: '2026-01-01T00:00:00Z',
    eventSource: 'ec2.amazonaws.com',
    eventName: 'CreateTags',
    awsRegion: 'us-east-1',
    sourceIPAddress: '127.0.0.1',
    userAgent: expect.stringContaining('aws-sdk-js'),
    requestParameters: {
      resourcesSet: { items: [{ resourceId: instanceId }] },
      tagSet: { items: [{ key: 'role', value: 'web-primary' }] },
    },
    responseElements: { requestId: requestID, _return: true },
    requestID: uuid,
    eventID: uuid,
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: '123456789012',
    eventCategory: 'Management',
  });
});

test('tags are deleted by key', async () => {
  const { ec2, instanceId, calls } = aTagging();

  await ec2.send(new DeleteTagsCommand({ Resources: [instanceId], Tags: [{ Key: 'role' }] }));

  expect(calls()).toMatchObject([
    { detail: { eventName: 'DeleteTags', requestParameters: { tagSet: { items: [{ key: 'role' }] } } } },
  ]);
});

test('a call that failed is told with its error and no response', async () => {
  const { ec2, calls } = aTagging();
  const absent = 'i-0123456789abcdef0';

  const tagging = ec2.send(
    new CreateTagsCommand({ Resources: [absent], Tags: [{ Key: 'role', Value: 'web' }] }),
  );

  await expect(tagging).rejects.toThrow();
  expect(calls()).toMatchObject([
    {
      detail: {
        errorCode: 'Client.InvalidInstanceID.NotFound',
        errorMessage: `The instance ID '${absent}' does not exist`,
        responseElements: null,
        requestParameters: { resourcesSet: { items: [{ resourceId: absent }] } },
      },
    },
  ]);
});

test('a call whose answer was lost is told as one that succeeded', async () => {
  const { cloud, ec2, instanceId, calls } = aTagging();
  cloud.faults.add({ operation: 'CreateTags', fault: { kind: 'response-lost' } });

  const tagging = ec2.send(
    new CreateTagsCommand({ Resources: [instanceId], Tags: [{ Key: 'role', Value: 'web' }] }),
  );

  await expect(tagging).rejects.toThrow('socket hang up');
  expect(calls()).toMatchObject([{ detail: { responseElements: { _return: true } } }]);
});

test('nothing is told of other calls, nor of any without a trail', async () => {
  const withTrail = aTagging();
  const without = aTagging({ hasTrail: false });

  await withTrail.cloud.passTime(10_000);
  await withTrail.ec2.send(new StopInstancesCommand({ InstanceIds: [withTrail.instanceId] }));
  await without.ec2.send(
    new CreateTagsCommand({ Resources: [without.instanceId], Tags: [{ Key: 'role', Value: 'web' }] }),
  );

  expect(withTrail.calls()).toEqual([]);
  expect(without.calls()).toEqual([]);
});

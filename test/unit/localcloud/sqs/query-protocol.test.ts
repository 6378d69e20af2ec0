import { XMLParser } from 'fast-xml-parser';
import { beforeEach, expect, test } from 'vitest';
import { type Cloud, createCloud } from '../../../../localcloud/cloud.ts';
import { createSqs } from '../../../../localcloud/sqs/sqs.ts';

const QueueUrl = 'http://127.0.0.1:4566/123456789012/work';

let cloud: Cloud<object>;
beforeEach(() => {
  cloud = createCloud({ rooms: (surroundings) => ({ sqs: createSqs(surroundings) }) });
});

/** Sends a form as a client of before November 2023 does, and reads the XML that comes back. */
async function call(
  Action: string,
  parameters: Record<string, string> = {},
): Promise<Record<string, unknown>> {
  const { status, body } = await cloud.handle({
    method: 'POST',
    path: '/123456789012/work',
    query: new URLSearchParams(),
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization:
        'AWS4-HMAC-SHA256 Credential=AKIATEST/20260101/us-east-1/sqs/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: new URLSearchParams({ Action, Version: '2012-11-05', ...parameters }).toString(),
  });
  const parsed = new XMLParser({ ignoreAttributes: true, parseTagValue: false }).parse(body);
  return { status, ...(parsed[`${Action}Response`]?.[`${Action}Result`] ?? parsed.ErrorResponse ?? {}) };
}

test('queues are made with attributes and tags, listed and described', async () => {
  const created = await call('CreateQueue', {
    QueueName: 'work',
    'Attribute.1.Name': 'VisibilityTimeout',
    'Attribute.1.Value': '60',
    'Tag.1.Key': 'app',
    'Tag.1.Value': 'understudy',
  });
  const listed = await call('ListQueues', { QueueNamePrefix: 'w' });
  const described = await call('GetQueueAttributes', { QueueUrl, 'AttributeName.1': 'VisibilityTimeout' });
  const tags = await call('ListQueueTags', { QueueUrl });

  const url = 'https://sqs.us-east-1.amazonaws.com/123456789012/work';
  expect(created).toMatchObject({ status: 200, QueueUrl: url });
  expect(listed).toMatchObject({ QueueUrl: url });
  expect(described).toMatchObject({ Attribute: { Name: 'VisibilityTimeout', Value: '60' } });
  expect(tags).toMatchObject({ Tag: { Key: 'app', Value: 'understudy' } });
});

test('messages go through with attributes and odd characters, and are deleted', async () => {
  await call('CreateQueue', { QueueName: 'work' });
  const body = 'a < b & "c"';

  await call('SendMessage', {
    QueueUrl,
    MessageBody: body,
    DelaySeconds: '0',
    'MessageAttribute.1.Name': 'role',
    'MessageAttribute.1.Value.DataType': 'String',
    'MessageAttribute.1.Value.StringValue': 'db',
  });
  const received = await call('ReceiveMessage', {
    QueueUrl,
    MaxNumberOfMessages: '10',
    'AttributeName.1': 'ApproximateReceiveCount',
    'MessageAttributeName.1': 'All',
  });
  const { ReceiptHandle } = received['Message'] as { ReceiptHandle: string };
  const deleted = await call('DeleteMessage', { QueueUrl, ReceiptHandle });

  expect(received).toMatchObject({
    Message: {
      Body: body,
      Attribute: { Name: 'ApproximateReceiveCount', Value: '1' },
      MessageAttribute: { Name: 'role', Value: { DataType: 'String', StringValue: 'db' } },
    },
  });
  expect(deleted).toEqual({ status: 200 });
});

test('batches tell what succeeded and what failed', async () => {
  await call('CreateQueue', { QueueName: 'work' });

  const sent = await call('SendMessageBatch', {
    QueueUrl,
    'SendMessageBatchRequestEntry.1.Id': 'good',
    'SendMessageBatchRequestEntry.1.MessageBody': 'a',
    'SendMessageBatchRequestEntry.2.Id': 'bad',
    'SendMessageBatchRequestEntry.2.MessageBody': 'b',
    'SendMessageBatchRequestEntry.2.DelaySeconds': '901',
  });

  expect(sent).toMatchObject({
    SendMessageBatchResultEntry: { Id: 'good', MD5OfMessageBody: '0cc175b9c0f1b6a831c399e269772661' },
    BatchResultErrorEntry: { Id: 'bad', SenderFault: 'true', Code: 'InvalidParameterValue' },
  });
});

test('errors have the codes of this protocol', async () => {
  const answer = await call('SendMessage', { QueueUrl, MessageBody: 'x' });

  expect(answer).toMatchObject({
    status: 400,
    Error: {
      Type: 'Sender',
      Code: 'AWS.SimpleQueueService.NonExistentQueue',
      Message: 'The specified queue does not exist.',
    },
  });
});

test('an unknown parameter is refused by name', async () => {
  const answer = await call('CreateQueue', { QueueName: 'work', Colour: 'red' });

  expect(answer).toMatchObject({
    Error: { Code: 'UnknownParameter', Message: expect.stringContaining('Colour') },
  });
});

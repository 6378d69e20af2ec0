import { PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateQueueCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { type Clock, RealClock } from '../../../../localcloud/core/clock.ts';
import { type EventCloud, eventCloud, functionPath } from './event-cloud.ts';

const arnOf = (queue: string): string => `arn:aws:sqs:us-east-1:123456789012:${queue}`;
const stateChange = (state: string) => ({
  source: 'aws.ec2',
  detailType: 'EC2 Instance State-change Notification',
  resources: ['arn:aws:ec2:us-east-1:123456789012:instance/i-0123456789abcdef0'],
  detail: { 'instance-id': 'i-0123456789abcdef0', state },
});

/** Rule -> queue `work` -> function `collect` -> queue `results`. */
async function connect({ events, sqs, rooms }: EventCloud<Clock>): Promise<string> {
  await sqs.send(new CreateQueueCommand({ QueueName: 'work' }));
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'results' }));
  rooms.lambda.createFunction({
    name: 'collect',
    codePath: functionPath('collect'),
    handler: 'collect.handler',
    environment: { RESULTS_URL: QueueUrl },
  });
  rooms.lambda.createEventSourceMapping({
    functionName: 'collect',
    eventSourceArn: arnOf('work'),
    reportBatchItemFailures: true,
  });
  const EventPattern = JSON.stringify({ source: ['aws.ec2'], detail: { state: ['running', 'terminated'] } });
  await events.send(new PutRuleCommand({ Name: 'ec2-state', EventPattern }));
  await events.send(
    new PutTargetsCommand({ Rule: 'ec2-state', Targets: [{ Id: 'work', Arn: arnOf('work') }] }),
  );
  return QueueUrl;
}

test('an event that a rule matches reaches the function behind the queue, in virtual time', async () => {
  await using cloud = await eventCloud();
  const QueueUrl = await connect(cloud);

  for (const state of ['pending', 'running']) cloud.cloud.surroundings.publish(stateChange(state));
  await cloud.settle();

  const { Messages = [] } = await cloud.sqs.send(
    new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
  );
  expect(Messages.map(({ Body }) => JSON.parse(Body ?? ''))).toEqual([
    {
      version: '0',
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      'detail-type': 'EC2 Instance State-change Notification',
      source: 'aws.ec2',
      account: '123456789012',
      time: '2026-01-01T00:00:00Z',
      region: 'us-east-1',
      resources: ['arn:aws:ec2:us-east-1:123456789012:instance/i-0123456789abcdef0'],
      detail: { 'instance-id': 'i-0123456789abcdef0', state: 'running' },
    },
  ]);
});

test('an event that a rule matches reaches the function behind the queue, in real time', async () => {
  await using cloud = await eventCloud(new RealClock());
  const QueueUrl = await connect(cloud);

  cloud.cloud.surroundings.publish(stateChange('terminated'));
  const receive = new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 });
  const { Messages = [] } = await cloud.sqs.send(receive);

  expect(Messages.map(({ Body }) => JSON.parse(Body ?? '').detail.state)).toEqual(['terminated']);
});

test("a function's calls carry its access key and the trace of their invocation", async () => {
  await using cloud = await eventCloud();
  await connect(cloud);

  cloud.cloud.surroundings.publish(stateChange('running'));
  await cloud.settle();

  const [invocation] = cloud.rooms.lambda.invocations();
  const [configuration] = cloud.rooms.lambda.functions();
  expect(cloud.cloud.callLog.calls({ accessKeyId: configuration?.accessKeyId ?? '' })).toMatchObject([
    { operation: 'SendMessage', traceId: invocation?.traceId },
  ]);
});

test('a schedule invokes a function itself, again after a failure', async () => {
  await using cloud = await eventCloud();
  const { arn } = cloud.rooms.lambda.createFunction({
    name: 'flaky',
    codePath: functionPath('flaky'),
    handler: 'flaky.handler',
    environment: { FAILURES: '1' },
  });
  await cloud.events.send(new PutRuleCommand({ Name: 'resync', ScheduleExpression: 'rate(1 hour)' }));
  await cloud.events.send(new PutTargetsCommand({ Rule: 'resync', Targets: [{ Id: 'self', Arn: arn }] }));

  await cloud.settle({ horizonMs: 3_700_000 });

  const events = cloud.rooms.lambda.logLines('flaky').map(({ text }) => JSON.parse(text));
  expect(events).toHaveLength(2);
  expect(events[1]).toEqual(events[0]);
  expect(events[0]).toMatchObject({
    source: 'aws.events',
    time: '2026-01-01T01:00:00Z',
    resources: ['arn:aws:events:us-east-1:123456789012:rule/resync'],
  });
});

test('an event for a function that does not exist is dead-lettered at once', async () => {
  await using cloud = await eventCloud();
  await cloud.sqs.send(new CreateQueueCommand({ QueueName: 'dead' }));
  const Arn = 'arn:aws:lambda:us-east-1:123456789012:function:nobody';
  const Targets = [{ Id: 'nobody', Arn, DeadLetterConfig: { Arn: arnOf('dead') } }];
  await cloud.events.send(new PutRuleCommand({ Name: 'all', EventPattern: '{"source":["aws.ec2"]}' }));
  await cloud.events.send(new PutTargetsCommand({ Rule: 'all', Targets }));

  cloud.cloud.surroundings.publish(stateChange('running'));
  await cloud.settle();

  const [message] = cloud.rooms.sqs.queueByArn(arnOf('dead')).messages();
  expect(message?.attributes).toMatchObject({
    ERROR_CODE: { DataType: 'String', StringValue: 'NO_RESOURCE' },
    TARGET_ARN: { DataType: 'String', StringValue: Arn },
  });
});

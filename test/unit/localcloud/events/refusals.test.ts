import { CreateEventBusCommand, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { expect, test } from 'vitest';
import { aBus, targetArn } from './a-bus.ts';

test.each([
  ['a FIFO queue', { Arn: `${targetArn}.fifo` }, 'FIFO queues as EventBridge targets'],
  ['another service', { Arn: 'arn:aws:sns:us-east-1:123456789012:topic' }, 'targets of the service sns'],
  ['a parameter of another service', { EcsParameters: { TaskDefinitionArn: 'x' } }, 'EcsParameters'],
])('a target that is %s is refused by name', async (_what, target, named) => {
  const bus = aBus();

  const putting = bus.aRule(target);

  await expect(putting).rejects.toThrow(named);
});

test('another bus is refused by name', async () => {
  const { client } = aBus();

  const creating = client.send(new CreateEventBusCommand({ Name: 'mine' }));

  await expect(creating).rejects.toThrow('localcloud does not model the events operation CreateEventBus');
});

test('a sixth target does not fit on a rule', async () => {
  const { client } = aBus();
  await client.send(new PutRuleCommand({ Name: 'rule', EventPattern: '{"source":["x"]}' }));
  const Targets = ['a', 'b', 'c', 'd', 'e', 'f'].map((Id) => ({ Id, Arn: targetArn }));

  const { FailedEntries } = await client.send(new PutTargetsCommand({ Rule: 'rule', Targets }));

  expect(FailedEntries).toMatchObject([{ TargetId: 'f', ErrorCode: 'LimitExceededException' }]);
});

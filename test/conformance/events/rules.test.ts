import {
  DeleteRuleCommand,
  DescribeRuleCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { expect } from 'vitest';
import { poll } from '../sqs/a-queue.ts';
import { aName, aQueueForEvents, aRule, put, receiveJson } from './a-rule.ts';
import { eventsCase } from './events-case.ts';

const api = 'https://docs.aws.amazon.com/eventbridge/latest/APIReference';
const guide = 'https://docs.aws.amazon.com/eventbridge/latest/userguide';

eventsCase('a rule is described as it was put', `${api}/API_PutRule.html`, async ({ clients }) => {
  const Name = aName();
  const EventPattern = '{"source":["aws.ec2"]}';

  const { RuleArn } = await clients.events.send(
    new PutRuleCommand({ Name, EventPattern, Description: 'states', State: 'DISABLED' }),
  );

  const rule = await clients.events.send(new DescribeRuleCommand({ Name }));
  expect(RuleArn).toMatch(new RegExp(`^arn:aws:events:[a-z0-9-]+:\\d{12}:rule/${Name}$`));
  expect(rule).toMatchObject({
    Name,
    Arn: RuleArn,
    EventPattern,
    Description: 'states',
    State: 'DISABLED',
    EventBusName: 'default',
  });
});

for (const ScheduleExpression of [
  'rate(1 minutes)',
  'rate(5 minute)',
  'rate(0 minutes)',
  'rate(1 second)',
  'cron(0 12 * * ?)',
  'cron(0 12 * * * *)',
  'cron(60 12 * * ? *)',
  'every minute',
]) {
  eventsCase(
    `the schedule ${ScheduleExpression} is refused`,
    `${guide}/eb-scheduled-rule-pattern.html`,
    async ({ clients }) => {
      const putting = clients.events.send(new PutRuleCommand({ Name: aName(), ScheduleExpression }));

      await expect(putting).rejects.toMatchObject({
        name: 'ValidationException',
        message: 'Parameter ScheduleExpression is not valid.',
      });
    },
  );
}

eventsCase(
  'a rule with neither pattern nor schedule is refused',
  `${api}/API_PutRule.html`,
  async ({ clients }) => {
    const putting = clients.events.send(new PutRuleCommand({ Name: aName() }));

    await expect(putting).rejects.toMatchObject({ name: 'ValidationException' });
  },
);

eventsCase(
  'a rule with targets cannot be deleted; without them it can, twice',
  `${api}/API_DeleteRule.html`,
  async (target) => {
    const { QueueArn } = await aQueueForEvents(target);
    const { Name } = await aRule(target, { Arn: QueueArn });
    const { events } = target.clients;

    const early = events.send(new DeleteRuleCommand({ Name }));
    await expect(early).rejects.toThrow("Rule can't be deleted since it has targets.");
    await events.send(new RemoveTargetsCommand({ Rule: Name, Ids: ['target'] }));
    for (const _time of [1, 2]) await events.send(new DeleteRuleCommand({ Name }));

    const describing = events.send(new DescribeRuleCommand({ Name }));
    await expect(describing).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  },
);

eventsCase('rules and targets are listed in pages', `${api}/API_ListRules.html`, async ({ clients }) => {
  const NamePrefix = aName();
  for (const suffix of ['a', 'b', 'c'])
    await clients.events.send(
      new PutRuleCommand({ Name: `${NamePrefix}-${suffix}`, EventPattern: '{"source":["x"]}' }),
    );

  const first = await clients.events.send(new ListRulesCommand({ NamePrefix, Limit: 2 }));
  const second = await clients.events.send(
    new ListRulesCommand({ NamePrefix, Limit: 2, NextToken: first.NextToken }),
  );

  const names = [first, second].map(({ Rules = [] }) => Rules.map(({ Name = '' }) => Name.at(-1)));
  expect(names).toEqual([['a', 'b'], ['c']]);
  expect(second.NextToken).toBeUndefined();
});

eventsCase('a disabled rule sends nothing', `${api}/API_DisableRule.html`, async (target) => {
  const { QueueUrl, QueueArn } = await aQueueForEvents(target);
  const { Name } = await aRule(target, { Arn: QueueArn });
  await target.clients.events.send(new DisableRuleCommand({ Name }));
  await target.settle();

  await put(target, Name, { when: 'disabled' });
  await target.settle();
  const whileDisabled = await poll(target, QueueUrl);
  await target.clients.events.send(new EnableRuleCommand({ Name }));
  await target.settle();
  await put(target, Name, { when: 'enabled' });
  const { body } = await receiveJson(target, QueueUrl);

  expect(whileDisabled).toEqual([]);
  expect(body).toMatchObject({ detail: { when: 'enabled' } });
});

eventsCase(
  'a schedule sends an event of its own, naming the rule',
  `${guide}/eb-create-rule-schedule.html`,
  async (target) => {
    const { QueueUrl, QueueArn } = await aQueueForEvents(target);
    const schedule = { ScheduleExpression: 'rate(1 minute)', EventPattern: undefined };
    const { RuleArn } = await aRule(target, { Arn: QueueArn }, schedule);

    const { body } = await receiveJson(target, QueueUrl);

    expect(body).toMatchObject({
      source: 'aws.events',
      'detail-type': 'Scheduled Event',
      resources: [RuleArn],
      detail: {},
    });
  },
);

eventsCase('targets are listed as they were put', `${api}/API_PutTargets.html`, async (target) => {
  const { QueueArn: Arn } = await aQueueForEvents(target);
  const settings = {
    Arn,
    RetryPolicy: { MaximumRetryAttempts: 3, MaximumEventAgeInSeconds: 120 },
    DeadLetterConfig: { Arn },
  };
  const { Name } = await aRule(target, settings);

  const { Targets } = await target.clients.events.send(new ListTargetsByRuleCommand({ Rule: Name }));

  expect(Targets).toEqual([{ Id: 'target', ...settings }]);
});

eventsCase(
  'a target cannot be put on a rule that does not exist',
  `${api}/API_PutTargets.html`,
  async ({ clients }) => {
    const Targets = [{ Id: 'target', Arn: 'arn:aws:sqs:us-east-1:123456789012:queue' }];

    const putting = clients.events.send(new PutTargetsCommand({ Rule: aName(), Targets }));

    await expect(putting).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  },
);

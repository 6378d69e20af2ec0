import type { Target as RuleTarget } from '@aws-sdk/client-eventbridge';
import { PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { expect } from 'vitest';
import { aName, aQueueForEvents, aRule, put, receiveJson } from './a-rule.ts';
import { eventsCase } from './events-case.ts';

const source = 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html';
const detail = { role: 'db', slot: 0, tags: { Name: 'one "two"' } };

const inputs: readonly (readonly [string, Omit<RuleTarget, 'Id' | 'Arn'>, unknown])[] = [
  ['Input', { Input: '{"fixed":true}' }, { fixed: true }],
  ['InputPath', { InputPath: '$.detail.tags' }, detail.tags],
  [
    'an InputTransformer that makes an object',
    {
      InputTransformer: {
        InputPathsMap: { role: '$.detail.role', slot: '$.detail.slot', tags: '$.detail.tags' },
        InputTemplate: '{"role": <role>, "text": "slot <slot> of <role>", "tags": <tags>}',
      },
    },
    { role: 'db', text: 'slot 0 of db', tags: detail.tags },
  ],
  [
    'an InputTransformer that makes a text',
    {
      InputTransformer: {
        InputPathsMap: { role: '$.detail.role' },
        InputTemplate: '"the role is <role>"',
      },
    },
    'the role is db',
  ],
];

for (const [what, input, expected] of inputs) {
  eventsCase(`${what} decides what the target gets`, source, async (target) => {
    const { QueueUrl, QueueArn } = await aQueueForEvents(target);
    const { Name } = await aRule(target, { Arn: QueueArn, ...input });

    await put(target, Name, detail);
    const { body } = await receiveJson(target, QueueUrl);

    expect(body).toEqual(expected);
  });
}

for (const [what, input] of [
  ['an Input that is no JSON', { Input: 'none' }],
  ['Input and InputPath', { Input: '{}', InputPath: '$.detail' }],
  ['a template with an unknown placeholder', { InputTransformer: { InputTemplate: '{"role": <role>}' } }],
] as const) {
  eventsCase(`a target with ${what} is refused`, source, async ({ clients }) => {
    const Rule = aName();
    await clients.events.send(new PutRuleCommand({ Name: Rule, EventPattern: '{"source":["x"]}' }));
    const Targets = [{ Id: 'target', Arn: 'arn:aws:sqs:us-east-1:123456789012:queue', ...input }];

    const putting = clients.events.send(new PutTargetsCommand({ Rule, Targets }));

    await expect(putting).rejects.toMatchObject({ name: 'ValidationException' });
  });
}

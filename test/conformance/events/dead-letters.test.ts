import { expect } from 'vitest';
import { aQueueForEvents, aRule, put, receiveJson } from './a-rule.ts';
import { eventsCase } from './events-case.ts';

eventsCase(
  'an event for a queue that does not exist goes straight to the dead-letter queue, telling why',
  'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html',
  async (target) => {
    const { QueueUrl, QueueArn } = await aQueueForEvents(target);
    const missingArn = `${QueueArn}-no-more`;
    const { Name, RuleArn } = await aRule(target, { Arn: missingArn, DeadLetterConfig: { Arn: QueueArn } });

    const id = await put(target, Name);
    const { body, message } = await receiveJson(target, QueueUrl);

    expect(body).toMatchObject({ id, source: Name });
    expect(message.MessageAttributes).toMatchObject({
      RULE_ARN: { DataType: 'String', StringValue: RuleArn },
      TARGET_ARN: { StringValue: missingArn },
      ERROR_CODE: { StringValue: expect.any(String) },
      ERROR_MESSAGE: { StringValue: expect.any(String) },
    });
  },
);

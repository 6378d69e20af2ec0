import { XMLParser } from 'fast-xml-parser';
import { expect, test } from 'vitest';
import { aQueue, aStack, getAtt, type StackBench } from './a-stack.ts';

/** As a client of CloudFormation's query protocol calls. */
async function ask({ cloud }: StackBench, parameters: Readonly<Record<string, string>>) {
  const { status, body } = await cloud.handle({
    method: 'POST',
    path: '/',
    query: new URLSearchParams(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ Version: '2010-05-15', ...parameters }).toString(),
  });
  return { status, ...(new XMLParser().parse(body) as Record<string, unknown>) };
}

test('a stack can be looked up with its outputs', async () => {
  await using stack = await aStack();
  await stack.deploy({
    Parameters: { Delay: { Type: 'Number', Default: 3 } },
    Resources: { Jobs: aQueue({ QueueName: 'jobs' }) },
    Outputs: { Arn: { Value: getAtt('Jobs', 'Arn'), Description: 'Where jobs wait' } },
  });

  const answer = await ask(stack, { Action: 'DescribeStacks', StackName: 'shop' });

  expect(answer).toMatchObject({
    DescribeStacksResponse: {
      DescribeStacksResult: {
        Stacks: {
          member: {
            StackName: 'shop',
            StackStatus: 'CREATE_COMPLETE',
            Parameters: { member: { ParameterKey: 'Delay', ParameterValue: 3 } },
            Outputs: {
              member: {
                OutputKey: 'Arn',
                OutputValue: 'arn:aws:sqs:us-east-1:123456789012:jobs',
                Description: 'Where jobs wait',
              },
            },
          },
        },
      },
    },
  });
});

test('its resources are listed with their physical ids', async () => {
  await using stack = await aStack();
  await stack.deploy({ Resources: { Jobs: aQueue({ QueueName: 'jobs' }) } });
  await stack.deploy({ Resources: { Jobs: aQueue({ QueueName: 'jobs', DelaySeconds: 1 }) } });

  const answer = await ask(stack, { Action: 'ListStackResources', StackName: 'shop' });

  expect(answer).toMatchObject({
    ListStackResourcesResponse: {
      ListStackResourcesResult: {
        StackResourceSummaries: {
          member: {
            LogicalResourceId: 'Jobs',
            PhysicalResourceId: expect.stringMatching(/\/123456789012\/jobs$/),
            ResourceType: 'AWS::SQS::Queue',
            ResourceStatus: 'UPDATE_COMPLETE',
          },
        },
      },
    },
  });
});

test('a stack that is not there is an error of validation', async () => {
  await using stack = await aStack();

  const answer = await ask(stack, { Action: 'DescribeStacks', StackName: 'none' });

  expect(answer).toMatchObject({
    status: 400,
    ErrorResponse: { Error: { Code: 'ValidationError', Message: 'Stack with id none does not exist' } },
  });
});

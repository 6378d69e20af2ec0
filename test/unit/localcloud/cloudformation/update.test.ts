import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { describe, expect, test } from 'vitest';
import { aFlow, mayReceiveFrom, running } from './a-flow.ts';
import { aQueue, aRole, aStack, getAtt, ref, type StackBench, writeLogs } from './a-stack.ts';

async function attributesOf({ sqs }: StackBench, QueueUrl: string | undefined) {
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
  return Attributes;
}

const queueNames = ({ cloud }: StackBench): string[] => cloud.rooms.sqs.queues().map(({ name }) => name);

describe('deploying over a stack', () => {
  test('that is the same changes nothing', async () => {
    await using stack = await aStack();
    const first = await stack.deploy({ Resources: aFlow });

    const second = await stack.deploy({ Resources: aFlow });

    expect(second).toEqual(first);
  });

  test('changes in place what AWS changes in place', async () => {
    await using stack = await aStack();
    const first = await stack.deploy({
      Resources: { Jobs: aQueue({ VisibilityTimeout: 60, DelaySeconds: 5 }) },
    });

    const second = await stack.deploy({ Resources: { Jobs: aQueue({ VisibilityTimeout: 90 }) } });

    expect(second.physicalIds).toEqual(first.physicalIds);
    expect(await attributesOf(stack, second.physicalIds['Jobs'])).toMatchObject({
      VisibilityTimeout: '90',
      DelaySeconds: '0',
    });
  });

  test('replaces what AWS replaces, and points what refers to it at the new one', async () => {
    await using stack = await aStack();
    const parts = (QueueName: string) => ({
      Resources: { Dead: aQueue({ QueueName }), Jobs: aQueue({ RedrivePolicy: redriveTo('Dead') }) },
    });
    const first = await stack.deploy(parts('dead-1'));

    const second = await stack.deploy(parts('dead-2'));

    expect(second.physicalIds['Jobs']).toBe(first.physicalIds['Jobs']);
    expect(queueNames(stack)).toEqual(['dead-2', expect.stringMatching(/^shop-Jobs-/)]);
    expect((await attributesOf(stack, second.physicalIds['Jobs']))?.['RedrivePolicy']).toContain(':dead-2"');
  });

  test('removes what the template no longer has, unless it is to be retained', async () => {
    await using stack = await aStack();
    await stack.deploy({
      Resources: {
        Jobs: aQueue({ QueueName: 'jobs' }),
        Kept: { ...aQueue({ QueueName: 'kept' }), DeletionPolicy: 'Retain' },
        Stays: aQueue({ QueueName: 'stays' }),
      },
    });

    await stack.deploy({ Resources: { Stays: aQueue({ QueueName: 'stays' }) } });

    expect(queueNames(stack)).toEqual(['kept', 'stays']);
  });

  test('gives a function its new code and settings, and keeps who it is', async () => {
    await using stack = await aStack();
    const { lambda } = stack.cloud.rooms;
    await stack.deploy({ Resources: aFlow });
    const [before] = lambda.functions();
    stack.cloud.surroundings.publish(running);
    await stack.settle();

    const { Properties } = aFlow.Collect;
    const Collect = {
      ...aFlow.Collect,
      Properties: { ...Properties, Handler: 'echo.handler', MemorySize: 256 },
    };
    await stack.deploy({ Resources: { ...aFlow, Collect } });
    const { payload } = await lambda.invoke(before?.name ?? '', {});

    const [after] = lambda.functions();
    expect(after).toMatchObject({ arn: before?.arn, accessKeyId: before?.accessKeyId, memoryMb: 256 });
    expect(JSON.parse(payload)).toMatchObject({ invocations: 1 });
  });

  test('changes permissions for the functions that have them', async () => {
    await using stack = await aStack();
    await stack.deploy({ Resources: aFlow });
    const Role = aRole(writeLogs);

    await stack.deploy({ Resources: { ...aFlow, Role } });

    const sids = stack.cloud.rooms.iam.statementUses().map(({ sid }) => sid);
    expect(sids).toEqual(['WriteLogs']);
  });

  test('moves the targets and the pattern of a rule', async () => {
    await using stack = await aStack();
    await stack.deploy({ Resources: aFlow });
    const Targets = [{ Id: 'dead', Arn: getAtt('Dead', 'Arn') }];
    const Properties = { EventPattern: { source: ['aws.ec2'] }, Targets };
    const { Mapping: _mapping, ...rest } = aFlow;
    const Resources = {
      ...rest,
      Launches: { ...aFlow.Launches, Properties },
      JobsPolicy: mayReceiveFrom('Jobs', 'Launches'),
    };

    await stack.deploy({ Resources });
    stack.cloud.surroundings.publish(running);
    await stack.settle();

    const counts = stack.cloud.rooms.sqs
      .queues()
      .map((queue) => [queue.name.split('-')[1], queue.counts().visible]);
    expect(Object.fromEntries(counts)).toEqual({ Dead: 1, Jobs: 0, Results: 0 });
  });
});

describe('an update that fails', () => {
  test('goes back to what was there', async () => {
    await using stack = await aStack();
    const before = {
      Dead: aQueue({ QueueName: 'dead-1' }),
      Jobs: aQueue({ RedrivePolicy: redriveTo('Dead') }),
    };
    const first = await stack.deploy({ Resources: before });

    const failing = stack.deploy({
      Resources: {
        Dead: aQueue({ QueueName: 'dead-2' }),
        Jobs: aQueue({ RedrivePolicy: redriveTo('Dead'), DelaySeconds: 9 }),
        Bad: { ...aQueue({ DelaySeconds: 901 }), DependsOn: 'Jobs' },
      },
    });

    await expect(failing).rejects.toThrow('Resources.Bad.Properties');
    expect(queueNames(stack)).toEqual(['dead-1', expect.stringMatching(/^shop-Jobs-/)]);
    const attributes = await attributesOf(stack, first.physicalIds['Jobs']);
    expect(attributes).toMatchObject({
      DelaySeconds: '0',
      RedrivePolicy: expect.stringContaining(':dead-1"'),
    });
  });

  test('because the template is not valid touches nothing', async () => {
    await using stack = await aStack();
    await stack.deploy({ Resources: { Jobs: aQueue({ QueueName: 'jobs' }) } });

    const failing = stack.deploy({ Resources: { Files: { Type: 'AWS::S3::Bucket' } } });

    await expect(failing).rejects.toThrow('AWS::S3::Bucket');
    expect(queueNames(stack)).toEqual(['jobs']);
  });
});

describe('a table', () => {
  const table = (more: object = {}): object => ({
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      TableName: 'state',
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      ...more,
    },
  });

  test('that is protected cannot leave its stack', async () => {
    await using stack = await aStack();
    await stack.deploy({ Resources: { State: table({ DeletionProtectionEnabled: true }) } });

    await expect(stack.cloud.rooms.cloudFormation.deleteStack('shop')).rejects.toThrow(
      'Resources.State: Resource cannot be deleted as it is currently protected against deletion.',
    );
  });

  test('goes with its stack otherwise, and its name is free', async () => {
    await using stack = await aStack();
    const TimeToLiveSpecification = { AttributeName: 'expiresAt', Enabled: true };
    await stack.deploy({ Resources: { State: table({ TimeToLiveSpecification }) } });

    await stack.cloud.rooms.cloudFormation.deleteStack('shop');

    await expect(
      stack.deploy({ Resources: { State: table() }, Outputs: { Name: { Value: ref('State') } } }),
    ).resolves.toMatchObject({ outputs: { Name: 'state' } });
  });
});

function redriveTo(logicalId: string): object {
  return { deadLetterTargetArn: getAtt(logicalId, 'Arn'), maxReceiveCount: 3 };
}

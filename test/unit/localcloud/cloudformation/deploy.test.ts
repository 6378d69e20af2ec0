import { expect, test } from 'vitest';
import type { Message } from '../../../../localcloud/sqs/message.ts';
import { aFlow, running, statements } from './a-flow.ts';
import {
  aQueue,
  aRole,
  aStack,
  assemblyDirectory,
  code,
  getAtt,
  ref,
  type StackBench,
  writeLogs,
} from './a-stack.ts';

/** What is in the queue of this logical id. */
function messagesOf({ cloud }: StackBench, logicalId: string): readonly Message[] {
  const queue = cloud.rooms.sqs.queues().find(({ name }) => name.startsWith(`shop-${logicalId}-`));
  return queue?.messages() ?? [];
}

test('a deployed rule, queue and function carry an event to its end', async () => {
  await using stack = await aStack();
  await stack.deploy({ Resources: aFlow });

  stack.cloud.surroundings.publish(running);
  await stack.settle();

  expect(messagesOf(stack, 'Results').map(({ body }) => JSON.parse(body).detail.state)).toEqual(['running']);
  expect(messagesOf(stack, 'Jobs')).toEqual([]);
  const unused = stack.cloud.rooms.iam.statementUses().flatMap(({ unusedActions }) => unusedActions);
  expect(unused).toEqual([]);
});

test('each permission of the function is needed', async () => {
  const outcomes = await Promise.all(
    statements.map(async ({ Sid }) => {
      await using stack = await aStack();
      const Role = aRole(...statements.filter((each) => each.Sid !== Sid));
      try {
        await stack.deploy({ Resources: { ...aFlow, Role } });
      } catch (error) {
        return [Sid, (error as Error).message];
      }
      stack.cloud.surroundings.publish(running);
      await stack.settle();
      const { lambda } = stack.cloud.rooms;
      const [name = ''] = lambda.functions().map((each) => each.name);
      return [Sid, messagesOf(stack, 'Results').length, lambda.logLines(name).length];
    }),
  );

  expect(outcomes).toEqual([
    [
      'Work',
      'Resources.Mapping.Properties: The provided execution role does not have permissions to call ReceiveMessage on SQS (InvalidParameterValueException)',
    ],
    // It failed, and said so.
    ['Report', 0, expect.any(Number)],
    ['WriteLogs', 1, 0],
  ]);
});

test('a queue whose policy does not name the rule gets nothing, and the dead letter tells why', async () => {
  await using stack = await aStack();
  const { JobsPolicy: _policy, ...Resources } = aFlow;
  await stack.deploy({ Resources });

  stack.cloud.surroundings.publish(running);
  await stack.settle();

  expect(messagesOf(stack, 'Jobs')).toEqual([]);
  expect(messagesOf(stack, 'Dead').map(({ attributes }) => attributes)).toMatchObject([
    { ERROR_CODE: { StringValue: 'NO_PERMISSIONS' }, RETRY_ATTEMPTS: { StringValue: '0' } },
  ]);
});

test('a schedule runs a function only with its permission', async () => {
  const tick = {
    Role: aRole(writeLogs),
    Tick: {
      Type: 'AWS::Lambda::Function',
      Properties: { Code: code, Handler: 'echo.handler', Runtime: 'nodejs24.x', Role: getAtt('Role', 'Arn') },
    },
    Minute: {
      Type: 'AWS::Events::Rule',
      Properties: {
        ScheduleExpression: 'rate(1 minute)',
        Targets: [{ Id: 'tick', Arn: getAtt('Tick', 'Arn') }],
      },
    },
  };
  const MayTick = {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      Action: 'lambda:InvokeFunction',
      FunctionName: ref('Tick'),
      Principal: 'events.amazonaws.com',
      SourceArn: getAtt('Minute', 'Arn'),
      SourceAccount: ref('AWS::AccountId'),
    },
  };
  const runs = async (Resources: Readonly<Record<string, object>>): Promise<number> => {
    await using stack = await aStack();
    await stack.deploy({ Resources });
    await stack.cloud.passTime(65_000);
    return stack.cloud.rooms.lambda.invocations().length;
  };

  expect([await runs(tick), await runs({ ...tick, MayTick })]).toEqual([0, 1]);
});

test('a role that does not trust Lambda is no role for a function', async () => {
  await using stack = await aStack();
  const Role = {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: {
        Statement: { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
      },
    },
  };

  await expect(stack.deploy({ Resources: { ...aFlow, Role } })).rejects.toThrow(
    'Resources.Collect.Properties: The role defined for the function cannot be assumed by Lambda.',
  );
});

test('resources are made after what they need, however the template orders them', async () => {
  await using stack = await aStack();
  const Resources = Object.fromEntries(Object.entries(aFlow).reverse());

  const { physicalIds } = await stack.deploy({ Resources });

  const order = Object.keys(physicalIds);
  expect(order.indexOf('Role')).toBeLessThan(order.indexOf('Collect'));
  expect(order.indexOf('Collect')).toBeLessThan(order.indexOf('Mapping'));
  expect(order.toSorted()).toEqual(Object.keys(aFlow).toSorted());
});

test('names that the template does not give come from the seed', async () => {
  const names = await Promise.all(
    [1, 2].map(async () => {
      await using stack = await aStack();
      await stack.deploy({ Resources: { Jobs: aQueue() } });
      return stack.cloud.rooms.sqs.queues()[0]?.name;
    }),
  );

  expect(names).toEqual([names[1], expect.stringMatching(/^shop-Jobs-[A-Z0-9]{12}$/)]);
});

test('a creation that fails leaves nothing behind', async () => {
  await using stack = await aStack();
  const Resources = { ...aFlow, Late: { ...aQueue({ DelaySeconds: 901 }), DependsOn: Object.keys(aFlow) } };

  await expect(stack.deploy({ Resources })).rejects.toThrow('Resources.Late.Properties');

  const { sqs, lambda, iam } = stack.cloud.rooms;
  expect([sqs.queues(), lambda.functions(), iam.statementUses()]).toEqual([[], [], []]);
});

test('an assembly is deployed by its manifest; its stack may be named', async () => {
  await using stack = await aStack();
  const { cloudFormation } = stack.cloud.rooms;

  const deployed = await cloudFormation.deployTemplate({
    stackName: 'one',
    assemblyDirectory,
    artifactName: 'nothing',
  });

  expect(deployed.physicalIds).toEqual({});
  await expect(
    cloudFormation.deployTemplate({ stackName: 'one', assemblyDirectory, artifactName: 'other' }),
  ).rejects.toThrow('0 stacks are called other; it has empty');
});

test('code that the assembly does not have is told by bucket and key', async () => {
  await using stack = await aStack();
  const properties = aFlow.Collect.Properties;
  const Code = { S3Bucket: 'elsewhere', S3Key: 'functions.zip' };
  const Collect = { ...aFlow.Collect, Properties: { ...properties, Code } };

  await expect(stack.deploy({ Resources: { ...aFlow, Collect } })).rejects.toThrow(
    'the assembly has no asset elsewhere/functions.zip',
  );
});

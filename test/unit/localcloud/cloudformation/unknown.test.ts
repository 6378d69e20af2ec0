import { expect, test } from 'vitest';
import { aQueue, aRole, aStack, getAtt, ref, type TemplateParts } from './a-stack.ts';

const queue = (Properties: object): TemplateParts => ({ Resources: { Jobs: aQueue(Properties) } });
const output = (Value: unknown): TemplateParts => ({ ...queue({}), Outputs: { It: { Value } } });

const table: [string, TemplateParts, string][] = [
  [
    'a resource type',
    { Resources: { Files: { Type: 'AWS::S3::Bucket' } } },
    'Resources.Files.Type: localcloud does not know the resource type AWS::S3::Bucket',
  ],
  [
    'a property',
    queue({ FifoQueue: true }),
    'Resources.Jobs.Properties.FifoQueue: localcloud does not know this property of AWS::SQS::Queue',
  ],
  [
    'a property of a property',
    queue({ RedriveAllowPolicy: { redrivePermission: 'allowAll', until: 'noon' } }),
    'Resources.Jobs.Properties.RedriveAllowPolicy.until: localcloud does not know this property of AWS::SQS::Queue',
  ],
  [
    'a value',
    queue({ VisibilityTimeout: 'long' }),
    'Resources.Jobs.Properties.VisibilityTimeout: Invalid input: expected number, received NaN',
  ],
  [
    'an intrinsic function',
    queue({ QueueName: { 'Fn::Base64': 'a' } }),
    'Resources.Jobs.Properties.QueueName: localcloud does not know the intrinsic function Fn::Base64',
  ],
  [
    "another stack's export",
    queue({ QueueName: { 'Fn::ImportValue': 'a' } }),
    'the intrinsic function Fn::ImportValue',
  ],
  [
    'a name in Ref',
    queue({ QueueName: ref('Name') }),
    'Resources.Jobs.Properties.QueueName.Ref: the template has no parameter or resource Name',
  ],
  ['a name in Sub', queue({ QueueName: { 'Fn::Sub': `$\{Name}` } }), 'no parameter or resource Name'],
  ['a resource in GetAtt', output(getAtt('Letters', 'Arn')), 'the template has no resource Letters'],
  [
    'an attribute in GetAtt',
    output(getAtt('Jobs', 'Url')),
    'localcloud does not know the attribute Url of AWS::SQS::Queue; it knows Arn, QueueName, QueueUrl',
  ],
  [
    'a condition',
    { Resources: { Jobs: { ...aQueue(), Condition: 'Big' } } },
    'Resources.Jobs.Condition: there is no condition Big',
  ],
  [
    'what a resource depends on',
    { Resources: { Jobs: { ...aQueue(), DependsOn: 'Letters' } } },
    'Resources.Jobs.DependsOn: there is no resource Letters',
  ],
  [
    'what a resource may have besides its properties',
    { Resources: { Jobs: { ...aQueue(), CreationPolicy: {} } } },
    'Resources.Jobs.CreationPolicy: localcloud does not know this',
  ],
  [
    'a section',
    { Transform: 'AWS::Serverless-2016-10-31' } as TemplateParts,
    'Transform: localcloud does not know this',
  ],
  [
    'a condition key in a policy',
    {
      Resources: {
        Role: aRole({
          Action: 's3:*',
          Resource: '*',
          Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
        }),
      },
    },
    'Resources.Role.Properties: policy own, statement #1: localcloud does not model the condition key aws:MultiFactorAuthPresent',
  ],
  [
    "one of AWS's policies",
    { Resources: { Role: withManagedPolicy('AdministratorAccess') } },
    'Policy arn:aws:iam::aws:policy/AdministratorAccess does not exist or is not attachable',
  ],
];

test.each(table)(
  '%s that is not known is named with its place, and nothing is made',
  async (_what, template, told) => {
    await using stack = await aStack();

    await expect(stack.deploy(template)).rejects.toThrow(told);

    expect(stack.cloud.rooms.sqs.queues()).toEqual([]);
    await expect(stack.deploy(queue({}))).resolves.toMatchObject({ outputs: {} });
  },
);

test('what a room refuses is told with its place', async () => {
  await using stack = await aStack();

  await expect(stack.deploy(queue({ VisibilityTimeout: 50_000 }))).rejects.toThrow(
    'Resources.Jobs.Properties: Invalid value for the parameter VisibilityTimeout. (InvalidAttributeValue)',
  );
});

test('resources that wait for each other are named', async () => {
  await using stack = await aStack();
  const Resources = {
    One: { ...aQueue(), DependsOn: ['Two'] },
    Two: aQueue({ QueueName: { 'Fn::Sub': `of-$\{Three.QueueName}` } }),
    Three: aQueue({ QueueName: getAtt('One', 'QueueName') }),
  };

  await expect(stack.deploy({ Resources })).rejects.toThrow(
    'circular dependency: One -> Two -> Three -> One',
  );
});

function withManagedPolicy(name: string): object {
  const role = aRole() as { Type: string; Properties: object };
  return {
    ...role,
    Properties: { ...role.Properties, ManagedPolicyArns: [`arn:aws:iam::aws:policy/${name}`] },
  };
}

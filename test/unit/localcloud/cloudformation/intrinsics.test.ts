import { describe, expect, test } from 'vitest';
import { aQueue, aStack, getAtt, ref, type TemplateParts } from './a-stack.ts';

/** What an output with this value says. */
async function resolved(
  Value: unknown,
  more: TemplateParts = {},
  parameters = {},
): Promise<string | undefined> {
  await using stack = await aStack();
  const { outputs } = await stack.deploy({ ...more, Outputs: { It: { Value } } }, parameters);
  return outputs['It'];
}

const text = (plain: string): string => plain.replaceAll('$<', '${').replaceAll('>', '}');

describe('an intrinsic function', () => {
  const Resources = { Jobs: aQueue({ QueueName: 'jobs' }) };
  const table: [string, unknown, string][] = [
    ['Ref of a pseudo parameter', ref('AWS::Region'), 'us-east-1'],
    ['Ref of the account', ref('AWS::AccountId'), '123456789012'],
    ['Ref of the partition', ref('AWS::Partition'), 'aws'],
    ['Ref of the domain', ref('AWS::URLSuffix'), 'amazonaws.com'],
    ['Ref of the stack', ref('AWS::StackName'), 'shop'],
    ['Ref of a parameter', ref('Tag'), 'role'],
    ['Ref of a resource', { 'Fn::Select': [4, { 'Fn::Split': ['/', ref('Jobs')] }] }, 'jobs'],
    ['GetAtt', getAtt('Jobs', 'Arn'), 'arn:aws:sqs:us-east-1:123456789012:jobs'],
    ['GetAtt in one text', { 'Fn::GetAtt': 'Jobs.QueueName' }, 'jobs'],
    ['Join', { 'Fn::Join': ['-', ['a', ref('Tag'), { 'Fn::Join': ['', ['b', 'c']] }]] }, 'a-role-bc'],
    [
      'Sub',
      { 'Fn::Sub': text('$<Tag>/$<Jobs.Arn>/$<!Tag>') },
      text('role/arn:aws:sqs:us-east-1:123456789012:jobs/$<Tag>'),
    ],
    ['Sub with values', { 'Fn::Sub': [text('$<a>-$<Tag>'), { a: ref('AWS::Region') }] }, 'us-east-1-role'],
    ['FindInMap', { 'Fn::FindInMap': ['Sizes', ref('AWS::Region'), 'memory'] }, '512'],
    ['If that holds', { 'Fn::If': ['IsRole', 'yes', 'no'] }, 'yes'],
    ['If that does not hold', { 'Fn::If': ['IsOther', 'yes', 'no'] }, 'no'],
    ['If of conditions that are joined', { 'Fn::If': ['Joined', 'yes', 'no'] }, 'yes'],
  ];

  test.each(table)('%s', async (_name, value, expected) => {
    const parts: TemplateParts = {
      Resources,
      Parameters: { Tag: { Type: 'String', Default: 'role' } },
      Mappings: { Sizes: { 'us-east-1': { memory: 512 } } },
      Conditions: {
        IsRole: { 'Fn::Equals': [ref('Tag'), 'role'] },
        IsOther: { 'Fn::Not': [{ Condition: 'IsRole' }] },
        Joined: {
          'Fn::And': [
            { Condition: 'IsRole' },
            { 'Fn::Or': [{ Condition: 'IsOther' }, { 'Fn::Equals': ['a', 'a'] }] },
          ],
        },
      },
    };

    expect(await resolved(value, parts)).toBe(expected);
  });
});

test('AWS::NoValue takes away what holds it', async () => {
  await using stack = await aStack();
  const QueueName = { 'Fn::If': ['Never', 'never', ref('AWS::NoValue')] };

  const { physicalIds } = await stack.deploy({
    Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
    Resources: { Jobs: aQueue({ QueueName }) },
  });

  expect(physicalIds['Jobs']).toMatch(/\/shop-Jobs-[A-Z0-9]{12}$/);
});

test('what a condition rules out is not made', async () => {
  await using stack = await aStack();

  const { physicalIds, outputs } = await stack.deploy({
    Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
    Resources: { Jobs: { ...aQueue(), Condition: 'Never' } },
    Outputs: { Url: { Value: ref('Jobs'), Condition: 'Never' } },
  });

  expect({ physicalIds, outputs }).toEqual({ physicalIds: {}, outputs: {} });
});

describe('a parameter', () => {
  const deploy = async (parameter: object, given: Readonly<Record<string, string>> = {}): Promise<string> =>
    String(await resolved(ref('Size'), { Parameters: { Size: parameter } }, given));

  test('has the value that is given, or its default', async () => {
    const parameter = { Type: 'Number', Default: 3 };

    expect([await deploy(parameter), await deploy(parameter, { Size: '4' })]).toEqual(['3', '4']);
  });

  test('may be a list', async () => {
    const parts = { Parameters: { Zones: { Type: 'CommaDelimitedList', Default: 'a, b' } } };

    expect(await resolved({ 'Fn::Join': ['+', ref('Zones')] }, parts)).toBe('a+b');
  });

  test('may name the version that bootstrapping leaves behind', async () => {
    const Type = 'AWS::SSM::Parameter::Value<String>';

    expect(Number(await deploy({ Type, Default: '/cdk-bootstrap/hnb659fds/version' }))).toBeGreaterThan(5);
    await expect(deploy({ Type, Default: '/own' })).rejects.toThrow(
      `Parameters.Size: localcloud does not model the parameter type ${Type}`,
    );
  });

  test.each([
    [{ Type: 'String' }, {}, 'it has no default'],
    [{ Type: 'Number' }, { Size: 'many' }, 'many is not a number'],
    [{ Type: 'String', AllowedValues: ['s', 'm'] }, { Size: 'l' }, '"l" is not allowed'],
    [{ Type: 'String', AllowedPattern: '[a-z]+' }, { Size: 'l1' }, '"l1" is not allowed'],
    [{ Type: 'Number', MinValue: 3 }, { Size: '2' }, '"2" is not allowed'],
    [{ Type: 'String', MaxLength: 3, ConstraintDescription: 'be short' }, { Size: 'long' }, 'be short'],
    [{ Type: 'String', Default: 'a' }, { Sise: 'm' }, 'Parameters.Sise: the template has no such parameter'],
  ])('%j with %j is refused', async (parameter, given, told) => {
    await expect(deploy(parameter, given as Record<string, string>)).rejects.toThrow(told);
  });
});

test('a rule that does not hold stops the deployment in its own words', async () => {
  await using stack = await aStack();
  const Assert = { 'Fn::Not': [{ 'Fn::Contains': [['1', '2'], ref('Version')] }] };
  const template = {
    Parameters: { Version: { Type: 'String', Default: '3' } },
    Rules: { Recent: { Assertions: [{ Assert, AssertDescription: 'too old' }] } },
  };

  await stack.deploy(template);

  await expect(stack.deploy(template, { Version: '2' })).rejects.toThrow(
    'Rules.Recent.Assertions.0.Assert: too old',
  );
});

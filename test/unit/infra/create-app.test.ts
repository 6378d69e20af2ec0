import { CfnResource } from 'aws-cdk-lib';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { describe, expect, it } from 'vitest';
import { InvalidParameters } from '../../../infra/parameters.ts';
import { anApp, type TemplateJson, templateOf } from './synthesized.ts';

const json = templateOf(anApp());

/** Properties that hold a physical name. */
const nameProperties = new Set([
  'AlarmName',
  'ArchiveName',
  'DashboardName',
  'FunctionName',
  'LogGroupName',
  'ManagedPolicyName',
  'Name',
  'QueueName',
  'RoleName',
  'TableName',
  'TopicName',
]);

function physicalNames({ Resources }: TemplateJson): readonly string[] {
  return Object.values(Resources).flatMap(({ Type, Properties }) =>
    Object.entries(Properties)
      .filter(([key, value]) => nameProperties.has(key) && JSON.stringify(value).startsWith('"'))
      .map(([, value]) => `${Type} ${value}`),
  );
}

describe('the template', () => {
  it('is the same whenever it is made', () => {
    expect(JSON.stringify(templateOf(anApp()))).toBe(JSON.stringify(json));
  });

  it('is plain: resources and outputs, no code of CDK’s own', () => {
    expect(Object.keys(json).toSorted()).toEqual(['Description', 'Outputs', 'Resources']);
    const types = Object.values(json.Resources).map(({ Type }) => Type);
    expect(types.filter((type) => /^(Custom::|AWS::CloudFormation::|AWS::CDK::)/.test(type))).toEqual([]);
    expect(types.filter((type) => type === 'AWS::Lambda::Function')).toHaveLength(2);
  });

  it('uses few intrinsic functions, and no pseudo parameter that needs a lookup', () => {
    const intrinsics = new Set(JSON.stringify(json).match(/"(Fn::\w+|Ref)":/g));

    expect([...intrinsics].toSorted()).toEqual(['"Fn::GetAtt":', '"Fn::Join":', '"Fn::Sub":', '"Ref":']);
  });

  it('tags everything that it tags at all, for its stack', () => {
    const tagged = Object.values(json.Resources).filter(({ Properties }) => Properties['Tags'] !== undefined);

    const wanted = expect.arrayContaining([
      { Key: 'application', Value: 'understudy' },
      { Key: 'understudy-stack', Value: 'understudy' },
    ]);
    for (const { Properties } of tagged) expect(Properties['Tags']).toEqual(wanted);
    expect(new Set(tagged.map(({ Type }) => Type))).toEqual(
      new Set([
        'AWS::CloudWatch::Alarm',
        'AWS::CloudWatch::Dashboard',
        'AWS::DynamoDB::Table',
        'AWS::Events::Rule',
        'AWS::IAM::Role',
        'AWS::Lambda::EventSourceMapping',
        'AWS::Lambda::Function',
        'AWS::Logs::LogGroup',
        'AWS::SNS::Topic',
        'AWS::SQS::Queue',
      ]),
    );
  });

  it('shares no physical name with that of another stack', () => {
    const other = templateOf(anApp({ name: 'team-a' }));

    const names = new Set(physicalNames(json));
    expect(names.size).toBeGreaterThan(30);
    expect(physicalNames(other).filter((name) => names.has(name))).toEqual([]);
    expect(JSON.stringify(other)).not.toMatch(/"understudy-(?!stack")/);
  });
});

describe('the synthesis', () => {
  it('is refused for parameters that are wrong', () => {
    expect(() => anApp({ zone: 'Z0123456789' })).toThrow(InvalidParameters);
  });

  it('finds nothing to say against the narrowest stack either', () => {
    const app = anApp({
      name: 'narrow',
      roleTagKey: 'Duty of:this/machine',
      zones: 'Z0AAA',
      recordNames: '*.roles.example.com',
      vpcs: 'vpc-0123456789abcdef0',
      elasticIpTag: 'understudy=managed',
      alarmEmail: 'on-call@example.com',
      resyncMinutes: 60,
    });

    expect(() => templateOf(app)).not.toThrow();
  });

  it('is refused by cdk-nag when something is amiss', () => {
    const app = anApp();
    new CfnQueue(app.node.findChild('understudy'), 'Bare', { queueName: 'bare' });

    expect(() => templateOf(app)).toThrow(/AwsSolutions-SQS/);
  });

  it('is refused by the rules of CloudFormation when something is amiss', () => {
    const app = anApp();
    const properties = { TopicNames: ['no', 'such'] };
    new CfnResource(app.node.findChild('understudy'), 'Amiss', { type: 'AWS::SNS::Topic', properties });

    expect(() => templateOf(app)).toThrow(/TopicNames/);
  });

  it('has a reason for everything that cdk-nag is told to let go', () => {
    const app = anApp();

    templateOf(app);

    const acknowledged = app.node
      .findAll()
      .flatMap(({ node }) => node.metadata.filter(({ type }) => type === 'aws:cdk:acknowledged-rules'));
    expect(acknowledged.length).toBeGreaterThan(0);
    const texts = JSON.stringify(acknowledged.map(({ data }) => data));
    expect(texts).not.toMatch(/"reason":"(.{0,15})"/);
  });
});

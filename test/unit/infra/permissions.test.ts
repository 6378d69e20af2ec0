import { describe, expect, it } from 'vitest';
import { functions } from '../../../infra/functions.ts';
import { anApp, arnOf, idOf, resourcesOf, type TemplateJson, templateOf } from './synthesized.ts';

interface Statement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: Readonly<Record<string, object>>;
}

interface Policy {
  readonly PolicyDocument: { readonly Statement: readonly Statement[] };
}

const json = templateOf(anApp());
const narrow = templateOf(
  anApp({
    zones: 'Z0AAA,Z0BBB',
    recordNames: '*.roles.example.com',
    vpcs: 'vpc-0123456789abcdef0',
    elasticIpTag: 'understudy=managed',
  }),
);

/** What the role of a function may do. */
function statementsOf(template: TemplateJson, functionName: string): readonly Statement[] {
  const lambda = template.Resources[idOf(template, 'FunctionName', functionName)];
  const role = lambda?.Properties['Role'] as { 'Fn::GetAtt': readonly [string, string] };
  const policies = template.Resources[role['Fn::GetAtt'][0]]?.Properties['Policies'] as readonly Policy[];
  return policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
}

function statementOf(template: TemplateJson, sid: string): Statement | undefined {
  return statementsOf(template, 'understudy-on-events').find(({ Sid }) => Sid === sid);
}

const place = (namespace: string, resource: string) => ({
  'Fn::Sub': `arn:\${AWS::Partition}:${namespace}:\${AWS::Region}:\${AWS::AccountId}:${resource}`,
});
const zone = (id: string) => ({ 'Fn::Sub': `arn:\${AWS::Partition}:route53:::hostedzone/${id}` });

const elasticIps = place('ec2', 'elastic-ip/*');
const interfaces = place('ec2', 'network-interface/*');
const instances = place('ec2', 'instance/*');
const table = arnOf(json, 'TableName', 'understudy');
const queue = (name: string) => arnOf(json, 'QueueName', name);

const describeActions = [
  'ec2:DescribeAddresses',
  'ec2:DescribeAddressesAttribute',
  'ec2:DescribeImages',
  'ec2:DescribeInstanceStatus',
  'ec2:DescribeInstanceTypes',
  'ec2:DescribeInstances',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeRouteTables',
  'ec2:DescribeSubnets',
];

/** Every permission that reconciling takes: its statement, its actions, its resources. */
const reconciling: readonly (readonly [
  sid: string,
  actions: string | readonly string[],
  resource: unknown,
])[] = [
  ['ReadState', ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query'], table],
  ['WriteState', ['dynamodb:BatchWriteItem', 'dynamodb:UpdateItem'], table],
  ['Describe', describeActions, '*'],
  ['DescribeTargets', 'elasticloadbalancing:DescribeTargetHealth', '*'],
  ['MoveElasticIps', 'ec2:AssociateAddress', elasticIps],
  ['ElasticIpInterfaces', 'ec2:AssociateAddress', interfaces],
  ['ElasticIpInstances', 'ec2:AssociateAddress', instances],
  ['NameElasticIps', 'ec2:ModifyAddressAttribute', elasticIps],
  ['MovePrivateIps', 'ec2:AssignPrivateIpAddresses', interfaces],
  ['MoveIpv6Addresses', ['ec2:AssignIpv6Addresses', 'ec2:UnassignIpv6Addresses'], interfaces],
  ['MoveInterfaces', ['ec2:AttachNetworkInterface', 'ec2:DetachNetworkInterface'], interfaces],
  ['MoveInterfacesBetweenInstances', ['ec2:AttachNetworkInterface', 'ec2:DetachNetworkInterface'], instances],
  ['AdjustInterfaces', 'ec2:ModifyNetworkInterfaceAttribute', interfaces],
  ['AdjustInterfacesOfInstances', 'ec2:ModifyNetworkInterfaceAttribute', instances],
  ['MoveRoutes', ['ec2:CreateRoute', 'ec2:ReplaceRoute'], place('ec2', 'route-table/*')],
  [
    'RegisterTargets',
    ['elasticloadbalancing:DeregisterTargets', 'elasticloadbalancing:RegisterTargets'],
    place('elasticloadbalancing', 'targetgroup/*'),
  ],
  ['ReadRecords', 'route53:ListResourceRecordSets', zone('*')],
  ['ChangeRecords', 'route53:ChangeResourceRecordSets', zone('*')],
  [
    'AnswerLifecycleHooks',
    ['autoscaling:CompleteLifecycleAction', 'autoscaling:RecordLifecycleActionHeartbeat'],
    place('autoscaling', 'autoScalingGroup:*:autoScalingGroupName/*'),
  ],
];

const observing = (name: string) =>
  [
    [
      'WriteLogs',
      ['logs:CreateLogStream', 'logs:PutLogEvents'],
      arnOf(json, 'LogGroupName', `/aws/lambda/understudy-${name}`),
    ],
    ['SendTraces', ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'], '*'],
  ] as const;

const ownOf = {
  'on-events': [
    ['DescribeRoleTags', 'ec2:DescribeTags', '*'],
    [
      'ReceiveEvents',
      ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
      queue('understudy-events'),
    ],
  ],
  resync: [
    ['KeepPlace', 'dynamodb:PutItem', table],
    ['ReportFailedResyncs', 'sqs:SendMessage', queue('understudy-failed-resyncs')],
  ],
} as const;

describe('the role of a function', () => {
  it.each(functions)('lets $name do this, and nothing else', ({ name }) => {
    const statements = statementsOf(json, `understudy-${name}`);

    const allowed = statements.map(({ Sid, Action, Resource }) => [Sid, Action, Resource]);
    expect(allowed).toEqual([...reconciling, ...observing(name), ...ownOf[name]]);
    expect(new Set(statements.map(({ Effect }) => Effect))).toEqual(new Set(['Allow']));
  });

  it('has no policy beside its own, is for Lambda only, and fits into what IAM allows', () => {
    const roles = resourcesOf(json, 'AWS::IAM::Role');

    expect(roles).toHaveLength(functions.length);
    expect(resourcesOf(json, 'AWS::IAM::Policy')).toEqual([]);
    for (const { Properties } of roles) {
      expect(Properties['ManagedPolicyArns']).toBeUndefined();
      expect(JSON.stringify(Properties['AssumeRolePolicyDocument'])).toContain('"lambda.amazonaws.com"');
      // Of all inline policies together.
      expect(JSON.stringify(Properties['Policies']).length).toBeLessThan(10_240);
    }
  });

  it('names every resource but for actions that know none, and those by region where it has one', () => {
    const unbounded = statementsOf(json, 'understudy-on-events').filter(({ Resource }) => Resource === '*');

    const inThisRegion = { StringEquals: { 'aws:RequestedRegion': { Ref: 'AWS::Region' } } };
    expect(unbounded.map(({ Sid, Condition }) => [Sid, Condition])).toEqual([
      ['Describe', inThisRegion],
      ['DescribeTargets', inThisRegion],
      ['SendTraces', undefined],
      ['DescribeRoleTags', inThisRegion],
    ]);
  });
});

describe('the place that a pass of the resync keeps', () => {
  it('is one row, and nobody else’s', () => {
    const keeping = statementsOf(json, 'understudy-resync').find(({ Sid }) => Sid === 'KeepPlace');

    expect(keeping?.Condition).toEqual({
      'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['RESYNC'] },
      Null: { 'dynamodb:LeadingKeys': 'false' },
    });
  });
});

describe('a change of records', () => {
  it('is an exact batch of types that roles have', () => {
    expect(statementOf(json, 'ChangeRecords')?.Condition).toEqual({
      'ForAllValues:StringEquals': {
        'route53:ChangeResourceRecordSetsActions': ['CREATE', 'DELETE'],
        'route53:ChangeResourceRecordSetsRecordTypes': ['A', 'AAAA', 'CNAME', 'PTR', 'SRV', 'TXT'],
      },
      Null: { 'route53:ChangeResourceRecordSetsActions': 'false' },
    });
  });

  it('is bounded by zones and names that are given', () => {
    expect(statementOf(narrow, 'ReadRecords')?.Resource).toEqual([zone('Z0AAA'), zone('Z0BBB')]);
    expect(statementOf(narrow, 'ChangeRecords')).toMatchObject({
      Resource: [zone('Z0AAA'), zone('Z0BBB')],
      Condition: {
        'ForAllValues:StringLike': {
          'route53:ChangeResourceRecordSetsNormalizedRecordNames': ['*.roles.example.com'],
        },
      },
    });
  });
});

describe('a move of an address', () => {
  it.each(['MoveElasticIps', 'NameElasticIps'])(
    'is bounded by the tag of Elastic IPs that is given: %s',
    (sid) => {
      expect(statementOf(json, sid)).not.toHaveProperty('Condition');
      expect(statementOf(narrow, sid)?.Condition).toEqual({
        StringEquals: { 'aws:ResourceTag/understudy': 'managed' },
      });
    },
  );

  it.each([
    'ElasticIpInterfaces',
    'MovePrivateIps',
    'MoveIpv6Addresses',
    'MoveInterfaces',
    'AdjustInterfaces',
    'MoveRoutes',
  ])('is bounded by the VPCs that are given: %s', (sid) => {
    expect(statementOf(json, sid)).not.toHaveProperty('Condition');
    expect(statementOf(narrow, sid)?.Condition).toEqual({
      ArnEquals: { 'ec2:Vpc': [place('ec2', 'vpc/vpc-0123456789abcdef0')] },
    });
  });
});

describe('a policy for people', () => {
  const [writers = [], taggers = []] = ['roles of Understudy', 'ask for roles'].map((words) =>
    resourcesOf(json, 'AWS::IAM::ManagedPolicy')
      .filter(({ Properties }) =>
        String(Properties['Description']).includes(
          `${words === 'ask for roles' ? '' : 'write the '}${words}`,
        ),
      )
      .flatMap(({ Properties }) => (Properties as unknown as Policy).PolicyDocument.Statement),
  );

  it('lets who writes roles write those rows, look at their world, and wake the controller', () => {
    const archive = arnOf(json, 'ArchiveName', 'understudy-events');
    const replays = place('events', 'replay/understudy-*');
    expect(writers.map(({ Sid, Resource }) => [Sid, Resource])).toEqual([
      ['ReadRoles', table],
      ['WriteRoles', table],
      ['LookAtTable', table],
      ['LookAtInstances', '*'],
      ['LookAtVpcs', place('ec2', 'vpc/*')],
      ['LookAtTargets', '*'],
      ['FindZones', '*'],
      ['LookAtRecords', zone('*')],
      ['SendEvents', queue('understudy-events')],
      ['RedriveEvents', [queue('understudy-dead-letters'), queue('understudy-undelivered')]],
      ['CountFailedResyncs', queue('understudy-failed-resyncs')],
      ['ReplayEvents', [archive, place('events', 'event-bus/default'), replays]],
      ['WatchReplays', replays],
      ['LookAtArchive', archive],
      ['FindRules', '*'],
      ['LookAtRules', place('events', 'rule/understudy-*')],
    ]);
    expect(writers.find(({ Sid }) => Sid === 'WriteRoles')?.Condition).toEqual({
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['ROLE#*', 'ROLES', 'INSTANCE#*'] },
      Null: { 'dynamodb:LeadingKeys': 'false' },
    });
  });

  it('lets who tags set and take away the tags of roles, on instances, and no others', () => {
    expect(taggers).toEqual([
      {
        Sid: 'TagInstances',
        Effect: 'Allow',
        Action: ['ec2:CreateTags', 'ec2:DeleteTags'],
        Resource: instances,
        Condition: {
          'ForAllValues:StringEquals': { 'aws:TagKeys': ['role', 'role-priority'] },
          Null: { 'aws:TagKeys': 'false' },
        },
      },
    ]);
  });

  it('is given to nobody', () => {
    for (const { Properties } of resourcesOf(json, 'AWS::IAM::ManagedPolicy')) {
      expect(Properties).not.toHaveProperty('Roles');
      expect(Properties).not.toHaveProperty('Users');
      expect(Properties).not.toHaveProperty('Groups');
    }
  });
});

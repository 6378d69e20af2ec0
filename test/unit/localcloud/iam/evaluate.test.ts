import { describe, expect, test } from 'vitest';
import { evaluate } from '../../../../localcloud/iam/evaluate.ts';
import { compilePolicy } from '../../../../localcloud/iam/policy-document.ts';

const queueArn = 'arn:aws:sqs:eu-west-1:1:queue';

type Values = Readonly<Record<string, readonly string[]>>;

/** What one or more statements say about sending to the queue. */
function judge(statement: object | readonly object[], context: Values = {}) {
  return evaluate(compilePolicy({ Version: '2012-10-17', Statement: statement }, 'p'), {
    action: 'sqs:SendMessage',
    resource: queueArn,
    context: new Map(Object.entries(context)),
  });
}

const on = { Effect: 'Allow', Resource: queueArn };
const to = { Effect: 'Allow', Action: 'sqs:SendMessage' };
const all = { ...on, ...to };

describe('a statement', () => {
  test.each([
    ['the action and the resource', all, 'allowed'],
    ['another action', { ...on, Action: 'sqs:ReceiveMessage' }, 'implicit-deny'],
    ['the action in other case', { ...on, Action: 'SQS:sendmessage' }, 'allowed'],
    ['one of several actions', { ...on, Action: ['sqs:ReceiveMessage', 'sqs:Send*'] }, 'allowed'],
    ['all but another action', { ...on, NotAction: 'sqs:ReceiveMessage' }, 'allowed'],
    ['all but this action', { ...on, NotAction: 'sqs:*' }, 'implicit-deny'],
    ['another resource', { ...to, Resource: `${queueArn}-2` }, 'implicit-deny'],
    ['all but another resource', { ...to, NotResource: `${queueArn}-2` }, 'allowed'],
    ['all but this resource', { ...to, NotResource: queueArn }, 'implicit-deny'],
  ])('about %s', (_what, statement, kind) => {
    expect(judge(statement).kind).toBe(kind);
  });

  test('that denies beats any that allows', () => {
    const decision = judge([all, { ...all, Effect: 'Deny', Sid: 'Never' }, all]);

    expect(decision).toMatchObject({ kind: 'explicit-deny', statement: { sid: 'Never' } });
  });

  test('that allows is named with the action that it wrote', () => {
    const decision = judge([{ ...on, Sid: 'Send', Action: ['sqs:Get*', 'sqs:Send*'] }, all]);

    expect(decision).toMatchObject({
      kind: 'allowed',
      grants: [
        { statement: { sid: 'Send' }, actionPattern: 'sqs:Send*' },
        { statement: { sid: '#2' }, actionPattern: 'sqs:SendMessage' },
      ],
    });
  });

  test('that is missing allows nothing', () => {
    expect(judge([])).toEqual({ kind: 'implicit-deny' });
  });
});

describe('a condition', () => {
  const region = (...values: string[]): Values => ({ 'aws:requestedregion': values });
  const keys = (...values: string[]): Values => ({ 'aws:tagkeys': values });
  const table: [object, Values, boolean][] = [
    [{ StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } }, region('eu-west-1'), true],
    [{ StringEquals: { 'AWS:requestedregion': ['a', 'b'] } }, region('b'), true],
    [{ StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } }, region('EU-WEST-1'), false],
    [{ StringEqualsIgnoreCase: { 'aws:RequestedRegion': 'eu-west-1' } }, region('EU-WEST-1'), true],
    [{ StringEquals: { 'aws:RequestedRegion': 'a' } }, {}, false],
    [{ StringEqualsIfExists: { 'aws:RequestedRegion': 'a' } }, {}, true],
    [{ StringEqualsIfExists: { 'aws:RequestedRegion': 'a' } }, region('b'), false],
    [{ StringNotEquals: { 'aws:RequestedRegion': ['a', 'b'] } }, region('b'), false],
    [{ StringNotEquals: { 'aws:RequestedRegion': ['a', 'b'] } }, region('c'), true],
    [{ StringNotEquals: { 'aws:RequestedRegion': 'a' } }, {}, true],
    [{ StringLike: { 'aws:RequestedRegion': 'eu-*' } }, region('eu-west-1'), true],
    [{ StringNotLike: { 'aws:RequestedRegion': 'eu-*' } }, region('eu-west-1'), false],
    [
      { ArnEquals: { 'aws:SourceArn': 'arn:*:events:*:*:rule/a*' } },
      { 'aws:sourcearn': ['arn:aws:events:r:1:rule/ab'] },
      true,
    ],
    [
      { ArnLike: { 'aws:SourceArn': 'arn:aws:events:r:1:rule/b' } },
      { 'aws:sourcearn': ['arn:aws:events:r:1:rule/a'] },
      false,
    ],
    [{ Bool: { 'aws:SecureTransport': true } }, { 'aws:securetransport': ['true'] }, true],
    [{ Bool: { 'aws:SecureTransport': 'false' } }, { 'aws:securetransport': ['true'] }, false],
    [{ Null: { 'aws:ResourceTag/role': 'true' } }, {}, true],
    [{ Null: { 'aws:ResourceTag/role': 'false' } }, {}, false],
    [{ Null: { 'aws:ResourceTag/role': 'false' } }, { 'aws:resourcetag/role': ['db'] }, true],
    [{ NumericEquals: { 'aws:ResourceTag/priority': '7' } }, { 'aws:resourcetag/priority': ['7.0'] }, true],
    [{ NumericLessThan: { 'aws:ResourceTag/priority': 7 } }, { 'aws:resourcetag/priority': ['7'] }, false],
    [{ 'ForAllValues:StringEquals': { 'aws:TagKeys': ['role', 'name'] } }, keys('role'), true],
    [{ 'ForAllValues:StringEquals': { 'aws:TagKeys': ['role'] } }, keys('role', 'owner'), false],
    [{ 'ForAllValues:StringLike': { 'aws:TagKeys': ['role*'] } }, keys('role', 'role-priority'), true],
    [{ 'ForAllValues:StringEquals': { 'aws:TagKeys': ['role'] } }, {}, true],
    [{ 'ForAllValues:StringNotEquals': { 'aws:TagKeys': ['role'] } }, keys('name', 'role'), false],
    [{ 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['role'] } }, keys('owner', 'role'), true],
    [{ 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['role'] } }, keys('owner'), false],
    [{ 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['role'] } }, {}, false],
    [{ 'ForAllValues:StringEquals': { 'aws:TagKeys': ['role'] } }, keys(), true],
    [{ Null: { 'aws:TagKeys': 'true' } }, keys(), true],
    [{ Null: { 'aws:TagKeys': 'false' } }, keys(), false],
    [{ StringEquals: { 'aws:RequestedRegion': 'a' }, Null: { 'aws:TagKeys': 'true' } }, region('a'), true],
    [{ StringEquals: { 'aws:RequestedRegion': 'a', 'ec2:Region': 'b' } }, region('a'), false],
  ];

  test.each(table)('%j with %j holds: %s', (Condition, context, holds) => {
    expect(judge({ ...all, Condition }, context).kind).toBe(holds ? 'allowed' : 'implicit-deny');
  });
});

const variable = `$\{aws:username}`;

describe('what a policy must not say is told with its statement', () => {
  test.each([
    [
      { ...all, Condition: { IpAddress: { 'aws:RequestedRegion': '1' } } },
      'the condition operator IpAddress',
    ],
    [{ ...all, Condition: { StringEquals: { 'aws:UserAgent': 'x' } } }, 'the condition key aws:UserAgent'],
    [
      { ...all, Condition: { StringEquals: { 'aws:RequestedRegion': variable } } },
      `the policy variable in ${variable}`,
    ],
    [{ ...to, Resource: `arn:aws:sqs:r:1:${variable}` }, 'the policy variable in'],
    [{ ...all, Condition: { StringEquals: { 'aws:TagKeys': 'role' } } }, 'ForAllValues:StringEquals'],
    [{ ...to, Resource: 'queue' }, 'queue is neither an ARN nor *'],
    [{ ...on, Action: 'SendMessage' }, 'SendMessage is not an action'],
    [to, 'it must have either Resource or NotResource'],
    [{ ...all, NotAction: 'sqs:*' }, 'it must have either Action or NotAction'],
    [{ ...all, Principal: '*' }, 'it must not have a Principal'],
  ])('%j', (statement, told) => {
    expect(() => judge([all, { Sid: 'Bad', ...statement }])).toThrow('policy p, statement Bad');
    expect(() => judge(statement)).toThrow(told);
  });

  test('an element that there is not', () => {
    expect(() => judge({ ...all, Resources: '*' })).toThrow(/Unrecognized key: "Resources"/);
  });
});

test('the policy of a resource speaks of its principals only', () => {
  const policy = compilePolicy(
    { Statement: { ...all, Principal: { Service: 'events.amazonaws.com' } } },
    'p',
    'resource',
  );
  const requirement = { action: 'sqs:SendMessage', resource: queueArn, context: new Map() };

  const kinds = ['events.amazonaws.com', 'sns.amazonaws.com'].map(
    (name) => evaluate(policy, requirement, { kind: 'service', name }).kind,
  );

  expect(kinds).toEqual(['allowed', 'implicit-deny']);
});

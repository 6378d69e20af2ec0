import { expect, test } from 'vitest';
import { arnPattern, resourcePattern, wildcardPattern } from '../../../../localcloud/iam/pattern.ts';

test.each([
  ['ec2:AssociateAddress', 'ec2:AssociateAddress', true],
  ['ec2:Associate*', 'ec2:AssociateAddress', true],
  ['ec2:*Address', 'ec2:AssociateAddress', true],
  ['ec2:?ssociateAddress', 'ec2:AssociateAddress', true],
  ['ec2:Associate?', 'ec2:AssociateAddress', false],
  ['*', 'anything', true],
  ['ec2.Describe', 'ec2:Describe', false],
])('the pattern %s against %s: %s', (text, value, isMatch) => {
  expect(wildcardPattern(text).matches(value)).toBe(isMatch);
});

test('actions are compared without regard to case', () => {
  expect(wildcardPattern('EC2:describe*', { ignoresCase: true }).matches('ec2:DescribeInstances')).toBe(true);
});

test.each([
  ['arn:aws:ec2:eu-west-1:1:elastic-ip/*', 'arn:aws:ec2:eu-west-1:1:elastic-ip/eipalloc-1', true],
  ['arn:aws:ec2:eu-west-1:1:elastic-ip/*', 'arn:aws:ec2:eu-west-1:2:elastic-ip/eipalloc-1', false],
  ['arn:aws:sqs:*', 'arn:aws:sqs:eu-west-1:1:queue', true],
  ['arn:aws:sqs:eu-west-1:1', 'arn:aws:sqs:eu-west-1:1:queue', false],
  ['arn:aws:sqs:eu-*-1:1:queue', 'arn:aws:sqs:eu-west-1:1:queue', true],
  ['arn:aws:s?s:eu-west-1:1:q?eue', 'arn:aws:sqs:eu-west-1:1:queue', true],
  ['arn:aws:autoscaling:r:1:autoScalingGroup:*:autoScalingGroupName/*', groupArn('db'), true],
  ['arn:aws:autoscaling:r:1:autoScalingGroup:*:autoScalingGroupName/web', groupArn('db'), false],
  ['arn:aws:logs:r:1:log-group:g:*', 'arn:aws:logs:r:1:log-group:g:log-stream:s', true],
  ['*', 'arn:aws:sqs:eu-west-1:1:queue', true],
  ['arn:aws:ec2:r:1:instance/*', '*', false],
])('the resource %s against %s: %s', (text, value, isMatch) => {
  expect(resourcePattern(text).matches(value)).toBe(isMatch);
});

test('a wildcard in the middle of a segment stays in it', () => {
  expect(resourcePattern('arn:aws:sqs:eu*1:1:queue').matches('arn:aws:sqs:eu-west-1:1:queue')).toBe(true);
  expect(resourcePattern('arn:aws:sqs:eu*1:queue').matches('arn:aws:sqs:eu-west-1:1:queue')).toBe(false);
});

test.each([
  ['arn:aws:events:r:1:rule/*', true],
  ['arn:aws:events:*:1:rule/a', true],
  ['arn:aws:events:*', false],
  ['arn:aws:events:r:2:rule/a', false],
])('a condition with the ARN %s is compared field by field: %s', (text, isMatch) => {
  expect(arnPattern(text).matches('arn:aws:events:r:1:rule/a')).toBe(isMatch);
});

function groupArn(name: string): string {
  return `arn:aws:autoscaling:r:1:autoScalingGroup:6f1c:autoScalingGroupName/${name}`;
}

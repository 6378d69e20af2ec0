import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../localcloud/iam/evaluate.ts';
import { compilePolicy } from '../../../localcloud/iam/policy-document.ts';
import { documentedPolicy } from '../../builders/documented-policy.ts';

const statements = compilePolicy(await documentedPolicy('OnlyThePipelineTagsRoles'), 'docs/deploy.md');

const instance = 'arn:aws:ec2:eu-west-1:111122223333:instance/i-0123456789abcdef0';
const group = 'arn:aws:autoscaling:eu-west-1:111122223333:autoScalingGroup:1:autoScalingGroupName/db';

function isDenied(roleName: string, action: string, resource: string, tagKeys: readonly string[]): boolean {
  const context = new Map([
    ['aws:principalarn', [`arn:aws:iam::111122223333:role/${roleName}`]],
    ...(tagKeys.length === 0 ? [] : ([['aws:tagkeys', tagKeys]] as const)),
  ] as const);
  return evaluate(statements, { action, resource, context }).kind === 'explicit-deny';
}

describe('the service control policy of docs/deploy.md', () => {
  it.each<[action: string, resource: string, tagKeys: readonly string[]]>([
    ['ec2:CreateTags', instance, ['owner', 'role']],
    ['ec2:CreateTags', instance, ['role-priority']],
    ['ec2:DeleteTags', instance, ['role']],
    ['ec2:DeleteTags', instance, []],
    ['ec2:RunInstances', instance, ['role']],
    ['ec2:RunInstances', instance, ['role-priority']],
    ['autoscaling:CreateAutoScalingGroup', group, ['role']],
    ['autoscaling:CreateOrUpdateTags', group, ['role']],
  ])('leaves %s of %s with the tags %j to the pipeline', (action, resource, tagKeys) => {
    expect(isDenied('administrator', action, resource, tagKeys)).toBe(true);
    expect(isDenied('deploy-pipeline', action, resource, tagKeys)).toBe(false);
  });

  it.each<[action: string, resource: string, tagKeys: readonly string[]]>([
    ['ec2:CreateTags', instance, ['owner']],
    ['ec2:CreateTags', instance.replace('instance/i', 'volume/vol'), ['role']],
    ['ec2:DeleteTags', instance, ['owner']],
    ['ec2:RunInstances', instance, []],
    ['autoscaling:CreateAutoScalingGroup', group, ['owner']],
  ])('has nothing against %s of %s with the tags %j', (action, resource, tagKeys) => {
    expect(isDenied('administrator', action, resource, tagKeys)).toBe(false);
  });
});

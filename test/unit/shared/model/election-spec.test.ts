import { describe, expect, it } from 'vitest';
import { durationMs } from '../../../../shared/model/election-spec.ts';
import { toldProblems, withRecord } from './told-problems.ts';

const election = (fields: object) => withRecord({}, { election: fields });
const allow = (fields: object) => withRecord({}, { allow: fields });
const times = <Value>(count: number, value: Value): readonly Value[] =>
  Array.from({ length: count }, () => value);

const profile = 'arn:aws:iam::111122223333:instance-profile/db';
const vpc = 'vpc-0a1b2c3d4e5f60718';

describe('durationMs', () => {
  it.each([
    ['0s', 0],
    ['60s', 60_000],
    ['10m', 600_000],
    ['2h', 7_200_000],
    ['1d', 86_400_000],
    ['999999s', 999_999_000],
  ])('of %s is %i', (duration, expected) => {
    expect(durationMs(duration)).toBe(expected);
  });
});

describe('an election', () => {
  it.each<[what: string, spec: object]>([
    ['each readiness in words', election({ ready: 'status-checks' })],
    ['readiness by a launch hook', election({ ready: 'hook' })],
    ['readiness by an alarm', election({ ready: 'alarm' })],
    ['readiness by a tag', election({ ready: { tag: 'state=ready' } })],
    ['readiness by an empty tag', election({ ready: { tag: 'ready=' } })],
    ['readiness by the longest tag', election({ ready: { tag: `${'k'.repeat(128)}=${'v'.repeat(256)}` } })],
    ['the newest candidate', election({ prefer: 'newest', failback: true })],
    ['the oldest candidate', election({ prefer: 'oldest', failback: true })],
    ['durations of up to six digits', election({ cooldown: '0s', handover: '999999m' })],
    ['twenty zones', election({ zones: times(20, 'eu-west-1a') })],
  ])('may have %s', (_, spec) => {
    expect(toldProblems(spec)).toEqual([]);
  });

  const duration = 'must be a duration such as 60s, 10m, 2h or 1d';
  const ready = 'must be running, status-checks, hook, alarm or { tag: KEY=VALUE }';

  it.each<[spec: object, problem: string]>([
    [{ cooldown: '60' }, `election.cooldown: ${duration}`],
    [{ cooldown: ' 60s' }, `election.cooldown: ${duration}`],
    [{ cooldown: '60sec' }, `election.cooldown: ${duration}`],
    [{ cooldown: '1000000s' }, `election.cooldown: ${duration}`],
    [{ handover: '1w' }, `election.handover: ${duration}`],
    [{ ready: 'soon' }, `election.ready: ${ready}`],
    [{ ready: { tag: 'ready' } }, 'election.ready.tag: must be KEY=VALUE'],
    [{ ready: { tag: '=ready' } }, 'election.ready.tag: must be KEY=VALUE'],
    [{ ready: { tag: `${'k'.repeat(129)}=v` } }, 'election.ready.tag: must be KEY=VALUE'],
    [{ ready: { tag: `k=${'v'.repeat(257)}` } }, 'election.ready.tag: must be KEY=VALUE'],
    [{ zones: [''] }, 'election.zones[0]: Too small: expected string to have >=1 characters'],
    [
      { prefers: 'newest' },
      'election.prefers: only the keys that the documentation names; is it a spelling mistake?',
    ],
  ])('of %j is refused', (fields, problem) => {
    expect(toldProblems(election(fields))).toEqual([problem]);
  });

  it('of more than twenty zones is refused', () => {
    expect(toldProblems(election({ zones: times(21, 'eu-west-1a') }))).toEqual([
      'election.zones: Too big: expected array to have <=20 items',
    ]);
  });
});

describe('who is allowed', () => {
  it.each<[what: string, spec: object]>([
    ['an instance profile', { instanceProfile: profile }],
    [
      'an instance profile of another partition, with a path',
      { instanceProfile: profile.replace('aws', 'aws-us-gov') },
    ],
    ['two of them', { instanceProfile: [profile, `${profile}/2`] }],
    ['a group', { autoScalingGroup: 'g'.repeat(255) }],
    ['launch templates of both forms', { launchTemplate: ['lt-0a1b2c3d', 'lt-0a1b2c3d4e5f60718'] }],
    ['fifty VPCs', { vpc: times(50, vpc) }],
    ['images of both forms', { image: ['ami-0a1b2c3d', 'ami-0a1b2c3d4e5f60718'] }],
    ['an owner of images', { imageOwner: 'amazon' }],
    ['security groups of both forms', { securityGroup: ['sg-0a1b2c3d', 'sg-0a1b2c3d4e5f60718'] }],
    ['an account', { account: '111122223333' }],
    ['instances by id', { instances: ['i-0a1b2c3d'] }],
    [
      'tags of one value or several',
      { tags: { team: 'db', stage: ['', 'v'.repeat(256)], ['k'.repeat(128)]: '' } },
    ],
  ])('may be told by %s', (_, fields) => {
    expect(toldProblems(allow(fields))).toEqual([]);
  });

  const anArn = 'must be the ARN of an instance profile';
  const aTemplate = 'must be a launch template id';
  const aGroup = 'must be a security group id';
  const anAccount = 'must be an account id of 12 digits';

  it.each<[fields: object, problem: string]>([
    [{}, 'allow: must name at least one condition'],
    [{ instanceProfile: 'db' }, `allow.instanceProfile: ${anArn}`],
    [{ instanceProfile: ` ${profile}` }, `allow.instanceProfile: ${anArn}`],
    [{ instanceProfile: 'arn:aws:iam::111122223333:instance-profile/' }, `allow.instanceProfile: ${anArn}`],
    [{ instanceProfile: `${profile}\n` }, `allow.instanceProfile: ${anArn}`],
    [{ instanceProfile: [profile, 'db'] }, `allow.instanceProfile[1]: ${anArn}`],
    [{ instanceProfile: profile.replace('1111', '') }, `allow.instanceProfile: ${anArn}`],
    [{ instanceProfile: profile.replace('arn:aws', 'arn:aws1') }, `allow.instanceProfile: ${anArn}`],
    [{ launchTemplate: 'lt-0a1b2c3' }, `allow.launchTemplate: ${aTemplate}`],
    [{ launchTemplate: 'lt-0a1b2c3d4e' }, `allow.launchTemplate: ${aTemplate}`],
    [{ launchTemplate: 'alt-0a1b2c3d' }, `allow.launchTemplate: ${aTemplate}`],
    [{ launchTemplate: 'lt-0A1B2C3D' }, `allow.launchTemplate: ${aTemplate}`],
    [{ image: 'ami-0a1b2c3' }, 'allow.image: must be an image id'],
    [{ image: 'ami-0a1b2c3d4e' }, 'allow.image: must be an image id'],
    [{ image: 'the ami-0a1b2c3d' }, 'allow.image: must be an image id'],
    [{ securityGroup: 'sg-0a1b2c3' }, `allow.securityGroup: ${aGroup}`],
    [{ securityGroup: 'sg-0a1b2c3d4e' }, `allow.securityGroup: ${aGroup}`],
    [{ securityGroup: 'msg-0a1b2c3d' }, `allow.securityGroup: ${aGroup}`],
    [{ account: '1111222233334' }, `allow.account: ${anAccount}`],
    [{ account: 'no 111122223333' }, `allow.account: ${anAccount}`],
    [{ account: '11112222333x' }, `allow.account: ${anAccount}`],
    [{ vpc: 'vpc-1' }, 'allow.vpc: must be vpc- and 8 or 17 hexadecimal digits'],
    [{ vpc: [vpc, 'vpc-1'] }, 'allow.vpc[1]: must be vpc- and 8 or 17 hexadecimal digits'],
    [{ vpc: 7 }, 'allow.vpc: Invalid input: expected string, received number'],
    [{ vpc: [7] }, 'allow.vpc[0]: Invalid input: expected string, received number'],
    [{ vpc: [] }, 'allow.vpc: Too small: expected array to have >=1 items'],
    [{ subnets: 'subnet-1' }, 'allow.subnets: must be subnet- and 8 or 17 hexadecimal digits'],
    [{ instances: ['db-1'] }, 'allow.instances[0]: must be i- and 8 or 17 hexadecimal digits'],
    [{ autoScalingGroup: '' }, 'allow.autoScalingGroup: Too small: expected string to have >=1 characters'],
    [
      { autoScalingGroup: 'g'.repeat(256) },
      'allow.autoScalingGroup: Too big: expected string to have <=255 characters',
    ],
    [{ imageOwner: '' }, 'allow.imageOwner: Too small: expected string to have >=1 characters'],
    [{ tags: {} }, 'allow.tags: must name at least one tag'],
    [{ tags: { team: 7 } }, 'allow.tags.team: Invalid input: expected string, received number'],
    [
      { tags: { team: 'v'.repeat(257) } },
      'allow.tags.team: Too big: expected string to have <=256 characters',
    ],
  ])('told by %j is refused', (fields, problem) => {
    expect(toldProblems(allow(fields))).toEqual([problem]);
  });

  it('cannot be told by a list of more than fifty', () => {
    expect(toldProblems(allow({ vpc: times(51, vpc) }))).toEqual([
      'allow.vpc: Too big: expected array to have <=50 items',
    ]);
  });

  it.each(['', 'k'.repeat(129)])('cannot be told by a tag with the key %j', (key) => {
    expect(toldProblems(allow({ tags: { [key]: 'v' } }))).toHaveLength(1);
  });
});

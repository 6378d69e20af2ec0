import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { allowSpecSchema } from '../../../../../shared/model/election-spec.ts';
import { subnetIdSchema, vpcIdSchema } from '../../../../../shared/model/ids.ts';
import { allowProblem } from '../../../../../shared/plan/election/allow.ts';
import { aCandidate, holdersIn, verdictIn } from '../../../../builders/candidates.ts';
import { instanceId } from '../../../../builders/observed.ts';

const profile = 'arn:aws:iam::111122223333:instance-profile/db';
const instance = aCandidate(1, {
  tags: {
    role: 'db',
    stage: 'production',
    'aws:autoscaling:groupName': 'databases',
    'aws:ec2launchtemplate:id': 'lt-00000001',
  },
  vpcId: vpcIdSchema.parse('vpc-00000001'),
  subnetId: subnetIdSchema.parse('subnet-0000000a'),
  imageId: 'ami-00000001',
  accountId: '111122223333',
  instanceProfileArn: profile,
  securityGroupIds: ['sg-00000001', 'sg-00000002'],
});
const bare = aCandidate(2);
const imageOwners = { 'ami-00000001': ['111122223333', 'self'] };

type Allow = z.input<typeof allowSpecSchema>;
const problem = (allow: Allow, of = instance, owners = imageOwners) =>
  allowProblem(of, allowSpecSchema.parse(allow), owners);

describe('allowProblem', () => {
  it.each<[allow: Allow]>([
    [{ instanceProfile: profile }],
    [{ instanceProfile: ['arn:aws:iam::111122223333:instance-profile/web', profile] }],
    [{ autoScalingGroup: 'databases' }],
    [{ launchTemplate: 'lt-00000001' }],
    [{ vpc: 'vpc-00000001' }],
    [{ subnets: ['subnet-0000000b', 'subnet-0000000a'] }],
    [{ image: 'ami-00000001' }],
    [{ imageOwner: 'self' }],
    [{ securityGroup: ['sg-00000003', 'sg-00000002'] }],
    [{ account: '111122223333' }],
    [{ instances: [instanceId(2), instanceId(1)] }],
    [{ tags: { stage: ['test', 'production'] } }],
    [{ instanceProfile: profile, vpc: 'vpc-00000001', tags: { stage: 'production' } }],
  ])('has nothing against what %j allows', (allow) => {
    expect(problem(allow)).toBeUndefined();
  });

  it.each<[allow: Allow, words: string]>([
    [
      { instanceProfile: 'arn:aws:iam::111122223333:instance-profile/web' },
      `its instance profile is ${profile}; allowed is arn:aws:iam::111122223333:instance-profile/web`,
    ],
    [{ autoScalingGroup: 'web' }, 'its Auto Scaling group is databases; allowed is web'],
    [{ launchTemplate: 'lt-00000009' }, 'its launch template is lt-00000001; allowed is lt-00000009'],
    [{ vpc: 'vpc-00000009' }, 'its VPC is vpc-00000001; allowed is vpc-00000009'],
    [
      { subnets: ['subnet-0000000b', 'subnet-0000000c'] },
      'its subnet is subnet-0000000a; allowed are subnet-0000000b, subnet-0000000c',
    ],
    [{ image: 'ami-00000009' }, 'its image is ami-00000001; allowed is ami-00000009'],
    [{ imageOwner: 'amazon' }, 'its image owner is 111122223333, self; allowed is amazon'],
    [
      { securityGroup: 'sg-00000009' },
      'its security group is sg-00000001, sg-00000002; allowed is sg-00000009',
    ],
    [{ account: '999999999999' }, 'its account is 111122223333; allowed is 999999999999'],
    [{ instances: instanceId(2) }, `its id is ${instanceId(1)}; allowed is ${instanceId(2)}`],
    [{ tags: { stage: 'test' } }, 'its tag stage is production; allowed is test'],
    [{ tags: { owner: 'ana' } }, 'its tag owner is none or unknown; allowed is ana'],
    [{ tags: { stage: 'production', owner: 'ana' } }, 'its tag owner is none or unknown; allowed is ana'],
    [{ tags: { constructor: 'x' } }, 'its tag constructor is none or unknown; allowed is x'],
    [
      { instanceProfile: profile, vpc: 'vpc-00000009', tags: { stage: 'production' } },
      'its VPC is vpc-00000001; allowed is vpc-00000009',
    ],
  ])('refuses by %j', (allow, words) => {
    expect(problem(allow)).toBe(words);
  });

  it.each<[allow: Allow]>([
    [{ instanceProfile: profile }],
    [{ autoScalingGroup: 'databases' }],
    [{ launchTemplate: 'lt-00000001' }],
    [{ securityGroup: 'sg-00000001' }],
  ])('refuses what has none, by %j', (allow) => {
    expect(problem(allow, bare)).toMatch(/^its .* is none or unknown; allowed is /);
  });

  it('refuses an image whose owner nobody knows', () => {
    expect(problem({ imageOwner: 'amazon' }, instance, {} as typeof imageOwners)).toBe(
      'its image owner is none or unknown; allowed is amazon',
    );
  });

  it('is exact: a name that begins like the allowed one is another', () => {
    const squatter = aCandidate(1, { tags: { 'aws:autoscaling:groupName': 'databases-2' } });

    expect(problem({ autoScalingGroup: 'databases' }, squatter)).toBeDefined();
  });
});

describe('somebody who is not allowed', () => {
  const intruder = aCandidate(2, { tags: { role: 'db', 'role-priority': '999999' } });
  const allow = { instances: instanceId(1) };

  it('is refused, and it is said to whom that matters', () => {
    expect(verdictIn({ candidates: [intruder], allow }, 2)).toEqual({
      kind: 'refused',
      words: `refused because its id is ${instanceId(2)}; allowed is ${instanceId(1)}`,
      isUnauthorized: true,
    });
  });

  it.each([
    ['is not better than nobody', { candidates: [intruder], allow }, [undefined]],
    ['does not get what another holds', { candidates: [aCandidate(1), intruder], holders: [1], allow }, [1]],
    ['loses what it holds', { candidates: [aCandidate(1), intruder], holders: [2], allow }, [1]],
    ['loses it even to nobody', { candidates: [intruder], holders: [2], allow }, [undefined]],
    [
      'gets none of the slots that are free',
      { candidates: [aCandidate(1), intruder], slots: 2, allow },
      [1, undefined],
    ],
    [
      'gets nothing while the holder fails over',
      { candidates: [aCandidate(1, { state: 'stopped' as const }), intruder], holders: [1], allow },
      [undefined],
    ],
  ])('%s', (_, scene, holders) => {
    expect(holdersIn(scene)).toEqual(holders);
  });

  it('is refused whatever state it is in, as long as it asks', () => {
    const stopped = aCandidate(2, { state: 'stopped' });
    const silent = aCandidate(3, { tags: {} });

    expect(verdictIn({ candidates: [stopped], allow }, 2).isUnauthorized).toBe(true);
    expect(verdictIn({ candidates: [silent], allow }, 3).isUnauthorized).toBeUndefined();
  });
});

import { expect, test } from 'vitest';
import { stackName } from '../../../demo/deploy.ts';
import { assemblyDirectory } from '../../../demo/synthesize.ts';
import { documentedPolicy } from '../../builders/documented-policy.ts';
import { LocalOperator } from '../cli/local-operator.ts';

/** Somebody of a team who may write roles, as docs/deploy.md has it; returns the keys for the command. */
async function memberOfTeam({ theatre: { stage } }: LocalOperator): Promise<Record<string, string>> {
  const { cloudFormation, iam } = stage.cloud.rooms;
  const { outputs } = await cloudFormation.deployTemplate({ stackName, assemblyDirectory });
  const { arn } = iam.createRole('data-team', {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
  });
  iam.attachRolePolicy('data-team', String(outputs['RoleWritersPolicyArn']));
  iam.putRolePolicy('data-team', 'only-data', await documentedPolicy('OnlyRolesOfData'));
  iam.openSession('AKIADATATEAM', arn, 'member');
  return { AWS_ACCESS_KEY_ID: 'AKIADATATEAM', AWS_SECRET_ACCESS_KEY: 'not-checked' };
}

const rolesFile = (name: string) => `roles:
  ${name}:
    records:
      - { zone: corp.internal, name: ${name}.corp.internal, value: privateIp }
`;

test('a team of several in one stack defines and freezes the roles of its names, and no others', async () => {
  await using operator = await LocalOperator.open();
  const env = await memberOfTeam(operator);
  await operator.apply(rolesFile('web'));

  const own = await operator.run('roles apply -', { env, input: rolesFile('data-db') });
  const foreign = await operator.run('roles apply -', { env, input: rolesFile('edge-nat') });
  const changed = await operator.run('roles apply -', {
    env,
    input: rolesFile('web').replace(' }', ', ttl: 5 }'),
  });
  const frozen = await operator.run('freeze web', { env });
  const isFrozen = await operator.run('freeze data-db', { env });

  expect([own.exitCode, isFrozen.exitCode]).toEqual([0, 0]);
  for (const refused of [foreign, changed, frozen]) {
    expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('not authorized') });
  }
  const { roles } = (await operator.read('roles list')) as { roles: readonly { role: string }[] };
  expect(roles.map(({ role }) => role)).toEqual(['data-db', 'web']);
});

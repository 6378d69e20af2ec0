import { ModifyVpcAttributeCommand } from '@aws-sdk/client-ec2';
import { DeleteRuleCommand, DisableRuleCommand, RemoveTargetsCommand } from '@aws-sdk/client-eventbridge';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { LocalOperator } from './local-operator.ts';

interface Findings {
  readonly findings: readonly {
    readonly subject: string;
    readonly verdict: string;
    readonly words: string;
  }[];
}

async function findingsOf(operator: LocalOperator): Promise<Findings['findings']> {
  return ((await operator.read('doctor')) as Findings).findings;
}

describe('understudy doctor', () => {
  it('finds nothing wrong with what the template deploys, and writes nothing', async () => {
    await using operator = await LocalOperator.open();
    await operator.apply(operator.rolesFile());
    await operator.theatre.launch('db,web');
    const { sequence } = operator;

    const answer = await operator.run('doctor');
    const findings = await findingsOf(operator);

    expect(answer).toMatchObject({ exitCode: 0, stderr: '' });
    expect(answer.stdout).toContain('any instance that carries the tag may hold db, web');
    expect(findings.filter(({ verdict }) => verdict === 'fail')).toEqual([]);
    expect(findings.filter(({ verdict }) => verdict === 'ok').map(({ subject }) => subject)).toEqual(
      expect.arrayContaining([
        'credentials',
        'table',
        'queue',
        'dead letters',
        'rules',
        'resync',
        'archive',
        'zones',
        'VPC DNS',
        'roles',
      ]),
    );
    expect(operator.writesSince(sequence)).toEqual([]);
  });

  it('says what is broken, and how to mend it', async () => {
    await using operator = await LocalOperator.open();
    const { clients, world, deployment } = operator.theatre.stage;
    await operator.apply(operator.rolesFile());
    await operator.theatre.launch('db');
    const Rule = 'understudy-tag-change';
    await clients.events.send(new DisableRuleCommand({ Name: 'understudy-alarm' }));
    await clients.events.send(new RemoveTargetsCommand({ Rule, Ids: ['queue'] }));
    await clients.events.send(new DeleteRuleCommand({ Name: Rule }));
    await clients.sqs.send(
      new SendMessageCommand({ QueueUrl: deployment.deadLetterQueueUrl, MessageBody: 'lost' }),
    );
    await clients.ec2.send(
      new ModifyVpcAttributeCommand({ VpcId: world.vpcId, EnableDnsHostnames: { Value: false } }),
    );

    const answer = await operator.run('doctor');

    expect(answer.exitCode).toBe(1);
    for (const words of [
      '"understudy-alarm" is disabled',
      'aws events enable-rule --name understudy-alarm',
      'there is no rule "understudy-tag-change"',
      '"understudy-dead-letters" has 1 message',
      'understudy redrive --dry-run',
      `enableDnsHostnames is off in ${world.vpcId}`,
      'vacant: no instance asks for it',
    ]) {
      expect(answer.stdout).toContain(words);
    }
  });

  it('goes on where it may not look, and where the table is gone', async () => {
    await using operator = await LocalOperator.open();
    operator.theatre.stage.cloud.faults.add({
      service: 'events',
      operation: 'DescribeArchive',
      fault: { kind: 'error', code: 'AccessDeniedException', message: 'not you', status: 400 },
    });

    const denied = await findingsOf(operator);
    const elsewhere = await operator.run('doctor --table elsewhere');

    expect(denied).toContainEqual(
      expect.objectContaining({
        subject: 'archive',
        verdict: 'unknown',
        words: expect.stringContaining('cannot tell: AccessDenied'),
      }),
    );
    expect(elsewhere.exitCode).toBe(1);
    expect(elsewhere.stdout).toContain('there is no table "elsewhere"');
    expect(elsewhere.stdout).toContain('understudy adopt');
  });
});

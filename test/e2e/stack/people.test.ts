import { CreateTagsCommand, DeleteTagsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { stageRegion } from '../../../demo/stage.ts';
import { createRequestHandler } from '../../../localcloud/front/request-handler.ts';
import { emptyTable } from '../cli/empty-table.ts';
import { Ground } from '../controller/addresses/ground.ts';
import { Theatre } from '../controller/theatre.ts';
import { denialsAmong } from './denials.ts';
import { prepareEveryRole } from './every-role.ts';
import { Person } from './person.ts';

/** So long an event may be on its way into the archive. */
const archiveLagMs = 660_000;

/** What the doctor calls and localcloud does not have. */
const notModelled = ['dynamodb:DescribeContinuousBackups', 'ec2:DescribeAccountAttributes'];

/** An event that tells nothing new, in both queues of what was given up. */
async function leaveDeadLetters({ stage }: Theatre, instanceId: string): Promise<string> {
  const { clients, deployment } = stage;
  const MessageBody = JSON.stringify({
    id: '1',
    source: 'aws.ec2',
    'detail-type': 'EC2 Instance State-change Notification',
    time: new Date(stage.cloud.clock.now()).toISOString(),
    detail: { 'instance-id': instanceId, state: 'running' },
  });
  for (const name of ['dead-letters', 'undelivered']) {
    const QueueUrl = deployment.deadLetterQueueUrl.replace('dead-letters', name);
    await clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  }
  return MessageBody;
}

type CommandLine = readonly [line: string, input?: string];

/** Runs the commands one after the other; what was not as it should be. */
async function problemsOf(person: Person, commands: readonly CommandLine[]): Promise<string[]> {
  const problems: string[] = [];
  for (const [line, input = ''] of commands) {
    const { exitCode, stdout, stderr } = await person.run(line, { input });
    const told = `${stdout} ${stderr}`.replaceAll(/.*localcloud does not model.*/g, '');
    if (![0, 3].includes(exitCode) || /error:|cannot tell/.test(told)) problems.push(`${line}: ${told}`);
  }
  return problems;
}

describe('who writes roles', () => {
  it('may use the command, whatever the roles have, and needs all of it', async () => {
    await using ground = await Ground.open();
    const { theatre } = ground;
    const { cloud } = theatre.stage;
    const person = await Person.with(theatre, 'RoleWritersPolicyArn');
    const { file } = await prepareEveryRole(ground);
    await person.apply(file);
    const [lead = '', understudy = ''] = await ground.launch('everything, mail, chosen, db', 'a', 'a');
    await theatre.settle(archiveLagMs);
    const event = await leaveDeadLetters(theatre, lead);

    const commands = [
      ['roles apply -', file],
      ['roles list'],
      ['roles show everything'],
      ['status'],
      ['plan'],
      ['history everything'],
      ['explain everything'],
      [`failover db --to ${understudy} --wait`],
      [`pin db ${lead} --wait`],
      ['unpin db'],
      ['freeze db'],
      ['thaw db'],
      [`drain ${lead} --wait`],
      [`undrain ${lead}`],
      ['resync --wait'],
      ['redrive --dry-run'],
      ['redrive --wait'],
      ['replay --since 30m --dry-run'],
      ['replay --since 30m --wait'],
      ['events send -', event],
      ['doctor'],
      ['roles remove db --yes'],
    ] as const;
    const problems = await problemsOf(person, commands);
    await emptyTable(theatre);
    const ofPerson = { accessKeyId: person.accessKeyId, operation: 'UpdateItem', nth: 1 };
    // Whoever tries again finds the own write there, and has to look whose it is.
    cloud.faults.add({ ...ofPerson, fault: { kind: 'response-lost' } });
    problems.push(...(await problemsOf(person, [['adopt --file -', file]])));

    const uses = cloud.rooms.iam.statementUses().filter(({ roleName }) => roleName === person.accessKeyId);
    expect(problems).toEqual([]);
    expect(denialsAmong(cloud.callLog.calls())).toEqual([]);
    expect(uses.flatMap(({ unusedActions }) => unusedActions)).toEqual(notModelled);
  });

  it('may not tag, so that a claim takes the other policy too', async () => {
    await using theatre = await Theatre.open();
    const writer = await Person.with(theatre, 'RoleWritersPolicyArn');
    const both = await Person.with(theatre, 'RoleWritersPolicyArn', 'RoleTaggersPolicyArn');
    await writer.apply(writer.rolesFile());
    const instance = await theatre.launch(undefined);

    const refused = await writer.run(`claim db ${instance}`);
    const claimed = await both.run(`claim db ${instance} --wait`);
    const released = await both.run(`release db ${instance} --force`);

    expect(refused).toMatchObject({ exitCode: 1 });
    expect(refused.stderr).toContain('CreateTags');
    expect([claimed.exitCode, released.exitCode]).toEqual([0, 0]);
    expect(denialsAmong(theatre.stage.cloud.callLog.calls())).toEqual(['CreateTags UnauthorizedOperation']);
  });
});

describe('who tags', () => {
  it('may set and take away the tags of roles, and no other, and not all at once', async () => {
    await using theatre = await Theatre.open();
    const { accessKeyId } = await Person.with(theatre, 'RoleTaggersPolicyArn');
    const ec2 = new EC2Client({
      region: stageRegion,
      credentials: { accessKeyId, secretAccessKey: 'not-checked' },
      requestHandler: createRequestHandler(theatre.stage.cloud.handle),
    });
    const instance = await theatre.launch(undefined);
    const { allocationId } = theatre.stage.world;
    const tags = (...keys: readonly string[]) => keys.map((Key) => ({ Key, Value: 'db' }));
    const set = (id: string, ...keys: readonly string[]) =>
      ec2.send(new CreateTagsCommand({ Resources: [id], Tags: tags(...keys) }));

    await set(instance, 'role', 'role-priority');
    await ec2.send(new DeleteTagsCommand({ Resources: [instance], Tags: [{ Key: 'role-priority' }] }));
    const refused = await Promise.allSettled([
      set(instance, 'Name'),
      set(instance, 'role', 'Name'),
      set(allocationId, 'role'),
      ec2.send(new DeleteTagsCommand({ Resources: [instance] })),
    ]);

    expect((await theatre.instance(instance)).Tags).toEqual([{ Key: 'role', Value: 'db' }]);
    expect(refused).toMatchObject(
      refused.map(() => ({ status: 'rejected', reason: { name: 'UnauthorizedOperation' } })),
    );
  });
});

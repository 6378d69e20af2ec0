import { DisableRuleCommand } from '@aws-sdk/client-eventbridge';
import { ChangeResourceRecordSetsCommand, ListResourceRecordSetsCommand } from '@aws-sdk/client-route-53';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { LocalOperator } from './local-operator.ts';

/** Lets every try of a message that fails come and go. */
const allTriesMs = 6 * 61_000;

function terminated(operator: LocalOperator, instanceId: string): object {
  return {
    id: '1',
    source: 'aws.ec2',
    'detail-type': 'EC2 Instance State-change Notification',
    time: new Date(operator.theatre.clock.now()).toISOString(),
    detail: { 'instance-id': instanceId, state: 'terminated' },
  };
}

/** Lets nobody else mend what a test broke. */
async function stopResync({ theatre }: LocalOperator): Promise<void> {
  await theatre.stage.clients.events.send(new DisableRuleCommand({ Name: 'understudy-resync' }));
  // A pass that was due already is over then.
  await theatre.settle();
}

describe('understudy redrive', () => {
  it('puts back what can be read, and leaves what cannot', async () => {
    await using operator = await LocalOperator.open();
    const { theatre } = operator;
    await operator.apply(operator.rolesFile());
    const { clients, deployment } = theatre.stage;
    const send = (QueueUrl: string, MessageBody: string) =>
      clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
    await send(deployment.queueUrl, 'no event at all');
    await theatre.settle(allTriesMs);
    await send(deployment.deadLetterQueueUrl, JSON.stringify(terminated(operator, 'i-0123456789abcdef0')));

    const dry = await operator.read('redrive --dry-run');
    const wet = await operator.run('redrive --wait');

    expect(dry).toMatchObject({
      letters: [
        { kind: 'malformed', fate: 'left', why: 'the message is not JSON' },
        { kind: 'ec2-state-change', about: ['i-0123456789abcdef0'], fate: 'would be put back' },
      ],
    });
    expect(wet).toMatchObject({ exitCode: 3, stderr: '' });
    expect(wet.stdout).toContain('1 event put back into understudy-events');
    expect(wet.stdout).toContain('the controller has taken them');
    expect(await theatre.deadLetters()).toBe(1);
    expect(await operator.read('redrive --all')).toMatchObject({ letters: [{ fate: 'put back' }] });
    expect(await theatre.deadLetters()).toBe(0);
  });

  it('tells why EventBridge could not deliver, and takes no more than it is told to', async () => {
    await using operator = await LocalOperator.open();
    const { clients } = operator.theatre.stage;
    const QueueUrl = `${operator.theatre.stage.deployment.deadLetterQueueUrl.replace('dead-letters', 'undelivered')}`;
    for (const id of ['i-00000001', 'i-00000002']) {
      await clients.sqs.send(
        new SendMessageCommand({
          QueueUrl,
          MessageBody: JSON.stringify(terminated(operator, id)),
          MessageAttributes: {
            ERROR_CODE: { DataType: 'String', StringValue: 'NO_PERMISSIONS' },
            ERROR_MESSAGE: { DataType: 'String', StringValue: 'the policy says no' },
          },
        }),
      );
    }

    const first = await operator.read('redrive --max 1');
    const second = await operator.read('redrive');
    const third = await operator.run('redrive');

    expect(first).toMatchObject({
      unseen: 1,
      letters: [
        {
          queue: 'understudy-undelivered',
          why: 'EventBridge could not deliver it: NO_PERMISSIONS, the policy says no',
        },
      ],
    });
    expect(second).toMatchObject({ unseen: 0, letters: [{ fate: 'put back' }] });
    expect(third).toMatchObject({ exitCode: 0, stdout: 'no dead letters\n' });
  });
});

describe('understudy events send', () => {
  it('feeds the controller an event that the bus lost', async () => {
    await using operator = await LocalOperator.open();
    const { theatre } = operator;
    await operator.apply(operator.rolesFile());
    const lead = await theatre.launch('db');
    const understudy = await theatre.launch('db', 1);
    await stopResync(operator);
    theatre.stage.cloud.rooms.events.setDeliveryFaults({ dropProbability: 1 });
    await theatre.terminate(lead);
    const before = await theatre.elasticIpAt();

    const answer = await operator.run('events send -', {
      input: JSON.stringify(terminated(operator, lead)),
    });
    await theatre.settle();

    expect(before).toBeUndefined();
    expect(answer).toMatchObject({ exitCode: 0, stderr: '' });
    expect(answer.stdout).toContain('1 event sent to understudy-events');
    expect(await theatre.elasticIpAt()).toBe(understudy);
  });

  it('refuses a file with an event that is not for the controller, whole', async () => {
    await using operator = await LocalOperator.open();
    const foreign = { ...terminated(operator, 'i-00000001'), source: 'aws.s3' };
    const input = `${JSON.stringify(terminated(operator, 'i-00000001'))}\n${JSON.stringify(foreign)}`;

    const refused = await operator.run('events send -', { input });
    const forced = await operator.read('events send - --force', { input });

    expect(refused).toMatchObject({ exitCode: 2, stdout: '' });
    expect(refused.stderr).toContain('line 2');
    expect(refused.stderr).toContain('--force');
    expect(forced).toMatchObject({ events: [{ sent: true }, { kind: 'unknown', sent: true }] });
  });
});

describe('understudy resync', () => {
  it('mends a record that somebody deleted', async () => {
    await using operator = await LocalOperator.open();
    const { theatre } = operator;
    await operator.apply(operator.rolesFile());
    const lead = await theatre.launch('db');
    await stopResync(operator);
    await deletePrivateRecord(operator);
    const deleted = await theatre.record();

    const answer = await operator.run('resync --role db --wait');

    expect(deleted).toBeUndefined();
    expect(answer.exitCode).toBe(0);
    expect(await theatre.record()).toBe(await theatre.privateIpOf(lead));
    const [last] = await theatre.history();
    expect(last?.cause).toContain('resync by arn:aws:');
  });

  it('asks for all roles, and refuses one that is not defined', async () => {
    await using operator = await LocalOperator.open();
    await operator.apply(operator.rolesFile());

    expect(await operator.read('resync')).toEqual({ asked: ['db', 'web'] });
    expect(await operator.run('resync --role nobody')).toMatchObject({ exitCode: 2 });
  });
});

async function deletePrivateRecord({ theatre }: LocalOperator): Promise<void> {
  const { clients, world } = theatre.stage;
  const { ResourceRecordSets = [] } = await clients.route53.send(
    new ListResourceRecordSetsCommand({ HostedZoneId: world.privateZoneId }),
  );
  const ResourceRecordSet = ResourceRecordSets.find(({ Name }) => Name === 'db.corp.internal.');
  await clients.route53.send(
    new ChangeResourceRecordSetsCommand({
      HostedZoneId: world.privateZoneId,
      ChangeBatch: { Changes: [{ Action: 'DELETE', ResourceRecordSet }] },
    }),
  );
}

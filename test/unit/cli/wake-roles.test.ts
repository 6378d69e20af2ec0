import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { wakeRoles } from '../../../cli/wake-roles.ts';
import type { Cloud } from '../../../localcloud/cloud.ts';
import { createCloud } from '../../../localcloud/cloud.ts';
import { createRequestHandler } from '../../../localcloud/front/request-handler.ts';
import { parseEventText } from '../../../shared/triggers/parse-event.ts';
import { nowMs, roleName } from '../../builders/observed.ts';

describe('wakeRoles', () => {
  let cloud: Cloud;
  let sqs: SQSClient;

  beforeEach(() => {
    cloud = createCloud({ region: 'eu-west-1', seed: 1 });
    sqs = new SQSClient({
      region: 'eu-west-1',
      credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'not-checked' },
      requestHandler: createRequestHandler(cloud.handle),
      useQueueUrlAsEndpoint: false,
    });
  });

  afterEach(async () => {
    sqs.destroy();
    await cloud.close();
  });

  function queue() {
    let names = 0;
    const surroundings = { now: () => nowMs, uniqueName: () => `request-${++names}` };
    return { sqs, queueName: 'understudy-events', surroundings };
  }

  async function triggers() {
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'understudy-events' }));
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
    );
    return Messages.map(({ Body = '' }) => parseEventText(Body)).flatMap((parsed) =>
      parsed.kind === 'trigger' && parsed.trigger.kind === 'operator-request' ? [parsed.trigger] : [],
    );
  }

  it('sends what the controller reads as the request of an operator', async () => {
    await triggers();

    await wakeRoles(queue(), [roleName('db'), roleName('web')], 'failover of db by ana');

    expect(await triggers()).toEqual([
      {
        kind: 'operator-request',
        eventId: 'request-1',
        timeMs: nowMs,
        roles: ['db', 'web'],
        words: 'failover of db by ana',
      },
    ]);
  });

  it('sends no more roles or words at once than the controller reads', async () => {
    await triggers();
    const roles = Array.from({ length: 250 }, (_, index) => roleName(`role-${index}`));

    await wakeRoles(queue(), roles, 'x'.repeat(5_000));

    const sent = await triggers();
    expect(sent.flatMap((each) => each.roles).toSorted()).toEqual([...roles].toSorted());
    expect(sent.map((each) => each.words.length)).toEqual([1_024, 1_024, 1_024]);
  });

  it('sends nothing for no roles', async () => {
    await triggers();

    await wakeRoles(queue(), [], 'nothing');

    expect(await triggers()).toEqual([]);
  });

  it('names the queue that is missing, and the option that names another', async () => {
    await expect(wakeRoles(queue(), [roleName('db')], 'x')).rejects.toMatchObject({
      code: 'QueueMissing',
      message: 'the queue "understudy-events" does not exist',
      hint: expect.stringContaining('--queue'),
    });
  });
});

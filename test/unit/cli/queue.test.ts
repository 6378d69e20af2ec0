import { CreateQueueCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { Queue } from '../../../cli/queue.ts';
import { clientsOf } from '../../../demo/clients.ts';
import { createCloud } from '../../../localcloud/cloud.ts';
import { VirtualClock } from '../../../localcloud/core/clock.ts';

async function openQueue() {
  const cloud = createCloud({ region: 'eu-west-1', clock: new VirtualClock() });
  const { sqs } = clientsOf(cloud);
  await sqs.send(new CreateQueueCommand({ QueueName: 'events' }));
  const callsOf = (operation: string) =>
    cloud.callLog.calls({}).filter((call) => call.operation === operation).length;
  return { cloud, sqs, queue: await Queue.require(sqs, 'events'), callsOf };
}

describe('Queue', () => {
  it('sends any number of messages in batches of ten', async () => {
    const { queue, callsOf } = await openQueue();
    const texts = Array.from({ length: 25 }, (_, index) => `message ${index}`);

    const failures = await queue.send(texts);

    expect(failures).toEqual(texts.map(() => undefined));
    expect(callsOf('SendMessageBatch')).toBe(3);
    expect(await queue.depth()).toEqual({ visible: 25, inFlight: 0 });
  });

  it('keeps batches small enough, and tells which message was too large', async () => {
    const { queue, callsOf } = await openQueue();
    const large = 'x'.repeat(200 * 1024);

    const failures = await queue.send([large, large, 'y'.repeat(2 * 1024 * 1024), 'small']);

    expect(failures.map((failure) => failure === undefined)).toEqual([true, true, false, true]);
    expect(callsOf('SendMessageBatch')).toBe(4);
  });

  it('receives up to so many, which others see again once they are shown', async () => {
    const { queue } = await openQueue();
    await queue.send(Array.from({ length: 25 }, (_, index) => `message ${index}`));

    const received = await queue.receive(12);
    const meanwhile = await queue.depth();
    await queue.delete(received.slice(0, 2));
    await queue.showAgain(received.slice(2));

    expect(received).toHaveLength(12);
    expect(new Set(received.map(({ body }) => body)).size).toBe(12);
    expect(meanwhile).toEqual({ visible: 13, inFlight: 12 });
    expect(await queue.depth()).toEqual({ visible: 23, inFlight: 0 });
  });

  it('receives nothing of an empty queue without waiting', async () => {
    const { queue } = await openQueue();

    expect(await queue.receive(10)).toEqual([]);
  });

  it('names a queue that is not there', async () => {
    const { sqs } = await openQueue();

    expect(await Queue.find(sqs, 'elsewhere')).toBeUndefined();
    await expect(Queue.require(sqs, 'elsewhere')).rejects.toMatchObject({ code: 'QueueMissing' });
  });
});

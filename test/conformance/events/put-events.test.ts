import { PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { expect } from 'vitest';
import type { Target } from '../target.ts';
import { aName, aQueueForEvents, aRule, put, receiveJson } from './a-rule.ts';
import { eventsCase } from './events-case.ts';

const source = 'https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html';
const entry: PutEventsRequestEntry = { Source: 'conformance', DetailType: 'Conformance', Detail: '{}' };

async function putAll({ clients }: Target, ...Entries: PutEventsRequestEntry[]) {
  return clients.events.send(new PutEventsCommand({ Entries }));
}

eventsCase('an event reaches the target as a whole envelope', source, async (target) => {
  const { QueueUrl, QueueArn } = await aQueueForEvents(target);
  const { Name } = await aRule(target, { Arn: QueueArn });

  const id = await put(target, Name, { role: 'db' });
  const { body } = await receiveJson(target, QueueUrl);

  expect(body).toEqual({
    version: '0',
    id,
    'detail-type': 'Conformance',
    source: Name,
    account: expect.stringMatching(/^\d{12}$/),
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    region: expect.any(String),
    resources: ['one'],
    detail: { role: 'db' },
  });
});

for (const [what, bad, ErrorCode] of [
  ["AWS's own source", { Source: 'aws.ec2' }, 'NotAuthorizedForSourceException'],
  ['a detail that is no JSON', { Detail: 'none' }, 'MalformedDetail'],
  ['a detail that is no object', { Detail: '[]' }, 'MalformedDetail'],
  ['no detail type', { DetailType: '' }, 'InvalidArgument'],
] as const) {
  eventsCase(`an entry with ${what} fails alone`, source, async (target) => {
    const { FailedEntryCount, Entries } = await putAll(target, entry, { ...entry, ...bad });

    expect(FailedEntryCount).toBe(1);
    expect(Entries).toMatchObject([{ EventId: expect.any(String) }, { ErrorCode }]);
  });
}

for (const [what, entries] of [
  ['no entries', []],
  ['eleven entries', Array.from({ length: 11 }, () => entry)],
  ['more than 1 MiB', [{ ...entry, Detail: JSON.stringify({ text: 'x'.repeat(1_048_576) }) }]],
] as const) {
  eventsCase(`a request with ${what} is refused as a whole`, source, async (target) => {
    await expect(putAll(target, ...entries)).rejects.toMatchObject({ name: 'ValidationException' });
  });
}

eventsCase('an event for a bus that does not exist is refused', source, async (target) => {
  const putting = putAll(target, { ...entry, EventBusName: aName() });

  await expect(putting).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

import { describe, expect, it } from 'vitest';
import { readDeadLetter } from '../../../cli/dead-letter.ts';
import type { ReceivedMessage } from '../../../cli/queue.ts';

const timeMs = Date.UTC(2026, 2, 1, 12);
const sentMs = timeMs + 5_000;

function aMessage(event: object | string, attributes: ReceivedMessage['attributes'] = {}): ReceivedMessage {
  const body = typeof event === 'string' ? event : JSON.stringify(event);
  return { messageId: 'm', receiptHandle: 'r', body, receives: 5, sentMs, attributes };
}

const event = {
  id: '1',
  source: 'aws.ec2',
  'detail-type': 'EC2 Instance State-change Notification',
  time: new Date(timeMs).toISOString(),
  detail: { 'instance-id': 'i-0123456789abcdef0', state: 'running' },
};

describe('readDeadLetter', () => {
  it('tells what the event was; why the function gave it up, only the log knows', () => {
    expect(readDeadLetter(aMessage(event))).toMatchObject({
      kind: 'ec2-state-change',
      about: ['i-0123456789abcdef0'],
      timeMs,
      why: expect.stringContaining('the log of on-events'),
    });
  });

  it('tells why EventBridge could not deliver it', () => {
    const attributes = {
      ERROR_CODE: 'THROTTLING',
      ERROR_MESSAGE: 'Rate exceeded',
      EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts',
      RETRY_ATTEMPTS: '185',
    };

    expect(readDeadLetter(aMessage(event, attributes)).why).toBe(
      'EventBridge could not deliver it: THROTTLING, Rate exceeded (MaximumRetryAttempts, 185 retries)',
    );
  });

  it('says what is wrong with a message that cannot be read', () => {
    expect(readDeadLetter(aMessage('{'))).toMatchObject({
      kind: 'malformed',
      about: [],
      timeMs: sentMs,
      why: 'the message is not JSON',
    });
  });

  it('knows an event that is not for the controller', () => {
    expect(readDeadLetter(aMessage({ ...event, source: 'aws.s3' }))).toMatchObject({
      kind: 'ignored',
      why: expect.stringContaining('no handler for'),
    });
  });

  it('names the roles of an operator', () => {
    const asked = {
      ...event,
      source: 'understudy',
      'detail-type': 'Operator Request',
      detail: { roles: ['db', 'web'], words: 'resync by ana' },
    };

    expect(readDeadLetter(aMessage(asked))).toMatchObject({ kind: 'operator-request', about: ['db', 'web'] });
  });
});

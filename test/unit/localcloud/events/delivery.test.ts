import { expect, test } from 'vitest';
import type { DeliveryResult } from '../../../../localcloud/events/delivery.ts';
import { aBus, type BusBench, deadLetterArn, targetArn } from './a-bus.ts';

const hourMs = 3_600_000;
const throttled: DeliveryResult = {
  kind: 'failed',
  errorCode: 'THROTTLING',
  errorMessage: 'Rate exceeded',
  isRetryable: true,
};
const noResource: DeliveryResult = {
  kind: 'failed',
  errorCode: 'NO_RESOURCE',
  errorMessage: 'gone',
  isRetryable: false,
};

/** Fails hand-overs to the target as long as `while` says; dead letters always arrive. */
function failWhile(bus: BusBench, result: DeliveryResult, isFailing: () => boolean = () => true): void {
  bus.answer = (invocation) =>
    invocation.targetArn === targetArn && isFailing() ? result : { kind: 'delivered' };
}

const details = (bus: BusBench): unknown[] => bus.handed.map(({ body }) => JSON.parse(body).detail.n);

test('an event is handed over a little later, not at once', async () => {
  const bus = aBus();
  await bus.aRule();

  bus.publish({ detail: { n: 1 } });
  const atOnce = bus.handed.length;
  bus.clock.advanceBy(hourMs);

  expect(atOnce).toBe(0);
  expect(bus.handed).toMatchObject([{ targetArn, afterMs: 100 }]);
});

test('a retryable failure is tried again, each time later', async () => {
  const bus = aBus();
  await bus.aRule();
  failWhile(bus, throttled, () => bus.handed.length < 5);

  bus.publish({});
  bus.clock.advanceBy(hourMs);

  const pausesMs = bus.handed
    .slice(1)
    .map(({ afterMs }, index) => afterMs - (bus.handed[index]?.afterMs ?? 0));
  expect(pausesMs).toHaveLength(4);
  pausesMs.forEach((pauseMs, index) => {
    expect(pauseMs).toBeGreaterThanOrEqual(500 * 2 ** index);
    expect(pauseMs).toBeLessThanOrEqual(1000 * 2 ** index);
  });
});

test('after its retries an event goes to the dead-letter queue with the condition that ended them', async () => {
  const bus = aBus();
  await bus.aRule({ RetryPolicy: { MaximumRetryAttempts: 2 } });
  failWhile(bus, throttled);

  bus.publish({});
  bus.clock.advanceBy(hourMs);

  expect(bus.handed.map((each) => each.targetArn)).toEqual([targetArn, targetArn, targetArn, deadLetterArn]);
  expect(bus.handed.at(-1)?.attributes).toEqual({
    RULE_ARN: 'arn:aws:events:us-east-1:123456789012:rule/all',
    TARGET_ARN: targetArn,
    ERROR_CODE: 'THROTTLING',
    ERROR_MESSAGE: 'Rate exceeded',
    EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts',
    RETRY_ATTEMPTS: '2',
  });
});

test('an event that would be too old at its next attempt is given up', async () => {
  const bus = aBus();
  await bus.aRule({ RetryPolicy: { MaximumEventAgeInSeconds: 60 } });
  failWhile(bus, throttled);

  bus.publish({});
  bus.clock.advanceBy(hourMs);

  const buried = bus.handed.at(-1);
  expect(buried?.attributes?.['EXHAUSTED_RETRY_CONDITION']).toBe('MaximumEventAgeInSeconds');
  expect(buried?.afterMs).toBeLessThanOrEqual(60_000);
});

test('without a policy an event is tried for a day', async () => {
  const bus = aBus();
  await bus.aRule();
  failWhile(bus, throttled);

  bus.publish({});
  bus.clock.advanceBy(48 * hourMs);

  const last = bus.handed.at(-1);
  expect(last?.afterMs).toBeGreaterThan(20 * hourMs);
  expect(last?.afterMs).toBeLessThanOrEqual(24 * hourMs);
  expect(Number(last?.attributes?.['RETRY_ATTEMPTS'])).toBeLessThanOrEqual(185);
});

test('a target that does not exist is not tried again', async () => {
  const bus = aBus();
  await bus.aRule();
  failWhile(bus, noResource);

  bus.publish({});
  bus.clock.advanceBy(hourMs);

  expect(bus.handed.map((each) => each.targetArn)).toEqual([targetArn, deadLetterArn]);
  expect(bus.handed.at(-1)?.attributes).toMatchObject({ ERROR_CODE: 'NO_RESOURCE', RETRY_ATTEMPTS: '0' });
  expect(bus.handed.at(-1)?.attributes).not.toHaveProperty('EXHAUSTED_RETRY_CONDITION');
});

test('delivery faults lose, double and shuffle events, the same with the same seed', async () => {
  const run = async (seed: number): Promise<unknown[]> => {
    const bus = aBus(seed);
    await bus.aRule();
    bus.room.setDeliveryFaults({ dropProbability: 0.2, duplicateProbability: 0.2, reorderWindowMs: 1_000 });
    for (let n = 0; n < 100; n += 1) bus.publish({ detail: { n } });
    bus.clock.advanceBy(hourMs);
    return details(bus);
  };

  const [first, again, other] = [await run(1), await run(1), await run(2)];

  expect(again).toEqual(first);
  expect(other).not.toEqual(first);
  expect(new Set(first).size).toBeGreaterThan(60);
  expect(new Set(first).size).toBeLessThan(100);
  expect(first.length).toBeGreaterThan(new Set(first).size);
  expect(first).not.toEqual(first.toSorted((a, b) => Number(a) - Number(b)));
});

test('a delayed event comes late, and a failing target gets it all the same', async () => {
  const bus = aBus();
  await bus.aRule();
  bus.room.setDeliveryFaults({ delayProbability: 1, delayMaxMs: 60_000, targetErrorProbability: 0.5 });

  for (let n = 0; n < 20; n += 1) bus.publish({ detail: { n } });
  bus.clock.advanceBy(hourMs);

  expect(new Set(details(bus)).size).toBe(20);
  expect(Math.max(...bus.handed.map(({ afterMs }) => afterMs))).toBeGreaterThan(10_000);
});

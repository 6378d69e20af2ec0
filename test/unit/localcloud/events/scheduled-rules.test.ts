import {
  DeleteRuleCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { beforeEach, expect, test } from 'vitest';
import { aBus, type BusBench, targetArn } from './a-bus.ts';

const minuteMs = 60_000;
const Name = 'resync';

let bus: BusBench;
beforeEach(async () => {
  bus = aBus();
  await bus.client.send(new PutRuleCommand({ Name, ScheduleExpression: 'rate(1 minute)' }));
  await bus.client.send(new PutTargetsCommand({ Rule: Name, Targets: [{ Id: 'one', Arn: targetArn }] }));
});

const times = (): string[] => bus.handed.map(({ body }) => JSON.parse(body).time);

test('a scheduled rule fires in each slot, with the time of the slot', () => {
  bus.clock.advanceBy(3.5 * minuteMs);

  expect(times()).toEqual(['2026-01-01T00:01:00Z', '2026-01-01T00:02:00Z', '2026-01-01T00:03:00Z']);
});

test('a disabled scheduled rule rests, and counts anew from when it is enabled', async () => {
  await bus.client.send(new DisableRuleCommand({ Name }));
  bus.clock.advanceBy(10.5 * minuteMs);
  const whileDisabled = bus.handed.length;

  await bus.client.send(new EnableRuleCommand({ Name }));
  bus.clock.advanceBy(1.2 * minuteMs);

  expect(whileDisabled).toBe(0);
  expect(bus.handed).toHaveLength(1);
});

test('a deleted scheduled rule fires no more', async () => {
  await bus.client.send(new RemoveTargetsCommand({ Rule: Name, Ids: ['one'] }));
  await bus.client.send(new DeleteRuleCommand({ Name }));

  bus.clock.advanceBy(10 * minuteMs);

  expect(bus.handed).toEqual([]);
  expect(bus.clock.nextDueMs()).toBeUndefined();
});

test("a scheduled event does not reach other rules' patterns", async () => {
  await bus.aRule();

  bus.clock.advanceBy(1.5 * minuteMs);

  expect(bus.handed).toHaveLength(1);
});

test('a closed room fires no more', async () => {
  await bus.room.close();

  bus.clock.advanceBy(10 * minuteMs);

  expect(bus.handed).toEqual([]);
});

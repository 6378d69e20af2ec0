import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BusEvent } from '../../builders/bus-events.ts';
import { busEvents } from '../../builders/bus-events.ts';
import { anInstance, instanceId, privateIp } from '../../builders/observed.ts';
import { aSettledStage } from '../../fakes/settled-stage.ts';
import type { Stage } from '../../fakes/stage.ts';
import type { Scenario } from './scenario.ts';
import { deliver, endingOf, opened } from './scenario.ts';

const minuteMs = 60_000;

/** A bad hour: the holder is to be interrupted, the understudies go or no longer want, and a fourth instance is there. */
const events: readonly BusEvent[] = [
  busEvents.rebalance(1, 0),
  busEvents.spot(1, 1_000),
  busEvents.terminateHook(1, 2_000),
  busEvents.alarm(1, 'ALARM', 2_500),
  busEvents.roleAlarm('db', 'ALARM', 2_600),
  busEvents.tags(2, {}, 9, 3_000),
  busEvents.tagCall([2], 3_000),
  busEvents.health(2, 3_500, { startsAtMs: 5 * minuteMs }),
  busEvents.state(3, 'shutting-down', 4_000),
  busEvents.state(3, 'terminated', 5_000),
  busEvents.state(4, 'running', 6_000),
  busEvents.launchHook(4, 7_000),
  busEvents.alarm(4, 'OK', 8_000),
];

const scenario: Pick<Scenario, 'stage'> = {
  stage: () => {
    const stage = aSettledStage();
    stage.ec2.put(anInstance(2, { tags: {} }), anInstance(3), anInstance(4));
    stage.ec2.terminate(instanceId(3));
    return stage;
  },
};

/** Each event twice, in some order, cut into batches. */
const arbitraryTelling = fc.record({
  order: fc.shuffledSubarray([...events, ...events], { minLength: 2 * events.length }),
  batchSize: fc.integer({ min: 1, max: 10 }),
});

async function tell(order: readonly BusEvent[], batchSize: number): Promise<Stage> {
  const stage = await opened(scenario);
  for (let start = 0; start < order.length; start += batchSize) {
    await deliver(stage, order.slice(start, start + batchSize));
  }
  return stage;
}

describe('events of every kind, mixed, each twice', () => {
  it('come to the same in whatever order and batches', async () => {
    const inOrder = await endingOf(await tell(events, 1));

    expect(inOrder).toMatchObject({
      db: { holder: instanceId(4), carrier: instanceId(4), record: [privateIp(4)], isSettled: true },
      answers: { 'terminate-1': 'CONTINUE', 'launch-4': 'CONTINUE' },
    });
    await fc.assert(
      fc.asyncProperty(arbitraryTelling, async ({ order, batchSize }) => {
        const ending = await endingOf(await tell(order, batchSize));

        expect(ending).toEqual(inOrder);
      }),
      { numRuns: 300 },
    );
  });

  it('are no news when all of them come again', async () => {
    const stage = await tell(events, 1);
    const before = stage.script.calls.length;

    await deliver(stage, events);

    const writes = ['claim', 'settle', 'remember', 'keepFacts', 'learn', 'complete', 'associate', 'change'];
    const calls = stage.script.calls.slice(before).map((call) => call.split(' ')[0] ?? '');
    expect(calls.filter((call) => writes.includes(call))).toEqual([]);
  });
});

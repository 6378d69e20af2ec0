import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createHandler as createOnEvents } from '../../../functions/on-events/create-handler.ts';
import { createHandler as createResync } from '../../../functions/resync/create-handler.ts';
import { isControllerError } from '../../../shared/model/errors.ts';
import { kindFixtures, readFixture } from '../../builders/events.ts';
import { deepJson, hostileValue, longText, spoilt, spoiltText } from '../../builders/hostile-input.ts';
import { aContext, anSqsEvent } from '../../builders/lambda.ts';
import { anElasticIp, anInstance, aRole, instanceId, nowMs, roleName } from '../../builders/observed.ts';
import type { CapturedTelemetry } from '../../fakes/captured-telemetry.ts';
import { captureTelemetry } from '../../fakes/captured-telemetry.ts';
import { Stage } from '../../fakes/stage.ts';

const db = roleName('db');

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

/** Instance 1 asks for `db`, which nobody holds. */
function aBench(captured: CapturedTelemetry) {
  const stage = new Stage();
  stage.store.define(aRole());
  stage.ec2.put(anInstance(1));
  stage.ec2.putElasticIp(anElasticIp());
  const cursor = { read: async () => undefined, write: async () => undefined };
  const controller = { ports: stage.ports, settings: stage.settings, cursor };
  return {
    stage,
    onEvents: createOnEvents(controller, captured.telemetry),
    resync: createResync(controller, captured.telemetry),
  };
}

const goodMessage = JSON.stringify({
  version: '0',
  id: 'event-1',
  'detail-type': 'EC2 Instance State-change Notification',
  source: 'aws.ec2',
  time: new Date(nowMs - 400).toISOString(),
  detail: { 'instance-id': instanceId(1), state: 'running' },
});

const fixtures = [...kindFixtures.map(({ path }) => readFixture(path)), goodMessage];
const arbitraryBody = fc.oneof(
  fc.constantFrom(...fixtures).chain((text) =>
    fc.oneof(
      spoiltText(text),
      spoilt(JSON.parse(text)).map((event) => writtenOr(event, longText)),
    ),
  ),
  fc.constantFrom('', 'null', longText, deepJson, '[]', '"\\ud800"'),
);

/** Characters of one line of the log, at the most. */
const lineLengthMax = 20_000;

function expectShortLines({ lines }: CapturedTelemetry, from: number): void {
  for (const line of lines.slice(from)) expect(JSON.stringify(line).length).toBeLessThan(lineLengthMax);
}

describe('a batch with messages that nobody understands', () => {
  it('does what the others in it ask for, gives back no strangers, and logs few words', async () => {
    const captured = captureTelemetry();
    await fc.assert(
      fc.asyncProperty(fc.array(arbitraryBody, { minLength: 1, maxLength: 4 }), async (bodies) => {
        const { stage, onEvents } = aBench(captured);
        const before = captured.lines.length;

        const { batchItemFailures } = await onEvents(anSqsEvent(goodMessage, ...bodies), aContext());

        const messageIds = bodies.map((_, index) => `message-${index + 1}`);
        for (const { itemIdentifier } of batchItemFailures) expect(messageIds).toContain(itemIdentifier);
        expect(stage.store.stateOf(db).slots[0]?.holder).toBe(instanceId(1));
        expectShortLines(captured, before);
        for (const entry of stage.store.history) expect(entry.cause.length).toBeLessThan(3_000);
      }),
      { numRuns: 80 },
    );
  });

  it('is refused in one piece when it is no batch at all', async () => {
    const captured = captureTelemetry();
    const { onEvents } = aBench(captured);
    await fc.assert(
      fc.asyncProperty(fc.oneof(hostileValue, spoilt(anSqsEvent('{}'))), async (event) => {
        const error = await onEvents(event as never, aContext()).then(
          () => undefined,
          (thrown: unknown) => thrown,
        );

        expect(error === undefined || isControllerError(error)).toBe(true);
      }),
      { numRuns: 80 },
    );
  });

  it('keeps to few words when one event names more instances than there are', async () => {
    const captured = captureTelemetry();
    const { stage, onEvents } = aBench(captured);
    const event = JSON.parse(readFixture('tag-call/create-tags.json'));
    event.detail.requestParameters.resourcesSet.items = Array.from({ length: 3_000 }, (_, index) => ({
      resourceId: instanceId(index + 1),
    }));

    await onEvents(anSqsEvent(event), aContext());

    expect(stage.store.stateOf(db).slots[0]?.holder).toBe(instanceId(1));
    expectShortLines(captured, 0);
    expect(stage.store.history.map(({ cause }) => cause.length < 3_000)).toEqual([true]);
  });
});

describe('a resync that is woken with anything', () => {
  it('goes through all roles, whatever it was given', async () => {
    const captured = captureTelemetry();
    await fc.assert(
      fc.asyncProperty(hostileValue, async (event) => {
        const { stage, resync } = aBench(captured);

        const { outcomes } = await resync(event, aContext());

        expect(outcomes).toEqual({ converged: 1 });
        expect(stage.store.stateOf(db).slots[0]?.holder).toBe(instanceId(1));
      }),
      { numRuns: 50 },
    );
  });
});

function writtenOr(event: unknown, otherwise: string): string {
  try {
    return JSON.stringify(event) ?? otherwise;
  } catch {
    return otherwise;
  }
}

import { afterEach, describe, expect, it, vi } from 'vitest';
import { createHandler } from '../../../functions/on-events/create-handler.ts';
import { ControllerError } from '../../../shared/model/errors.ts';
import { readFixture } from '../../builders/events.ts';
import { aContext, anSqsEvent } from '../../builders/lambda.ts';
import {
  anElasticIp,
  anInstance,
  aRecord,
  aRole,
  instanceId,
  nowMs,
  roleName,
} from '../../builders/observed.ts';
import { captureTelemetry } from '../../fakes/captured-telemetry.ts';
import { Stage } from '../../fakes/stage.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const db = roleName('db');
const webRecord = { zone: 'corp.internal', name: 'web.corp.internal', value: 'privateIp' };

/** Instance 1 asks for `db`, instance 2 for `web`; nobody holds either. */
function aBench() {
  const stage = new Stage();
  stage.store.define(aRole());
  stage.store.define(aRole({ addresses: [], records: [webRecord] }, 'web'));
  stage.ec2.put(anInstance(1), anInstance(2, { tags: { role: 'web' } }), anInstance(3, { tags: {} }));
  stage.ec2.putElasticIp(anElasticIp());
  const captured = captureTelemetry();
  const cursor = { read: async () => undefined, write: async () => undefined };
  const controller = { ports: stage.ports, settings: stage.settings, cursor };
  return { stage, captured, handler: createHandler(controller, captured.telemetry) };
}

function anEvent(number: number, state = 'running'): object {
  return {
    version: '0',
    id: `event-${number}`,
    'detail-type': 'EC2 Instance State-change Notification',
    source: 'aws.ec2',
    time: new Date(nowMs - 400).toISOString(),
    detail: { 'instance-id': instanceId(number), state },
  };
}

const failed = (...numbers: readonly number[]) => ({
  batchItemFailures: numbers.map((number) => ({ itemIdentifier: `message-${number}` })),
});

describe('on-events', () => {
  it('takes a batch as one set, and reports no failure when there is none', async () => {
    const { stage, handler } = aBench();

    const response = await handler(anSqsEvent(anEvent(1), anEvent(2), anEvent(3)), aContext());

    expect(response).toEqual(failed());
    expect(stage.store.stateOf(db).slots[0]?.holder).toBe(instanceId(1));
    expect(stage.store.stateOf(roleName('web')).slots[0]?.holder).toBe(instanceId(2));
    expect(stage.script.count('instancesTagged')).toBe(1);
    expect(stage.route53.batches).toMatchObject([{ size: 2 }]);
  });

  it('reports what cannot be read, and reconciles the rest', async () => {
    const { stage, captured, handler } = aBench();

    const response = await handler(
      anSqsEvent('not json', anEvent(1), readFixture('malformed/ec2-state-no-instance-id.json')),
      aContext(),
    );

    expect(response).toEqual(failed(0, 2));
    expect(stage.store.stateOf(db).slots[0]?.holder).toBe(instanceId(1));
    expect(captured.valuesOf('MalformedEvent')).toEqual([1, 1]);
    expect(captured.lines).toContainEqual(
      expect.objectContaining({ level: 'ERROR', messageId: 'message-0', code: 'MalformedEvent' }),
    );
  });

  it.each(['foreign/asg-launch-successful.json', 'scheduled-resync/scheduled-event.json'])(
    'lets %s go, which is no business of this function',
    async (path) => {
      const { stage, captured, handler } = aBench();

      const response = await handler(anSqsEvent(readFixture(path)), aContext());

      expect(response).toEqual(failed());
      expect(stage.script.calls).toEqual([]);
      expect(captured.lines).toContainEqual(expect.objectContaining({ level: 'INFO', message: 'ignored' }));
    },
  );

  it('gives back only the messages of the role that failed', async () => {
    const { stage, captured, handler } = aBench();
    stage.script.before('associate', () => {
      throw new ControllerError('not today', { code: 'InternalError', disposition: 'retryable' });
    });

    const response = await handler(anSqsEvent(anEvent(2), anEvent(1), anEvent(1, 'pending')), aContext());

    expect(response).toEqual(failed(1, 2));
    expect(stage.route53.at('web.corp.internal')).toHaveLength(1);
    expect(captured.lines).toContainEqual(
      expect.objectContaining({
        level: 'ERROR',
        role: 'db',
        code: 'InternalError',
        outcome: 'failed',
      }),
    );
  });

  it('gives back every message when what all of them need cannot be read', async () => {
    const { stage, captured, handler } = aBench();
    const noTable = () => {
      throw new ControllerError('no table', { code: 'TableMissing', disposition: 'permanent' });
    };
    stage.script.before('rememberedInstance', noTable);
    stage.script.before('rememberedInstance', noTable);

    const response = await handler(anSqsEvent(anEvent(1), anEvent(2)), aContext());

    expect(response).toEqual(failed(0, 1));
    expect(captured.valuesOf('Failed').flat()).toEqual([1, 1]);
    expect(captured.lines).toContainEqual(expect.objectContaining({ level: 'ERROR', code: 'TableMissing' }));
  });

  it.each(['rememberedInstance', 'keepFacts'])(
    'gives back only the message of an instance for which %s fails',
    async (operation) => {
      const { stage, captured, handler } = aBench();
      stage.script.before(operation, () => {
        throw new ControllerError('not as it should be', { code: 'CorruptItem', disposition: 'permanent' });
      });
      const warnings = [1, 2].map((number) => ({
        ...JSON.parse(readFixture('spot-interruption/terminate.json')),
        detail: { 'instance-id': instanceId(number), 'instance-action': 'terminate' },
      }));

      const response = await handler(anSqsEvent(...warnings), aContext());

      expect(response).toEqual(failed(0));
      expect(stage.store.stateOf(roleName('web')).slots[0]?.holder).toBe(instanceId(2));
      expect(captured.lines).toContainEqual(
        expect.objectContaining({ level: 'ERROR', message: `${instanceId(1)}: not as it should be` }),
      );
    },
  );

  it('begins nothing when Lambda is about to stop it, and gives the messages back', async () => {
    const { stage, handler } = aBench();

    const response = await handler(anSqsEvent(anEvent(1)), aContext(5_000));

    expect(response).toEqual(failed(0));
    expect(stage.script.count('claim')).toBe(0);
  });

  it('does not give back the message of a role that is refused: trying again would not help', async () => {
    const { stage, captured, handler } = aBench();
    stage.route53.put(aRecord('192.0.2.1'));

    const response = await handler(anSqsEvent(anEvent(1)), aContext());

    expect(response).toEqual(failed());
    expect(captured.lines).toContainEqual(
      expect.objectContaining({ level: 'WARN', role: 'db', outcome: 'refused' }),
    );
    expect(captured.valuesOf('Refused')).toEqual([1]);
  });

  it('has no failure to report for a batch without messages', async () => {
    const { handler } = aBench();

    expect(await handler(anSqsEvent(), aContext())).toEqual(failed());
  });

  it('counts outcomes, times a move from its event on, and names its request in every line', async () => {
    const { captured, handler } = aBench();

    await handler(anSqsEvent(anEvent(1), anEvent(3)), aContext());

    expect(captured.valuesOf('Converged')).toEqual([1]);
    expect(captured.valuesOf('Ignored')).toEqual([1]);
    expect(captured.valuesOf('FailoverLatency')).toEqual([400]);
    expect(captured.lines.map((line) => line['function_request_id'])).toEqual(['request-1', 'request-1']);
  });

  it('is exported as the middy object itself, so that no middleware can get lost', async () => {
    vi.stubEnv('TABLE_NAME', 'understudy');
    vi.stubEnv('AWS_REGION', 'eu-west-1');

    const { handler } = await import('../../../functions/on-events/handler.ts');

    expect(handler.use).toBeTypeOf('function');
  });
});

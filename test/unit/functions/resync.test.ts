import { afterEach, describe, expect, it, vi } from 'vitest';
import { createHandler } from '../../../functions/resync/create-handler.ts';
import { readFixture } from '../../builders/events.ts';
import { aContext } from '../../builders/lambda.ts';
import { anElasticIp, anInstance, aRole, instanceId, roleName } from '../../builders/observed.ts';
import { captureTelemetry } from '../../fakes/captured-telemetry.ts';
import { Stage } from '../../fakes/stage.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const tick: unknown = JSON.parse(readFixture('scheduled-resync/scheduled-event.json'));

/** Role `db`, which instance 1 can have, and role `web`, for which there is nobody. */
function aBench() {
  const stage = new Stage();
  stage.store.define(aRole());
  stage.store.define(
    aRole(
      { addresses: [], records: [{ zone: 'example.com', name: 'example.com', value: 'publicIp' }] },
      'web',
    ),
  );
  stage.ec2.put(anInstance(1));
  stage.ec2.putElasticIp(anElasticIp());
  const captured = captureTelemetry();
  const cursor = { read: async () => undefined, write: async () => undefined };
  const handler = createHandler({ ports: stage.ports, settings: stage.settings, cursor }, captured.telemetry);
  return { stage, captured, handler };
}

describe('resync', () => {
  it('goes through all roles and counts what came of them', async () => {
    const { stage, captured, handler } = aBench();

    const first = await handler(tick, aContext());
    const second = await handler(tick, aContext());

    expect(first).toEqual({ outcomes: { converged: 1, vacant: 1 }, resumesAfter: null });
    expect(second).toEqual({ outcomes: { noop: 1, vacant: 1 }, resumesAfter: null });
    expect(stage.store.stateOf(roleName('db')).slots[0]?.holder).toBe(instanceId(1));
    expect(captured.valuesOf('Vacant')).toEqual([1, 1]);
    expect(captured.valuesOf('FailoverLatency')).toEqual([]);
  });

  it('fails at the end when a role failed, naming it, with the others done', async () => {
    const { stage, captured, handler } = aBench();
    stage.script.before('read', () => {
      throw new Error('timed out');
    });

    await expect(handler(tick, aContext())).rejects.toMatchObject({
      code: 'ResyncFailed',
      disposition: 'retryable',
      message: expect.stringMatching(/^the resync failed for (db|web)$/),
    });
    expect(captured.valuesOf('Failed')).toEqual([1]);
    expect(captured.lines).toHaveLength(2);
  });

  it('names its request in every line', async () => {
    const { captured, handler } = aBench();

    await handler(tick, aContext());

    expect(captured.lines.map((line) => line['function_request_id'])).toEqual(['request-1', 'request-1']);
  });

  it('is exported as the middy object itself, so that no middleware can get lost', async () => {
    vi.stubEnv('TABLE_NAME', 'understudy');
    vi.stubEnv('AWS_REGION', 'eu-west-1');

    const { handler } = await import('../../../functions/resync/handler.ts');

    expect(handler.use).toBeTypeOf('function');
  });

  it('does not even start without its environment, and says which variable it misses', async () => {
    vi.resetModules();
    vi.stubEnv('TABLE_NAME', undefined);
    vi.stubEnv('AWS_REGION', 'eu-west-1');

    await expect(import('../../../functions/resync/handler.ts')).rejects.toThrow('TABLE_NAME');
  });
});

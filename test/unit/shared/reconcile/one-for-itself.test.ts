import { describe, expect, it } from 'vitest';
import { ControllerError } from '../../../../shared/model/errors.ts';
import { anInstance, aRole, heldBy, instanceId, nowMs, roleName } from '../../../builders/observed.ts';
import { Stage } from '../../../fakes/stage.ts';

const db = roleName('db');
const web = roleName('web');
const webRecord = { zone: 'corp.internal', name: 'web.corp.internal', value: 'privateIp' };
const alarm = { alarmName: 'lag', alarm: { state: 'ALARM' as const, timeMs: nowMs } };

const refuse = () => {
  throw new ControllerError('the item is too large', {
    code: 'ValidationException',
    disposition: 'permanent',
  });
};

/** Somebody else holds the lease of `db`; nobody holds `web`, and instance 2 asks for it. */
function aStage(): Stage {
  const stage = new Stage();
  const lease = { owner: 'somebody', expiresAtMs: nowMs + 20_000 };
  stage.store.define(aRole({ addresses: [] }), heldBy(1, {}, { lease }));
  stage.store.define(aRole({ addresses: [], records: [webRecord] }, 'web'));
  stage.ec2.put(anInstance(1), anInstance(2, { tags: { role: 'web' } }));
  return stage;
}

describe('what fails for one role', () => {
  it.each([
    ['telling it of an alarm', 'learn'],
    ['asking the owner of its lease to look again', 'askAgain'],
  ])('is no reason to do nothing for the others: %s', async (_, operation) => {
    const stage = aStage();
    stage.script.before(operation, refuse);

    const outcomes = await stage.reconcile(['db', 'web'], { learnt: [{ role: db, ...alarm }] });

    expect(outcomes.get(db)).toMatchObject({ kind: 'failed', error: { code: 'ValidationException' } });
    expect(outcomes.get(web)).toMatchObject({ kind: 'converged', holder: instanceId(2) });
  });
});

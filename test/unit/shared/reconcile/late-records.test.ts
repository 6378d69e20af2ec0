import { describe, expect, it } from 'vitest';
import { anInstance, aRecord, aRole, instanceId } from '../../../builders/observed.ts';
import { db } from '../../../fakes/settled-stage.ts';
import { Stage } from '../../../fakes/stage.ts';

const parked = '10.0.0.250';

/** Instance 1 was given a parked role and ended; the change of the record to it is still on its way to Route 53. */
async function aStageWithChangeUnderWay(): Promise<Stage> {
  const stage = new Stage();
  const records = [
    { zone: 'corp.internal', name: 'db.corp.internal', value: 'privateIp', ttl: 60, parking: [parked] },
  ];
  stage.store.define(aRole({ addresses: [], records, vacant: 'park' }));
  await stage.reconcile(['db']);
  stage.ec2.put(anInstance(1));
  stage.script.before('change', () => {
    stage.script.dieAfter(0);
    throw new Error('killed');
  });
  await stage.reconcile(['db']).catch(() => undefined);
  stage.script.revive();
  stage.surroundings.pass(60_000);
  stage.ec2.terminate(instanceId(1));
  await stage.reconcile(['db']);
  return stage;
}

function values({ route53 }: Stage) {
  return route53
    .at('db.corp.internal')
    .flatMap(({ content }) => (content.kind === 'values' ? content.values : []));
}

describe('a record that a replaced claim still writes after the newer one has settled', () => {
  it('is known as what Understudy meant, and is made right by the next pass that sees it', async () => {
    const stage = await aStageWithChangeUnderWay();
    stage.route53.put(aRecord('10.0.1.1'));

    const outcomes = await stage.reconcile(['db'], { readsRecords: true });

    expect(outcomes.get(db)).toMatchObject({ kind: 'vacant' });
    expect(values(stage)).toEqual([parked]);
  });

  it('costs nothing when it never comes', async () => {
    const stage = await aStageWithChangeUnderWay();
    const before = stage.store.stateOf(db).revision;

    await stage.reconcile(['db'], { readsRecords: true });

    expect(stage.store.stateOf(db).revision).toBe(before);
    expect(values(stage)).toEqual([parked]);
  });

  it("is somebody else's ten minutes later", async () => {
    const stage = await aStageWithChangeUnderWay();
    stage.surroundings.pass(600_001);
    stage.route53.put(aRecord('10.0.1.1'));

    const outcomes = await stage.reconcile(['db'], { readsRecords: true });

    expect(outcomes.get(db)).toMatchObject({ kind: 'refused' });
    expect(values(stage)).toEqual(['10.0.1.1']);
  });
});

describe('a record of a group that a late deletion has taken away, when the other slot becomes vacant', () => {
  const ips = ({ route53 }: Stage) =>
    route53.at('db.corp.internal').map(({ content }) => (content.kind === 'values' ? content.values : []));

  /** Two instances hold a slot each; a deletion that was given up long ago takes the record of the first. */
  async function aGroupWithoutItsFirstRecord(): Promise<Stage> {
    const stage = new Stage();
    const records = [
      {
        zone: 'corp.internal',
        name: 'db.corp.internal',
        value: 'privateIp',
        ttl: 60,
        routing: 'multivalue' as const,
      },
    ];
    stage.store.define(aRole({ slots: 2, addresses: [], records }));
    stage.ec2.put(anInstance(1), anInstance(2));
    await stage.reconcile(['db']);
    for (const before of stage.route53.at('db.corp.internal').slice(0, 1)) {
      await stage.route53.change(before.zoneId, [{ kind: 'change-record', before }], 'Understudy: db 1');
    }
    stage.surroundings.pass(60_000);
    stage.ec2.terminate(instanceId(2));
    return stage;
  }

  it('is seen to be gone, and written anew before the other goes', async () => {
    const stage = await aGroupWithoutItsFirstRecord();

    await stage.reconcile(['db']);

    expect(ips(stage)).toEqual([['10.0.1.1']]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InstanceId } from '../../shared/model/ids.ts';
import { isSameRecordSet } from '../../shared/model/record-set.ts';
import { slotOf } from '../../shared/model/role-state.ts';
import { desiredRecords } from '../../shared/plan/desired-records.ts';
import { allocationId, anElasticIp, anInstance, aRole, instanceId, roleName } from '../builders/observed.ts';
import { Stage } from '../fakes/stage.ts';

const db = roleName('db');
const elasticIp = allocationId(0xe1);
const names = ['a.corp.internal', 'b.corp.internal'];

/** What may happen to one of four instances, to the spec, or to the controller itself. */
type Step =
  | { readonly kind: 'launch' | 'stop' | 'terminate' | 'untag'; readonly number: number }
  | { readonly kind: 'respec'; readonly values: readonly string[] }
  | { readonly kind: 'reconcile'; readonly readsRecords: boolean; readonly callsLeft: number };

const arbitraryStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('launch', 'launch', 'stop', 'terminate', 'untag'),
      number: fc.integer({ min: 1, max: 4 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('respec'),
      values: fc.array(fc.constantFrom('privateIp', 'elasticIp', 'elasticIpName'), {
        minLength: 1,
        maxLength: 2,
      }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('reconcile'),
      readsRecords: fc.boolean(),
      // A pass that moves a role makes nine calls or so; 99 lets it live.
      callsLeft: fc.oneof(fc.constant(99), fc.integer({ min: 1, max: 14 })),
    }),
  },
);

function specOf(values: readonly string[]): object {
  return { records: values.map((value, index) => ({ zone: 'corp.internal', name: names[index], value })) };
}

function aStage(): Stage {
  const stage = new Stage();
  stage.store.define(aRole(specOf(['privateIp', 'elasticIpName'])));
  stage.ec2.putElasticIp(anElasticIp());
  return stage;
}

async function take(stage: Stage, step: Step, gone: Set<InstanceId>): Promise<void> {
  switch (step.kind) {
    case 'respec':
      stage.store.define(aRole(specOf(step.values)));
      return;
    case 'reconcile': {
      const wanted = await namesWithRecords(stage);
      stage.script.dieAfter(step.callsLeft);
      await stage.reconcile(['db'], { readsRecords: step.readsRecords }).catch(() => undefined);
      stage.script.revive();
      for (const name of wanted) expect(stage.route53.at(name), 'a name is never recordless').toHaveLength(1);
      // Long enough for a lease to run out, and for a read to be believed.
      stage.surroundings.pass(60_000);
      return;
    }
    default:
      change(stage, step.kind, step.number, gone);
  }
}

/** Names of the spec that have a record. */
async function namesWithRecords({ store, route53 }: Stage): Promise<readonly string[]> {
  const {
    stored: [stored],
  } = await store.readRoles([db]);
  const specs = stored?.role.spec.records ?? [];
  return specs.map(({ name }) => name).filter((name) => route53.at(name).length > 0);
}

function change(stage: Stage, kind: string, number: number, gone: Set<InstanceId>): void {
  const id = instanceId(number);
  // An id never comes back.
  if (gone.has(id)) return;
  if (kind === 'launch') stage.ec2.put(anInstance(number));
  else if (kind === 'stop') stage.ec2.put(anInstance(number, { state: 'stopped' }));
  else if (kind === 'untag') stage.ec2.put(anInstance(number, { tags: {} }));
  else {
    stage.ec2.put(anInstance(number));
    stage.ec2.terminate(id);
    gone.add(id);
  }
}

async function checkConverged(stage: Stage): Promise<void> {
  const { ports, store, ec2, route53 } = stage;
  const {
    stored: [stored],
  } = await store.readRoles([db]);
  if (stored === undefined) throw new Error('the role is gone');
  const { holder } = slotOf(stored.state, 0);
  const candidates = await ports.ec2.instancesTagged([db]);
  const ready = candidates.filter(({ state }) => state === 'running');
  if (holder === undefined) {
    expect(ready).toEqual([]);
    return;
  }
  const instance = ready.find(({ instanceId: id }) => id === holder);
  if (instance === undefined) throw new Error(`${holder} holds the role and is not ready`);
  expect(ec2.carrierOf(elasticIp)).toBe(holder);
  const [place] = instance.privateIps;
  if (place === undefined) throw new Error('no address');
  const source = {
    role: db,
    slot: 0,
    holder: instance,
    elasticIps: [{ elasticIp: anElasticIp(), place }],
    privateIp: undefined,
    ipv6: undefined,
    region: 'eu-west-1',
  };
  const wanted = desiredRecords(stored.role, source).flatMap(({ desired }) =>
    'code' in desired ? [] : [desired],
  );
  const there = names.flatMap((name) => route53.at(name));
  expect(there).toHaveLength(wanted.length);
  for (const record of wanted) expect(there.some((each) => isSameRecordSet(each, record))).toBe(true);
}

/** No move is told twice, and the last that was told led to who holds the role. */
function checkHistory({ store }: Stage): void {
  const moves = store.history.filter(({ from, to }) => from !== to).map(({ generation }) => generation);
  expect(new Set(moves).size).toBe(moves.length);
  const [last] = store.history.toSorted((a, b) => b.generation - a.generation);
  expect(last?.to).toBe(slotOf(store.stateOf(db), 0).holder);
}

describe('a controller that is killed anywhere, any number of times', () => {
  it('leaves nothing that the next passes do not finish: one holder, with the address, and the records at it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(arbitraryStep, { maxLength: 14 }), async (steps) => {
        const stage = aStage();
        const gone = new Set<InstanceId>();
        let generation = 0;
        for (const step of steps) {
          await take(stage, step, gone);
          const now = slotOf(stage.store.stateOf(db), 0).generation;
          expect(now).toBeGreaterThanOrEqual(generation);
          generation = now;
        }

        await stage.reconcile(['db'], { readsRecords: true });
        stage.surroundings.pass(60_000);

        await checkConverged(stage);
        checkHistory(stage);
        const { revision } = stage.store.stateOf(db);
        const again = await stage.reconcile(['db'], { readsRecords: true });
        expect(again.get(db)?.kind).toMatch(/^(noop|vacant)$/);
        expect(stage.store.stateOf(db).revision).toBe(revision);
      }),
      { numRuns: 200 },
    );
  });
});

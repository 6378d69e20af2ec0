import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseState } from '../../shared/adapters/dynamodb/items.ts';
import { instanceIdSchema } from '../../shared/model/ids.ts';
import type { Role } from '../../shared/model/observed.ts';
import { isSameRecordSet, nameKey } from '../../shared/model/record-set.ts';
import { recordIdentities } from '../../shared/plan/desired-records.ts';
import { previewRoles } from '../../shared/reconcile/preview-roles.ts';
import { arbitraryKindsRole, arbitraryKindsStage } from '../builders/arbitrary-kinds.ts';
import { instanceId, roleName } from '../builders/observed.ts';
import { carrierIn } from '../fakes/memory-ec2-world.ts';
import type { Stage } from '../fakes/stage.ts';

const db = roleName('db');
const minuteMs = 60_000;
const stranger = instanceId(9);

/** Something that happens between two passes. */
type Happening =
  | { readonly kind: 'stop' | 'terminate' | 'untag' | 'start'; readonly number: number }
  | { readonly kind: 'respec' };

const arbitraryHappening: fc.Arbitrary<Happening> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('stop', 'terminate', 'untag', 'start'),
    number: fc.constantFrom(1, 2, 3),
  }),
  fc.constant<Happening>({ kind: 'respec' }),
);

function happen(stage: Stage, happening: Happening, another: Role): void {
  if (happening.kind === 'respec') {
    stage.store.define({ ...another, version: 2 });
    return;
  }
  const id = instanceId(happening.number);
  const instance = stage.ec2.world.instances.find((each) => each.instanceId === id);
  // An id never comes back.
  if (instance === undefined || instance.state === 'terminated') return;
  if (happening.kind === 'terminate') stage.ec2.terminate(id);
  else if (happening.kind === 'untag') stage.ec2.put({ ...instance, tags: {} });
  else stage.ec2.put({ ...instance, state: happening.kind === 'stop' ? 'stopped' : 'running' });
}

/** Calls that only look. */
const looks =
  /^(readRoles|instancesTagged|instancesById|elasticIps|network|read|statusChecks|imageOwners|sleep)\b/;

async function pass(stage: Stage): Promise<string | undefined> {
  const outcomes = await stage.reconcile(['db'], { readsRecords: true });
  const outcome = outcomes.get(db);
  if (outcome?.kind === 'failed') throw outcome.error;
  // Long enough for a lease to run out, and for a read to be believed.
  stage.surroundings.pass(10 * minuteMs);
  return outcome?.kind;
}

/** Another look finds nothing to do, writes nothing, and plans nothing. */
async function expectRest(stage: Stage): Promise<void> {
  // What one slot gives away can make the room that a candidate needs to take another.
  const { slots } = (await roleOn(stage)).spec;
  for (let more = 1; more < slots; more++) await pass(stage);
  const before = stage.script.calls.length;
  await pass(stage);
  const writes = stage.script.calls.slice(before).filter((call) => !looks.test(call));
  expect(writes).toEqual([]);
  const { plans } = await previewRoles(stage.ports, stage.settings, [db]);
  expect([...plans.values()].map(({ kind }) => kind)).toEqual(['rest']);
}

function expectNoneTwice(stage: Stage): void {
  const { slots } = stage.store.stateOf(db);
  const holders = slots.flatMap(({ holder }) => holder ?? []);
  expect(new Set(holders).size).toBe(holders.length);
  const { world } = stage.ec2;
  const places = world.elasticIps.flatMap(({ association }) =>
    association === undefined ? [] : [`${association.networkInterfaceId} ${association.privateIp}`],
  );
  expect(new Set(places).size).toBe(places.length);
}

async function roleOn(stage: Stage): Promise<Role> {
  const { stored } = await stage.store.readRoles([db]);
  const [first] = stored;
  if (first === undefined) throw new Error('the role is gone');
  return first.role;
}

/** Names of the role at which something stands. */
async function namesWithRecords(stage: Stage): Promise<readonly string[]> {
  const identities = recordIdentities(await roleOn(stage));
  return [...new Set(identities.map(({ name }) => name))].filter((name) => stage.route53.at(name).length > 0);
}

describe('a role of any kinds, whatever happened to it', () => {
  it('has nothing left to do after a pass, no name recordless, nobody and nothing twice', async () => {
    await fc.assert(
      fc.asyncProperty(
        arbitraryKindsStage,
        arbitraryKindsRole,
        arbitraryKindsRole,
        fc.array(arbitraryHappening, { maxLength: 3 }),
        async ({ open }, role, another, happenings) => {
          const stage = open(role);
          for (const happening of [undefined, ...happenings]) {
            if (happening !== undefined) happen(stage, happening, another);
            const named = await namesWithRecords(stage);

            await pass(stage);

            expectNoneTwice(stage);
            for (const name of named) expect(stage.route53.at(name), `${name} is recordless`).not.toEqual([]);
            await expectRest(stage);
          }
        },
      ),
      { numRuns: 120 },
    );
  });

  it('leaves alone what strangers have, unless it adopts', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryKindsStage, arbitraryKindsRole, async ({ open, strangers }, role) => {
        const { addresses, records } = role.spec;
        const stage = open(role);
        const before = ofStranger(stage);

        await pass(stage);

        if (!addresses.some((each) => 'adopt' in each && each.adopt))
          expect(ofStranger(stage)).toEqual(before);
        if (records.some(({ adopt }) => adopt)) return;
        for (const record of strangers) {
          expect(stage.route53.at(record.name).some((each) => isSameRecordSet(each, record))).toBe(true);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('is told by its state as it is, and the state is the same once it was stored', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryKindsStage, arbitraryKindsRole, fc.nat(12), async ({ open }, role, calls) => {
        const stage = open(role);
        stage.script.dieAfter(calls);
        await stage.reconcile(['db'], { readsRecords: true }).catch(() => undefined);

        const { words: _, facts, factRevisions, alarms, ...state } = stage.store.stateOf(db);
        const item = JSON.parse(JSON.stringify({ pk: 'ROLE#db', sk: 'STATE', ...state }));

        expect([facts, factRevisions, alarms]).toEqual([{}, {}, {}]);
        expect(parseState(item)).toEqual(stage.store.stateOf(db));
        for (const { written } of state.slots) {
          for (const record of written.records) {
            const there = stage.route53.at(record.name).filter((each) => nameKey(each) === nameKey(record));
            expect(there.some((each) => isSameRecordSet(each, record))).toBe(true);
          }
        }
      }),
      { numRuns: 100 },
    );
  });
});

/** What a stranger has, and what is on it. */
function ofStranger({ ec2: { world } }: Stage) {
  const { elasticIps, network } = world;
  const own = network.interfaces.filter(({ attachment }) => attachment?.instanceId === stranger);
  return {
    elasticIps: elasticIps.filter(({ association }) => association?.instanceId === stranger),
    interfaces: own,
    carriers: own.flatMap(({ privateIps, ipv6s }) =>
      [...privateIps, ...ipv6s].map((ip) => carrierIn(world, ip)),
    ),
    targets: network.targets.filter((each) => instanceIdSchema.parse(each.instanceId) === stranger),
  };
}

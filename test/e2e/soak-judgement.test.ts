import { describe, expect, test } from 'vitest';
import type { RoleName } from '../../shared/model/ids.ts';
import { roleNameSchema } from '../../shared/model/ids.ts';
import { roleSpecSchema } from '../../shared/model/role-spec.ts';
import { Chronicle } from '../soak/chronicle.ts';
import { Laws } from '../soak/laws.ts';
import type { Look, SeenInstance } from '../soak/look.ts';
import { trendOf } from '../soak/trend.ts';

const role: RoleName = roleNameSchema.parse('db');
const spec = roleSpecSchema.parse({
  records: [{ zone: 'corp.internal', name: 'db.corp.internal', value: 'privateIp' }],
  allow: { subnets: ['subnet-0123456789abcdef0'] },
});
const holder: SeenInstance = {
  id: 'i-0123456789abcdef0',
  state: 'running',
  tags: {},
  roles: ['db'],
  subnetId: 'subnet-0123456789abcdef0',
  primaryIp: '10.0.1.4',
};
const record = { zone: 'corp.internal', name: 'db.corp.internal', type: 'A', values: ['10.0.1.4'] };

describe('the laws of the soak', () => {
  test('nothing is said of a role that moves as it should', () => {
    const { laws, look } = scene();

    const said = [look({ holder: undefined, generation: 0 }), look({})].flatMap((each) => laws.check(each));

    expect(said).toEqual([]);
    expect(laws.moves).toBe(1);
  });

  test.each([
    ['a generation that goes back', 'generations grow', [{ generation: 2 }, { generation: 1 }]],
    [
      'two holders within one generation',
      'one holder for one generation',
      [{}, { holder: 'i-0fedcba9876543210' }],
    ],
    [
      'a holder in a subnet that is not allowed',
      'only authorised candidates hold',
      [{ instance: { ...holder, subnetId: 'subnet-0fedcba9876543210' } }],
    ],
    [
      'a holder that never asked',
      'only authorised candidates hold',
      [{ instance: { ...holder, roles: [] } }],
    ],
    [
      'a holder that never ran',
      'only authorised candidates hold',
      [{ instance: { ...holder, state: 'stopped' } }],
    ],
    ['a name that loses its record', 'never recordless', [{}, { records: [] }]],
    [
      'a foreign Elastic IP that is moved',
      'nothing foreign is touched',
      [{}, { associations: new Map([['eipalloc-1', { associationId: 'a', instanceId: holder.id }]]) }],
    ],
  ])('%s is told', (_title, law, changes) => {
    const { laws, look } = scene();

    const said = changes.map((change) => laws.check(look(change)));

    expect(said.at(-1)?.map((each) => each.law)).toEqual([law]);
  });
});

describe('the trend of what is measured', () => {
  test('a level with noise is flat', () => {
    const trend = trendOf({ values: [9, 70, 71, 69, 72, 70, 69, 71, 70, 72], tolerance: 0.05, slack: 0 });

    expect(trend).toMatchObject({ isFlat: true });
  });

  test('one odd night does not make a leak', () => {
    const trend = trendOf({ values: [9, 50, 60, 70, 70, 71, 70, 69, 70, 120], tolerance: 0.05, slack: 0 });

    expect(trend).toMatchObject({ isFlat: true });
  });

  test('what grows a little every night is not flat', () => {
    const values = Array.from({ length: 20 }, (_, night) => 70 + night);

    const trend = trendOf({ values, tolerance: 0.05, slack: 1 });

    expect(trend).toMatchObject({ isFlat: false, growth: 9 });
  });

  test('a few nights tell nothing', () => {
    const trend = trendOf({ values: [1, 2, 3], tolerance: 0, slack: 0 });

    expect(trend).toBeUndefined();
  });
});

interface Change {
  readonly generation?: number;
  readonly holder?: string | undefined;
  readonly instance?: SeenInstance;
  readonly records?: Look['records'];
  readonly associations?: Look['associations'];
}

/** One role that was defined long ago, and looks at it a minute apart. */
function scene() {
  const chronicle = new Chronicle();
  chronicle.noteSpec('db', 0, spec);
  let atMs = 1_000_000;
  const look = (change: Change): Look => {
    atMs += 60_000;
    const { generation = 1, instance = holder, records = [record], associations = new Map() } = change;
    const held = 'holder' in change ? change.holder : holder.id;
    const slot = { slot: 0, generation, ...(held === undefined ? {} : { holder: held }) };
    const state = { slots: [slot] };
    return {
      atMs,
      associations,
      records,
      instances: new Map([[instance.id, instance]]),
      roles: [{ role: { name: role, spec }, state }] as unknown as Look['roles'],
    };
  };
  return { laws: new Laws(chronicle, 'eipalloc-1'), look };
}

import { describe, expect, it } from 'vitest';
import type { HostedZoneId } from '../../../../shared/model/ids.ts';
import { hostedZoneIdSchema } from '../../../../shared/model/ids.ts';
import { nothingWritten } from '../../../../shared/model/role-state.ts';
import type { InstanceState } from '../../../../shared/model/trigger.ts';
import type { ObserveRequest } from '../../../../shared/reconcile/observe.ts';
import { observe } from '../../../../shared/reconcile/observe.ts';
import {
  anElasticIp,
  anInstance,
  aRecord,
  aRole,
  heldBy,
  instanceId,
  nowMs,
  roleName,
} from '../../../builders/observed.ts';
import { Stage } from '../../../fakes/stage.ts';

const publicZoneId: HostedZoneId = hostedZoneIdSchema.parse('Z0PUBLIC');

async function look(stage: Stage, request: Partial<ObserveRequest> = {}) {
  return observe(stage.ports, stage.settings, {
    roles: [roleName('db')],
    hints: new Map(),
    readRecordsOf: new Set(),
    ...request,
  });
}

function hint(state: InstanceState) {
  return new Map([[instanceId(1), { state, timeMs: nowMs }]]);
}

function aStage(): Stage {
  const stage = new Stage();
  stage.store.define(aRole(), heldBy(1));
  stage.ec2.put(anInstance(1), anInstance(2));
  stage.ec2.putElasticIp(anElasticIp(1));
  stage.route53.put(aRecord('10.0.1.1'));
  return stage;
}

describe('observe', () => {
  it('reads the table, the instances and the Elastic IPs once for all roles', async () => {
    const stage = aStage();
    stage.store.define(aRole({ records: [] }, 'web'));

    await look(stage, { roles: [roleName('db'), roleName('web')] });

    expect(stage.script.calls).toEqual(['readRoles db,web', 'instancesTagged db,web', 'elasticIps']);
  });

  it('gives a role the instances that ask for it and no others', async () => {
    const stage = aStage();
    stage.ec2.put(anInstance(3, { tags: { role: 'db-2' } }), anInstance(4, { tags: { role: 'web,db' } }));

    const { observed } = await look(stage);

    expect(observed[0]?.instances.map((each) => each.instanceId)).toEqual([1, 2, 4].map(instanceId));
  });

  it('asks for a holder by id when its tag is gone', async () => {
    const stage = aStage();
    stage.ec2.put(anInstance(1, { tags: {} }));

    const { observed } = await look(stage);

    expect(observed[0]?.instances.map((each) => each.instanceId)).toEqual([instanceId(2), instanceId(1)]);
    expect(stage.script.calls).toContain(`instancesById ${instanceId(1)}`);
  });

  it('does not ask for a holder that its event says is gone', async () => {
    const stage = aStage();
    stage.ec2.put(anInstance(1, { tags: {}, state: 'terminated' }));

    await look(stage, { hints: hint('terminated') });

    expect(stage.script.count('instancesById')).toBe(0);
  });

  it.each<[event: InstanceState, seen: InstanceState]>([
    ['shutting-down', 'shutting-down'],
    ['terminated', 'terminated'],
    ['stopped', 'running'],
    ['pending', 'running'],
  ])('of an instance described as running, with an event %s, sees %s', async (event, seen) => {
    const { observed } = await look(aStage(), { hints: hint(event) });

    expect(observed[0]?.instances[0]?.state).toBe(seen);
  });

  describe('of records', () => {
    it('goes by the state when all was written and settled', async () => {
      const stage = aStage();

      const { observed } = await look(stage);

      expect(observed[0]?.names).toBeUndefined();
      expect(stage.script.count('read')).toBe(0);
    });

    it.each<[why: string, request: Partial<ObserveRequest>]>([
      ['for all roles', { readRecordsOf: 'all' }],
      ['for this role', { readRecordsOf: new Set([roleName('db')]) }],
    ])('reads Route 53 when that is wanted %s', async (_, request) => {
      const { observed } = await look(aStage(), request);

      expect(observed[0]?.names).toMatchObject([
        { name: 'db.corp.internal', records: [aRecord('10.0.1.1')] },
      ]);
    });

    it('reads Route 53 when a name was never written', async () => {
      const stage = aStage();
      stage.store.define(aRole(), heldBy(1, { written: nothingWritten }));

      const { observed } = await look(stage);

      expect(observed[0]?.names).toHaveLength(1);
    });

    it('reads the names of the spec and those of an earlier one, each once', async () => {
      const stage = aStage();
      const records = ['a', 'b'].map((each) => ({
        zone: 'corp.internal',
        name: `${each}.corp.internal`,
        value: 'privateIp',
      }));
      stage.store.define(aRole({ records }), heldBy(1));

      await look(stage, { readRecordsOf: 'all' });

      expect(stage.script.calls).toContain('read a.corp.internal,b.corp.internal,db.corp.internal');
    });

    it('reads a zone once for all its roles, and fails only the roles of a zone that cannot be read', async () => {
      const stage = aStage();
      const elsewhere = [{ zone: 'example.com', name: 'web.example.com', value: 'privateIp' }];
      stage.store.define(aRole({ records: elsewhere }, 'web'));
      stage.store.define(aRole({ records: [...elsewhere, ...aRole().spec.records] }, 'both'));
      stage.route53.closedZones.add(publicZoneId);

      const { observed, failures } = await look(stage, {
        roles: ['db', 'web', 'both'].map(roleName),
        readRecordsOf: 'all',
      });

      expect(observed.map(({ role }) => role.name)).toEqual(['db']);
      expect([...failures].map(([role, { code }]) => [role, code])).toEqual([
        ['web', 'AccessDenied'],
        ['both', 'AccessDenied'],
      ]);
      expect(stage.script.count('read')).toBe(2);
    });
  });

  it('names the roles that are not defined', async () => {
    const { undefinedRoles } = await look(aStage(), { roles: [roleName('db'), roleName('web')] });

    expect(undefinedRoles).toEqual(['web']);
  });
});

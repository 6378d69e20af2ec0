import { describe, expect, it } from 'vitest';
import { unreadableOutlook } from '../../../cli/role-outlook.ts';
import { ControllerError } from '../../../shared/model/errors.ts';
import { roleNameSchema } from '../../../shared/model/ids.ts';
import { noState } from '../../../shared/model/role-state.ts';
import {
  anElasticIp,
  anInstance,
  anOutlook,
  aRecord,
  healthyScene,
  lead,
  nowMs,
  settledState,
  understudy,
} from './outlook-builders.ts';

describe('outlookOf', () => {
  it('is healthy when desired equals observed', () => {
    const outlook = anOutlook(healthyScene());

    expect(outlook).toMatchObject({
      condition: 'healthy',
      reason: '',
      holder: lead,
      generation: 3,
      sinceMs: nowMs - 3_600_000,
      next: { holder: lead, generation: 3 },
      changes: [],
      addresses: [{ publicIp: '203.0.113.10', on: lead, privateIp: '10.0.1.10' }],
      records: [{ name: 'db.corp.internal', values: ['10.0.1.10'], isToStay: true }],
    });
  });

  it('drifts when the holder is gone and another is ready, and says why and what would change', () => {
    const scene = {
      ...healthyScene(),
      instances: [anInstance(lead, 'terminated'), anInstance(understudy)],
      elasticIps: [anElasticIp()],
    };

    const outlook = anOutlook(scene);

    expect(outlook).toMatchObject({
      condition: 'drift',
      reason: `${lead} is terminated, and ${understudy} is elected`,
      next: { holder: understudy, generation: 4 },
      addresses: [{ on: undefined }],
      records: [{ isToStay: false }],
    });
    expect(outlook.changes).toHaveLength(2);
  });

  it('drifts when somebody changed what the holder has', () => {
    const outlook = anOutlook({ ...healthyScene(), elasticIps: [anElasticIp(understudy)] });

    expect(outlook).toMatchObject({
      condition: 'drift',
      holder: lead,
      next: { holder: lead, generation: 3 },
      addresses: [{ on: understudy }],
      records: [{ isToStay: true }],
    });
  });

  it('drifts when a claim was interrupted', () => {
    const scene = healthyScene();
    const lease = { owner: 'gone', expiresAtMs: nowMs - 60_000 };

    expect(anOutlook({ ...scene, state: { ...scene.state, lease } })).toMatchObject({
      condition: 'drift',
      reason: 'a claim was interrupted and is to be settled',
    });
  });

  it('is moving while somebody holds the lease', () => {
    const scene = healthyScene();
    const lease = { owner: 'somebody', expiresAtMs: nowMs + 20_000 };

    expect(anOutlook({ ...scene, state: { ...scene.state, lease } })).toMatchObject({
      condition: 'moving',
      reason: 'somebody is applying a claim, with a lease until 2026-03-01T12:00:20.000Z',
      holder: lead,
      next: { holder: lead, generation: 3 },
    });
  });

  it('is vacant when nobody asks, and waiting when somebody is on the way', () => {
    const free = { elasticIps: [anElasticIp()] };

    expect(anOutlook({ ...free, state: noState })).toMatchObject({
      condition: 'vacant',
      reason: 'no instance asks for it',
    });
    expect(anOutlook({ ...free, instances: [anInstance(lead, 'stopped')] })).toMatchObject({
      condition: 'vacant',
      reason: 'none of its candidates can hold it',
    });
    expect(anOutlook({ ...free, instances: [anInstance(lead, 'pending')] })).toMatchObject({
      condition: 'waiting',
    });
  });

  it('is refused when a safety check says no', () => {
    const outlook = anOutlook({ ...healthyScene(), elasticIps: [] });

    expect(outlook).toMatchObject({
      condition: 'refused',
      refusals: [{ code: 'ElasticIpNotFound' }],
      addresses: [{ wanted: 'eipalloc-0123456789abcdef0', publicIp: undefined }],
    });
  });

  it('shows a record that is missing, and one that is another than was written', () => {
    const state = settledState(lead, [aRecord('10.0.1.10')]);
    const missing = anOutlook({ ...healthyScene(), state, records: [] });
    const changed = anOutlook({ ...healthyScene(), state, records: [aRecord('192.0.2.1')] });

    expect(missing.records).toMatchObject([{ values: [], ttlSeconds: undefined, isToStay: false }]);
    expect(changed.records).toMatchObject([{ values: ['192.0.2.1'] }]);
    expect(changed.condition).toBe('refused');
  });
});

describe('unreadableOutlook', () => {
  it('says what could not be read', () => {
    const error = new ControllerError('no such zone', { code: 'NoSuchHostedZone', disposition: 'permanent' });

    expect(unreadableOutlook(roleNameSchema.parse('db'), error)).toMatchObject({
      condition: 'unreadable',
      reason: 'no such zone',
    });
  });
});

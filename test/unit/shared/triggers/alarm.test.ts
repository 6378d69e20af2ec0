import { describe, expect, it } from 'vitest';
import { parseEvent } from '../../../../shared/triggers/parse-event.ts';
import { editedFixture } from './edited-fixture.ts';

const instanceId = 'i-0a1b2c3d4e5f60718';
const withConfiguration = (configuration: object) => editedFixture('alarm/alarm.json', { configuration });
const aMetric = (metric: object) => ({ metricStat: { metric } });
const about = (what: object) => ({ kind: 'trigger', trigger: what });

describe('an alarm', () => {
  it('is about no role when a word of its description merely ends like the name of one', () => {
    const parsed = parseEvent(withConfiguration({ description: 'replication-lag-of-the-primary-db' }));

    expect(parsed).toEqual({
      kind: 'ignored',
      reason: 'alarm "role-web-primary-status" is about no instance and names no role',
    });
  });

  it('names roles between spaces and commas, each once', () => {
    const description = 'Lag,  see the runbook. understudy:role=db, understudy:role=web\nunderstudy:role=db';

    const parsed = parseEvent(withConfiguration({ description }));

    expect(parsed).toMatchObject(about({ instanceIds: [], roles: ['db', 'web'] }));
  });

  it('is about the instance of one metric when another metric has no dimensions', () => {
    const metrics = [aMetric({ name: 'Errors' }), aMetric({ dimensions: { InstanceId: instanceId } })];

    const parsed = parseEvent(withConfiguration({ metrics }));

    expect(parsed).toMatchObject(about({ instanceIds: [instanceId], roles: [] }));
  });

  it('without a timestamp of its own has the time of the event', () => {
    const event = editedFixture('alarm/alarm.json', { state: { value: 'OK' } });

    expect(parseEvent(event)).toMatchObject(about({ timeMs: Date.UTC(2026, 10, 20, 12, 5, 1) }));
  });

  it('with neither metrics nor a description is ignored', () => {
    expect(parseEvent(withConfiguration({}))).toMatchObject({ kind: 'ignored' });
  });
});

import { afterEach, describe, expect, it, vi } from 'vitest';
import { outcomeMetrics, reportOutcome } from '../../../functions/middleware/telemetry.ts';
import { deadlineOf } from '../../../functions/middleware/time-left.ts';
import { ControllerError } from '../../../shared/model/errors.ts';
import type { Outcome } from '../../../shared/model/outcome.ts';
import { aContext } from '../../builders/lambda.ts';
import { instanceId, nowMs, roleName } from '../../builders/observed.ts';
import { captureTelemetry } from '../../fakes/captured-telemetry.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const db = roleName('db');
const holding = { holder: instanceId(1), generation: 3, slots: [], unauthorized: [] };
const steps = { observeMs: 1, claimMs: 2, applyMs: 3 };
const error = new ControllerError('slow down', { code: 'Throttling', disposition: 'retryable' });

const outcomes: readonly [level: string, outcome: Outcome, details: object][] = [
  [
    'INFO',
    { kind: 'converged', ...holding, from: undefined, changes: ['associate …'], steps },
    { ...holding, changes: ['associate …'], steps },
  ],
  ['INFO', { kind: 'noop', ...holding }, holding],
  ['INFO', { kind: 'ignored', reason: 'no tag' }, { reason: 'no tag' }],
  ['INFO', { kind: 'waiting', reason: 'pending' }, { reason: 'pending' }],
  ['INFO', { kind: 'superseded', reason: 'claimed' }, { reason: 'claimed' }],
  [
    'WARN',
    { kind: 'refused', ...holding, refusals: [{ code: 'RecordNotOurs', words: 'not ours' }], changes: [] },
    { ...holding, refusals: [{ code: 'RecordNotOurs', words: 'not ours' }] },
  ],
  [
    'WARN',
    { kind: 'vacant', ...holding, holder: undefined, verdicts: [], changes: [] },
    { generation: 3, verdicts: [] },
  ],
  ['ERROR', { kind: 'failed', error }, { code: 'Throttling', disposition: 'retryable' }],
];

describe('reportOutcome', () => {
  it.each(outcomes)('is a line of level %s and a count for %o', (level, outcome, details) => {
    const { telemetry, lines, valuesOf } = capture();

    reportOutcome(telemetry, db, outcome, { trigger: 'scheduled-resync' }, nowMs);
    telemetry.metrics.publishStoredMetrics();

    expect(lines()).toMatchObject([
      { level, role: 'db', outcome: outcome.kind, cause: { trigger: 'scheduled-resync' }, ...details },
    ]);
    expect(valuesOf(outcomeMetrics[outcome.kind])).toEqual([1]);
  });

  it('times a move from its event, never below nothing, and not one that changed nothing', () => {
    const { telemetry, valuesOf } = capture();
    const moved: Outcome = {
      kind: 'converged',
      ...holding,
      from: undefined,
      changes: ['associate …'],
      steps,
    };
    const ahead = { trigger: 'ec2-state-change', eventTimeMs: nowMs + 1_000 };

    reportOutcome(telemetry, db, moved, { ...ahead, eventTimeMs: nowMs - 250 }, nowMs);
    reportOutcome(telemetry, db, moved, ahead, nowMs);
    reportOutcome(telemetry, db, { ...moved, changes: [] }, ahead, nowMs);

    expect(valuesOf('FailoverLatency')).toEqual([250, 0]);
  });

  it('times a move for its role and over all roles, by the name of the deployment', () => {
    vi.stubEnv('POWERTOOLS_SERVICE_NAME', 'team-a');
    const { telemetry, metricLines } = capture();
    const moved: Outcome = {
      kind: 'converged',
      ...holding,
      from: undefined,
      changes: ['associate …'],
      steps,
    };

    reportOutcome(telemetry, db, moved, { trigger: 'x', eventTimeMs: nowMs }, nowMs);

    expect(metricLines()).toMatchObject([
      {
        service: 'team-a',
        role: 'db',
        _aws: {
          CloudWatchMetrics: [{ Namespace: 'Understudy', Dimensions: [['service'], ['service', 'role']] }],
        },
      },
    ]);
  });

  it('counts the candidates that asked for what is not theirs, whatever else came of it', () => {
    const { telemetry, valuesOf } = capture();
    const unauthorized = [
      {
        instanceId: instanceId(8),
        kind: 'refused' as const,
        words: 'not of this subnet',
        isUnauthorized: true,
      },
      {
        instanceId: instanceId(9),
        kind: 'refused' as const,
        words: 'not of this subnet',
        isUnauthorized: true,
      },
    ];

    reportOutcome(telemetry, db, { kind: 'noop', ...holding, unauthorized }, { trigger: 'x' }, nowMs);
    reportOutcome(telemetry, db, { kind: 'noop', ...holding, unauthorized: [] }, { trigger: 'x' }, nowMs);
    telemetry.metrics.publishStoredMetrics();

    expect(valuesOf('UnauthorizedCandidate')).toEqual([2]);
  });

  it('names the instance where there is no role', () => {
    const { telemetry, lines } = capture();

    reportOutcome(
      telemetry,
      undefined,
      { kind: 'ignored', reason: 'no tag' },
      { trigger: 'x', instanceId: 'i-1' },
      nowMs,
    );

    expect(lines()).toMatchObject([{ message: 'i-1: ignored' }]);
  });
});

function capture() {
  const captured = captureTelemetry();
  return {
    telemetry: captured.telemetry,
    lines: () => captured.lines,
    valuesOf: captured.valuesOf,
    metricLines: () => captured.metricLines,
  };
}

describe('deadlineOf', () => {
  it('is five seconds before Lambda stops the function', () => {
    expect(deadlineOf(aContext(30_000), nowMs)).toBe(nowMs + 25_000);
  });

  it('is over already when less than that is left', () => {
    expect(deadlineOf(aContext(3_000), nowMs)).toBeLessThan(nowMs);
  });
});

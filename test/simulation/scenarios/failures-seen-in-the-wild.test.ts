import { describe, expect, it } from 'vitest';
import { db, launch, storm, tell } from './tell.ts';

/** Who was given the role, one after the other. */
const holders = ({ moves }: { readonly moves: readonly { readonly to: string | undefined }[] }) =>
  moves.map(({ to }) => to);

describe('a failure that others have met', () => {
  it('two instances that start at once do not both take the address', async () => {
    const report = await tell({
      roles: { db },
      batchSize: 1,
      steps: [
        [1, launch('a')],
        [1, launch('b')],
      ],
    });

    expect(report.violations).toEqual([]);
    expect(report.moves).toHaveLength(1);
  });

  it('a newcomer that is up before the old holder has let go gets the address in the end', async () => {
    const report = await tell({
      roles: { db },
      steps: [
        [1, launch('old')],
        [59, launch('new')],
        [60, { kind: 'terminate', name: 'old' }],
      ],
    });

    expect(report.violations).toEqual([]);
    expect(holders(report).at(-1)).toBe('new');
  });

  it('an address does not move before the newcomer is ready', async () => {
    const report = await tell({
      roles: { db: { ...db, election: { ready: 'status-checks' } } },
      resyncMinutes: 1,
      steps: [
        [1, launch('a')],
        [300, { kind: 'resync' }],
      ],
    });

    expect(report.violations).toEqual([]);
    // Status checks take a minute.
    expect(report.moves[0]?.atMs).toBeGreaterThan(60_000);
    expect(holders(report)).toEqual(['a']);
  });

  it('an address does not stay with the backup when the master flaps and comes back', async () => {
    const election = { prefer: 'priority', failback: true, cooldown: '10s' };
    const report = await tell({
      roles: { db: { ...db, election } },
      resyncMinutes: 1,
      steps: [
        [1, launch('master', { tags: { 'role-priority': '10' } })],
        [5, launch('backup')],
        [60, { kind: 'stop', name: 'master' }],
        [80, { kind: 'start', name: 'master' }],
        [300, { kind: 'resync' }],
      ],
    });

    expect(report.violations).toEqual([]);
    expect(holders(report)).toEqual(['master', 'backup', 'master']);
  });

  it('a cleanup that comes late, and several times, does not undo the new holder', async () => {
    const report = await tell({
      roles: { db },
      storms: storm({ duplicate: 0.5, late: 0.5 }),
      steps: [
        [1, launch('old')],
        [60, { kind: 'terminate', name: 'old' }],
        [65, launch('new')],
        [300, { kind: 'replay', minutes: 10 }],
        [400, { kind: 'replay', minutes: 10 }],
      ],
    });

    expect(report.violations).toEqual([]);
    expect(holders(report).at(-1)).toBe('new');
    expect(report.moves.length).toBeLessThanOrEqual(3);
  });

  it('no record stays stale because an event about the end of its holder was missed', async () => {
    const report = await tell({
      roles: { db },
      storms: [{ fromMs: 50_000, untilMs: 86_400_000, chances: { drop: 1 } }],
      steps: [
        [1, launch('old')],
        [5, launch('new')],
        [60, { kind: 'terminate', name: 'old' }],
        [400, { kind: 'resync' }],
      ],
    });

    expect(report.violations).toEqual([]);
    expect(holders(report)).toEqual(['old', 'new']);
  });

  it('an event that Describe does not show yet is not acted on as if Describe were right', async () => {
    const report = await tell({
      roles: { db },
      batchSize: 1,
      steps: [
        [0, { kind: 'describe-lag', lagMs: 4_000 }],
        [1, launch('a')],
        [2, launch('b')],
        [60, { kind: 'terminate', name: 'a' }],
        [62, { kind: 'terminate', name: 'b' }],
        [63, launch('c')],
      ],
    });

    expect(report.violations).toEqual([]);
    expect(holders(report).at(-1)).toBe('c');
  });

  it('the role of a terminated instance is known when its tags are gone', async () => {
    const report = await tell({
      roles: { db },
      resyncMinutes: 60,
      // The news of the end come twenty minutes late: by then EC2 has taken the tags away.
      storms: [{ fromMs: 50_000, untilMs: 1_200_000, chances: { drop: 1 } }],
      steps: [
        [1, launch('old')],
        [5, launch('new')],
        [60, { kind: 'terminate', name: 'old' }],
        [1_300, { kind: 'replay', minutes: 30 }],
      ],
    });

    expect(report.violations).toEqual([]);
    expect(holders(report)).toEqual(['old', 'new']);
    expect(report.moves[1]?.atMs).toBeLessThan(1_320_000);
  });

  it('events that all come twice change nothing the second time', async () => {
    const report = await tell({
      roles: { db },
      batchSize: 1,
      storms: storm({ duplicate: 1 }),
      steps: [
        [1, launch('a')],
        [60, { kind: 'terminate', name: 'a' }],
        [90, launch('b')],
      ],
    });

    expect(report.violations).toEqual([]);
    expect(holders(report)).toEqual(['a', undefined, 'b']);
  });

  it('errors are not swallowed: what fails is tried again until it works', async () => {
    const report = await tell({
      roles: { db },
      resyncMinutes: 60,
      storms: [{ fromMs: 0, untilMs: 90_000, chances: { 'internal-error': 0.9 } }],
      steps: [[1, launch('a')]],
      endMs: 400_000,
    });

    expect(report.violations).toEqual([]);
    expect(holders(report)).toEqual(['a']);
  });

  it('a message that cannot be read holds nobody up, and ends among the dead letters', async () => {
    const report = await tell({
      roles: { db },
      steps: [
        [1, { kind: 'message', body: 'no JSON' }],
        [1, launch('a')],
        [400, { kind: 'resync' }],
      ],
    });

    expect(report.violations).toEqual([]);
    expect(report.counts.deadLetters).toBe(1);
    expect(report.moves[0]?.atMs).toBeLessThan(10_000);
  });

  it('a lease whose owner died holds the role up no longer than it lasts', async () => {
    const report = await tell({
      roles: { db },
      storms: [{ fromMs: 4_000, untilMs: 8_000, chances: { 'crash-after': 0.7 } }],
      steps: [[1, launch('a')]],
      endMs: 300_000,
    });

    expect(report.violations).toEqual([]);
    expect(report.counts.crashes).toBeGreaterThan(0);
    expect(holders(report)).toEqual(['a']);
  });

  it('an owner that stands still for longer than its lease undoes nothing when it goes on', async () => {
    const report = await tell({
      roles: { db },
      batchSize: 1,
      resyncMinutes: 1,
      storms: [{ fromMs: 58_000, untilMs: 70_000, chances: { freeze: 0.3 } }],
      steps: [
        [1, launch('a')],
        [2, launch('b')],
        [60, { kind: 'terminate', name: 'a' }],
        [64, launch('c')],
        [75, { kind: 'terminate', name: 'b' }],
      ],
    });

    expect(report.violations).toEqual([]);
    expect(holders(report).at(-1)).toBe('c');
  });
});

import { describe, expect, it } from 'vitest';
import { db, launch, tell } from './tell.ts';

const holders = ({ moves }: { readonly moves: readonly { readonly to: string | undefined }[] }) =>
  moves.map(({ to }) => to);

describe('a loss, announced or not', () => {
  it('of everything in an Availability Zone at once leaves all roles with who is in the other', async () => {
    const report = await tell({
      roles: { db, other: { records: [{ ...db.records[0], name: 'other.corp.internal' }] } },
      steps: [
        [1, launch('a', { roles: ['db'] })],
        [1, launch('b', { roles: ['other'] })],
        [5, launch('c', { roles: ['db', 'other'], subnet: '$subnetB' })],
        [60, { kind: 'lose-zone', subnet: '$subnetA' }],
      ],
    });

    expect(report.violations).toEqual([]);
    expect(report.moves.slice(2).map(({ role, to }) => `${role} ${to}`)).toEqual(
      expect.arrayContaining(['db c', 'other c']),
    );
  });

  it('that an operator announces hands the role over first, and back only when somebody asks', async () => {
    const report = await tell({
      roles: { db },
      steps: [
        [1, launch('a')],
        [5, launch('b')],
        [90, { kind: 'drain', name: 'a' }],
        [180, { kind: 'undrain', name: 'a' }],
        [270, { kind: 'failover', role: 'db', name: 'a' }],
      ],
    });

    expect(report.violations).toEqual([]);
    expect(holders(report)).toEqual(['a', 'b', 'a']);
  });

  it('that AWS Health announces hands the role over before it comes', async () => {
    const report = await tell({
      roles: { db },
      resyncMinutes: 60,
      steps: [
        [1, launch('a')],
        [5, launch('b')],
        [90, { kind: 'retire', name: 'a' }],
      ],
    });

    expect(report.violations).toEqual([]);
    expect(holders(report)).toEqual(['a', 'b']);
    expect(report.moves[1]?.atMs).toBeLessThan(100_000);
  });

  it('that only may come moves nothing by itself but the role', async () => {
    const report = await tell({
      roles: { db },
      steps: [
        [1, launch('a')],
        [5, launch('b')],
        [90, { kind: 'rebalance', name: 'a' }],
      ],
    });

    expect(report.violations).toEqual([]);
    expect(holders(report)).toEqual(['a', 'b']);
  });

  it('of a Spot Instance that nobody can stand in for moves nothing until somebody can', async () => {
    const report = await tell({
      roles: { db },
      steps: [
        [1, launch('a')],
        [60, { kind: 'interrupt', name: 'a' }],
        [240, launch('b')],
      ],
    });

    expect(report.violations).toEqual([]);
    expect(holders(report)).toEqual(['a', undefined, 'b']);
  });
});

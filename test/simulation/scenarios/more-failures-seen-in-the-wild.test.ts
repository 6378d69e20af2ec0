import { describe, expect, it } from 'vitest';
import { db, launch, storm, tell } from './tell.ts';

const recordsOnly = (name: string) => ({
  records: [{ zone: 'corp.internal', name: `${name}.corp.internal`, value: 'privateIp' }],
});

describe('a failure that others have met, with names and stacks', () => {
  it('Route 53 that asks to wait half of the time only slows a failover down', async () => {
    const report = await tell({
      roles: { db },
      storms: storm({ throttle: 0.5 }),
      steps: [
        [1, launch('a')],
        [60, { kind: 'terminate', name: 'a' }],
        [61, launch('b')],
      ],
      endMs: 400_000,
    });

    expect(report.violations).toEqual([]);
    expect(report.moves.at(-1)?.to).toBe('b');
  });

  it('a record that somebody wrote over stops its own role and no other', async () => {
    const report = await tell({
      roles: { one: recordsOnly('one'), two: recordsOnly('two') },
      steps: [
        [1, launch('a', { roles: ['one', 'two'] })],
        [30, { kind: 'overwrite', name: 'one.corp.internal', value: '192.0.2.9' }],
        [60, { kind: 'terminate', name: 'a' }],
        [61, launch('b', { roles: ['one', 'two'] })],
      ],
    });

    expect(report.violations).toEqual([]);
    expect(report.moves.filter(({ role }) => role === 'two').at(-1)?.to).toBe('b');
  });

  it('two controllers that fight over one role take nothing foreign and leave no name recordless; without the second all is well', async () => {
    const report = await tell({
      roles: { db },
      controllers: 2,
      resyncMinutes: 1,
      steps: [
        [1, launch('a')],
        [2, launch('b')],
        [60, { kind: 'terminate', name: 'a' }],
        [90, launch('c')],
        [120, { kind: 'stop', name: 'b' }],
        [150, { kind: 'start', name: 'b' }],
      ],
    });

    expect(report.violations).toEqual([]);
  });

  it('another controller that keeps writing its own value over a record is left its way', async () => {
    const report = await tell({
      roles: { one: recordsOnly('one') },
      resyncMinutes: 1,
      steps: [
        [1, launch('a', { roles: ['one'] })],
        [2, launch('b', { roles: ['one'] })],
        [30, { kind: 'overwrite', name: 'one.corp.internal', value: '192.0.2.9' }],
        [100, { kind: 'overwrite', name: 'one.corp.internal', value: '192.0.2.10' }],
        [130, { kind: 'terminate', name: 'a' }],
      ],
    });

    expect(report.violations).toEqual([]);
    // The one for its first holder.
    expect(report.counts.moves).toEqual({ ChangeResourceRecordSets: 1 });
  });

  it('an instance that is tagged only a while after it runs is found then', async () => {
    const report = await tell({
      roles: { db },
      resyncMinutes: 60,
      steps: [
        [1, launch('a', { roles: [] })],
        [60, { kind: 'tag', name: 'a', roles: ['db'] }],
      ],
    });

    expect(report.violations).toEqual([]);
    expect(report.moves).toMatchObject([{ to: 'a' }]);
    expect(report.moves[0]?.atMs).toBeGreaterThan(60_000);
  });

  it('no name leads to a secondary private address before EC2 shows it on the new holder', async () => {
    const vip = {
      addresses: [{ elasticIp: '$eip1' }, { privateIp: '10.0.1.200' }],
      records: [{ zone: 'corp.internal', name: 'vip.corp.internal', value: 'privateIp', reverse: true }],
    };
    const report = await tell({
      roles: { vip },
      steps: [
        [1, launch('a', { roles: ['vip'] })],
        [2, launch('b', { roles: ['vip'] })],
        [60, { kind: 'stop', name: 'a' }],
      ],
    });

    expect(report.violations).toEqual([]);
    expect(report.moves.map(({ to }) => to)).toEqual(['a', 'b']);
    const moved = report.lines.flatMap((line) => / (Assign\w+|Change\w+) \{/.exec(line)?.[1] ?? []);
    expect(moved.slice(0, 2)).toEqual(['AssignPrivateIpAddresses', 'ChangeResourceRecordSets']);
  });

  it('functions that cannot reach anything at first do their work once they can', async () => {
    const report = await tell({
      roles: { db },
      resyncMinutes: 60,
      storms: [{ fromMs: 0, untilMs: 100_000, chances: { reset: 1 } }],
      steps: [[1, launch('a')]],
      endMs: 500_000,
    });

    expect(report.violations).toEqual([]);
    expect(report.moves).toMatchObject([{ to: 'a' }]);
  });

  it('an address that somebody took for something else is left there, and comes back when it is given back', async () => {
    const report = await tell({
      roles: { db },
      resyncMinutes: 1,
      steps: [
        [1, launch('a')],
        [2, launch('stranger', { roles: [] })],
        [60, { kind: 'steal', elasticIp: '$eip0', name: 'stranger' }],
        [70, { kind: 'terminate', name: 'a' }],
        [71, launch('b')],
        [300, { kind: 'give-back', elasticIp: '$eip0' }],
      ],
    });

    expect(report.violations).toEqual([]);
    expect(report.moves.at(-1)?.to).toBe('b');
  });

  it('an instance that is not allowed gets nothing, however it is tagged', async () => {
    const report = await tell({
      roles: { db: { ...db, allow: { subnets: ['$subnetB'] } } },
      steps: [
        [1, launch('intruder', { subnet: '$subnetA' })],
        [30, launch('rightful', { subnet: '$subnetB' })],
      ],
    });

    expect(report.violations).toEqual([]);
    expect(report.moves.map(({ to }) => to)).toEqual(['rightful']);
  });

  it('an instance that a Spot warning announces hands over before it goes', async () => {
    const report = await tell({
      roles: { db },
      resyncMinutes: 60,
      steps: [
        [1, launch('a')],
        [2, launch('b')],
        [60, { kind: 'interrupt', name: 'a' }],
      ],
      endMs: 300_000,
    });

    expect(report.violations).toEqual([]);
    expect(report.moves.map(({ to }) => to)).toEqual(['a', 'b']);
    expect(report.moves[1]?.atMs).toBeLessThan(70_000);
  });
});

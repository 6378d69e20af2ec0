import { describe, expect, it } from 'vitest';
import { me, Office } from '../office.ts';

async function anOffice() {
  const office = await Office.open();
  await office.applyDb();
  const lead = await office.launch('db');
  await office.wake('db');
  const understudy = await office.launch('db', 1);
  return { office, lead, understudy };
}

describe('understudy pin and unpin', () => {
  it('moves the role to the pinned candidate and keeps it there', async () => {
    const { office: opened, lead, understudy } = await anOffice();
    await using office = opened;

    const pinned = await office.run(`pin db ${understudy} --wait`);
    const failover = await office.run('failover db');
    const unpinned = await office.run('unpin db --wait');

    expect(pinned.exitCode).toBe(0);
    expect(pinned.stderr).toContain(`pinned db to ${understudy}\n`);
    expect(failover.stderr).toBe(
      `error: "db" is pinned to ${understudy} by ${me}\nhint: understudy unpin db first\n`,
    );
    expect(unpinned.exitCode).toBe(0);
    expect(await office.holder()).toBe(understudy);
    expect((await office.read('history db'))['entries']).toMatchObject([
      { outcome: 'noop', cause: `unpin of db from ${understudy} by ${me}` },
      { from: lead, to: understudy, cause: `pin of db to ${understudy} by ${me}` },
      { to: lead },
    ]);
  });

  it('leaves a line in the history when nothing moves', async () => {
    const { office: opened, lead } = await anOffice();
    await using office = opened;

    await office.run(`pin db ${lead}`);
    const again = await office.run(`pin db ${lead}`);

    expect(again.stdout).toBe(`db is pinned to ${lead} by ${me} already; nothing to do\n`);
    expect((await office.read('history db --limit 1'))['entries']).toMatchObject([
      { outcome: 'noop', cause: `pin of db to ${lead} by ${me}`, from: lead, to: lead },
    ]);
    expect(await office.read('status db')).toMatchObject({
      roles: [{ pinned: { instanceId: lead, by: me } }],
    });
  });

  it('says that there is no pin to take back', async () => {
    const { office: opened } = await anOffice();
    await using office = opened;

    expect((await office.run('unpin db')).stdout).toBe('db is not pinned; nothing to do\n');
  });
});

describe('understudy freeze and thaw', () => {
  it('has the controller change nothing until the thaw, and then what was to be done', async () => {
    const { office: opened, lead, understudy } = await anOffice();
    await using office = opened;

    const frozen = await office.run('freeze db');
    await office.terminate(lead);
    await office.wake('db');
    const between = await office.holder();
    const status = await office.run('status db');
    const failover = await office.run('failover db');
    const thawed = await office.run('thaw db --wait');

    expect(frozen.stdout).toBe('froze db\nnobody steps in for its holder before understudy thaw db\n');
    expect(between).toBe(lead);
    expect(status.exitCode).toBe(3);
    expect(status.stdout).toContain(`db frozen: ${lead} is terminated, and ${understudy} is elected`);
    expect(status.stdout).toContain(`db frozen by ${me}, 3m ago`);
    expect(failover.stderr).toContain('understudy thaw db first');
    expect(thawed.exitCode).toBe(0);
    expect(await office.holder()).toBe(understudy);
    expect((await office.read('history db'))['entries']).toMatchObject([
      { from: lead, to: understudy, cause: `thaw of db by ${me}` },
      { outcome: 'noop', cause: `freeze of db by ${me}` },
      { to: lead },
    ]);
  });

  it('says that it is frozen already, or not', async () => {
    const { office: opened } = await anOffice();
    await using office = opened;

    const notFrozen = await office.run('thaw db');
    await office.run('freeze db');
    const frozen = await office.run('freeze db');

    expect(notFrozen.stdout).toBe('db is not frozen; nothing to do\n');
    expect(frozen.stdout).toBe(`db was frozen by ${me} 0s ago; nothing to do\n`);
  });
});

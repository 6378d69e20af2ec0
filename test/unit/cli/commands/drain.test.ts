import { describe, expect, it } from 'vitest';
import { me, Office } from '../office.ts';

describe('understudy drain', () => {
  it('hands over every role that the instance holds', async () => {
    await using office = await Office.open();
    await office.applyDb();
    const lead = await office.launch('db');
    await office.wake('db');
    const understudy = await office.launch('db', 1);

    const answer = await office.run(`drain ${lead} --wait`);

    expect(answer.exitCode).toBe(0);
    expect(answer.stderr).toContain(`drained ${lead}\n  db: held by ${understudy} next\n`);
    expect(await office.holder()).toBe(understudy);
    expect((await office.read('history db --limit 1'))['entries']).toMatchObject([
      { from: lead, to: understudy, cause: `drain of ${lead} by ${me}` },
    ]);
    expect((await office.run('status')).stdout).toContain(`db ${lead} drained by ${me}, 1s ago\n`);
  });

  it('lets the instance keep a role for which there is nobody, and says so', async () => {
    await using office = await Office.open();
    await office.applyDb();
    const lead = await office.launch('db');
    await office.wake('db');

    const answer = await office.run(`drain ${lead}`);
    await office.takeMessages();

    expect(answer).toMatchObject({ exitCode: 0 });
    expect(answer.stdout).toBe(`drained ${lead}\n  db: it keeps it until somebody can step in\n`);
    expect(await office.holder()).toBe(lead);
    expect((await office.read('history db --limit 1'))['entries']).toMatchObject([
      { outcome: 'noop', cause: `drain of ${lead} by ${me}` },
    ]);
  });

  it('is remembered for an instance that asks for no role yet', async () => {
    await using office = await Office.open();
    await office.applyDb();
    const idle = await office.launch();

    const answer = await office.run(`drain ${idle}`);
    const again = await office.run(`drain ${idle}`);

    expect(answer.stdout).toContain('it asks for no role; should it, others go before it');
    expect(again.stdout).toBe(`${idle} is drained by ${me}; nothing to do\n`);
  });
});

describe('understudy undrain', () => {
  it('makes the instance a candidate like any other again', async () => {
    await using office = await Office.open();
    await office.applyDb();
    const lead = await office.launch('db');
    await office.wake('db');
    await office.run(`drain ${lead} --wait --timeout 1`);
    office.clock.advanceBy(60_000);

    const answer = await office.run(`undrain ${lead} --wait`);
    const again = await office.run(`undrain ${lead}`);

    expect(answer.exitCode).toBe(0);
    expect(answer.stderr).toContain(`undrained ${lead}, which was drained by ${me}\n`);
    expect(again.stdout).toBe(`${lead} is not drained; nothing to do\n`);
    expect(await office.read('status db')).toMatchObject({ roles: [{ state: 'ok', drained: [] }] });
    expect((await office.read('history db --limit 1'))['entries']).toMatchObject([
      { outcome: 'noop', cause: `undrain of ${lead} by ${me}` },
    ]);
  });
});

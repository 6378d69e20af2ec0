import { describe, expect, it } from 'vitest';
import { me, Office } from '../office.ts';

/** `db` held by the lead, and an understudy. */
async function anOffice() {
  const office = await Office.open();
  await office.applyDb();
  const lead = await office.launch('db');
  await office.wake('db');
  const understudy = await office.launch('db', 1);
  return { office, lead, understudy };
}

describe('understudy failover', () => {
  it('asks the controller, moves nothing itself, and the history says who asked', async () => {
    const { office: opened, lead, understudy } = await anOffice();
    await using office = opened;
    const { sequence } = office;

    const answer = await office.run('failover db');
    const writes = office.writesSince(sequence);
    const [message] = await office.takeMessages();

    expect(answer).toMatchObject({ exitCode: 0, stderr: '' });
    expect(answer.stdout).toBe(`asked for a failover of db from ${lead} to ${understudy}\n`);
    expect(writes).toEqual(['UpdateItem', 'SendMessage']);
    expect(JSON.parse(message ?? '')).toMatchObject({
      source: 'understudy',
      'detail-type': 'Operator Request',
      detail: { roles: ['db'], words: `failover of db by ${me}` },
    });
    expect(await office.holder()).toBe(understudy);
    expect((await office.read('history db'))['entries']).toMatchObject([
      { from: lead, to: understudy, cause: `failover of db by ${me}`, outcome: 'converged' },
      { to: lead },
    ]);
  });

  it('waits until the role is there, and tells how it goes', async () => {
    const { office: opened, lead, understudy } = await anOffice();
    await using office = opened;

    const answer = await office.run(`failover db --to ${understudy} --wait`);

    expect(answer.exitCode).toBe(0);
    expect(answer.stderr.split('\n')).toEqual([
      `asked for a failover of db from ${lead} to ${understudy}`,
      `db: ${lead} holds it, generation 1`,
      `db: ${understudy} holds it, generation 2`,
      '',
    ]);
    expect(answer.stdout).toBe(`db ok, ${understudy} holds it, generation 2\n`);
  });

  it('is one document with --json, whose waiting is over when it is done', async () => {
    const { office: opened, lead, understudy } = await anOffice();
    await using office = opened;

    const { stdout, stderr } = await office.run('failover db --wait --json');

    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject({
      role: 'db',
      from: lead,
      to: understudy,
      by: me,
      moves: true,
      done: true,
      roles: [{ role: 'db', state: 'ok', holder: understudy }],
    });
  });

  it('says why it is not done when time runs out', async () => {
    const { office: opened, understudy } = await anOffice();
    await using office = opened;
    office.isControllerAwake = false;

    const answer = await office.run('failover db --wait --timeout 3');

    expect(answer.exitCode).toBe(3);
    expect(answer.stdout).toContain('not done within 3 s; it goes on without the command');
    expect(answer.stdout).toContain(`${understudy} is elected`);
  });

  it('is nothing to do where the role is already', async () => {
    const { office: opened, lead } = await anOffice();
    await using office = opened;
    const { sequence } = office;

    const answer = await office.run(`failover db --to ${lead}`);

    expect(answer).toMatchObject({ exitCode: 0, stdout: `${lead} holds db already; nothing to do\n` });
    expect(office.writesSince(sequence)).toEqual([]);
  });

  it('refuses what cannot be, with what would help, and writes nothing', async () => {
    const { office: opened } = await anOffice();
    await using office = opened;
    const stranger = await office.launch();
    const { sequence } = office;

    const unknownRole = await office.run('failover nothing');
    const noCandidate = await office.run(`failover db --to ${stranger} --force`);
    const noSlot = await office.run('failover db --slot 1');

    expect(unknownRole).toMatchObject({ exitCode: 2, stdout: '' });
    expect(noCandidate).toMatchObject({ exitCode: 2, stdout: '' });
    expect(noCandidate.stderr).toBe(
      `error: ${stranger} is no candidate for "db": it does not carry the tag\nhint: understudy claim db ${stranger} makes it one\n`,
    );
    expect(noSlot.stderr).toContain('"db" has no slot 1');
    expect(office.writesSince(sequence)).toEqual([]);
  });

  it('asks for somebody who is not ready only with --force, and then the history has the words', async () => {
    await using office = await Office.open();
    await office.applyDb();
    const lead = await office.launch('db');
    await office.wake('db');

    const refused = await office.run('failover db');
    const declined = await office.run('failover db', { isAtTerminal: true, input: 'n\n' });
    const forced = await office.run('failover db --force');
    await office.takeMessages();

    expect(refused).toMatchObject({ exitCode: 2 });
    expect(refused.stderr).toContain('nobody is ready to step in for "db": it has no other candidate');
    expect(refused.stderr).toContain('--force');
    expect(declined).toMatchObject({ exitCode: 1, stdout: '' });
    expect(forced.stdout).toContain('whoever is ready first');
    expect(await office.holder()).toBe(lead);
    expect((await office.read('history db'))['entries']).toMatchObject([
      { cause: `failover of db by ${me}`, outcome: 'noop', from: lead, to: lead },
      { outcome: 'converged' },
    ]);
  });

  it('wants to know which slot of a group', async () => {
    await using office = await Office.open();
    await office.applyDb({
      slots: 2,
      addresses: [],
      records: [{ zone: 'corp.internal', name: 'web-{slot}.corp.internal', value: 'privateIp' }],
    });
    const first = await office.launch('db');
    const second = await office.launch('db');
    await office.wake('db');
    const third = await office.launch('db');

    const unclear = await office.run('failover db');
    const clear = await office.run('failover db --slot 1 --wait');
    const across = await office.run(`failover db --slot 1 --to ${await office.holder('db', 0)}`);

    expect(unclear.stderr).toContain('--slot 0 to 1 says which');
    expect(clear.exitCode).toBe(0);
    expect([first, second]).toContain(await office.holder('db', 0));
    expect(await office.holder('db', 1)).toBe(third);
    expect(across.stderr).toContain('nobody is moved from one slot to another');
  });

  it('says that it is asked when the queue is not there: the next resync does it', async () => {
    const { office: opened } = await anOffice();
    await using office = opened;

    const answer = await office.run('failover db --queue elsewhere --json');

    expect(answer.exitCode).toBe(1);
    expect(JSON.parse(answer.stderr)).toMatchObject({
      error: { code: 'QueueMissing', hint: expect.stringContaining('the next resync') },
    });
    expect((await office.state()).words.failover).toMatchObject({ slot: 0, by: me });
  });
});

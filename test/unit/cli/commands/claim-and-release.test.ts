import { describe, expect, it } from 'vitest';
import { me, Office } from '../office.ts';

describe('understudy claim', () => {
  it('tags the instance, beside what it asks for already, and moves the role to it', async () => {
    await using office = await Office.open();
    await office.applyDb();
    const lead = await office.launch('db');
    await office.wake('db');
    const other = await office.launch('web', 1);

    const answer = await office.run(`claim db ${other} --wait`);

    expect(answer.exitCode).toBe(0);
    expect(answer.stderr).toContain(`tagged ${other} with role=web,db\n`);
    expect(answer.stderr).toContain(`asked that ${other} holds db instead of ${lead}\n`);
    expect(await office.tagOf(other)).toBe('web,db');
    expect(await office.holder()).toBe(other);
    expect((await office.read('history db --limit 1'))['entries']).toMatchObject([
      { from: lead, to: other, cause: `claim of db for ${other} by ${me}` },
    ]);
  });

  it('is nothing to do for whoever holds the role', async () => {
    await using office = await Office.open();
    await office.applyDb();
    const lead = await office.launch('db');
    await office.wake('db');
    const { sequence } = office;

    const answer = await office.run(`claim db ${lead}`);

    expect(answer.stdout).toBe(`${lead} holds db already; nothing to do\n`);
    expect(office.writesSince(sequence)).toEqual([]);
  });

  it('refuses somebody who may not hold the role, or is not there, and tags nobody', async () => {
    await using office = await Office.open();
    await office.applyDb({ allow: { vpc: 'vpc-0123456789abcdef0' } });
    const stranger = await office.launch();
    const gone = await office.launch();
    await office.terminate(gone);

    const unauthorized = await office.run(`claim db ${stranger} --force`);
    const terminated = await office.run(`claim db ${gone}`);
    const unknown = await office.run('claim db i-0123456789abcdef0');
    const malformed = await office.run('claim db i-xyz');

    expect(unauthorized.exitCode).toBe(2);
    expect(unauthorized.stderr).toMatch(
      new RegExp(
        `error: ${stranger} cannot hold "db": refused because its VPC is .*\nhint: "allow" of the role`,
      ),
    );
    expect(await office.tagOf(stranger)).toBeUndefined();
    expect(terminated.stderr).toContain('an instance never comes back');
    expect(unknown.stderr).toContain('there is no instance i-0123456789abcdef0');
    expect(malformed).toMatchObject({ exitCode: 2 });
  });

  it('takes a free slot of a group, and wants to know whom to replace when there is none', async () => {
    await using office = await Office.open();
    await office.applyDb({
      slots: 2,
      addresses: [],
      records: [{ zone: 'corp.internal', name: 'web-{slot}.corp.internal', value: 'privateIp' }],
    });
    await office.launch('db');
    await office.wake('db');
    const [second, third] = [await office.launch(), await office.launch()];

    const free = await office.run(`claim db ${second} --wait`);
    const full = await office.run(`claim db ${third}`);

    expect(free.exitCode).toBe(0);
    expect(await office.holder('db', 1)).toBe(second);
    expect(full).toMatchObject({ exitCode: 2, stdout: '' });
    expect(full.stderr).toContain('all 2 slots of "db" are held');
  });
});

describe('understudy release', () => {
  it('takes the role out of the tag, and another candidate holds it', async () => {
    await using office = await Office.open();
    await office.applyDb();
    const lead = await office.launch('web,db');
    await office.wake('db');
    const understudy = await office.launch('db', 1);

    const answer = await office.run(`release db ${lead} --wait`);

    expect(answer.exitCode).toBe(0);
    expect(answer.stderr).toContain(
      `the tag role of ${lead} is web now\n${understudy} is to hold db instead\n`,
    );
    expect(await office.tagOf(lead)).toBe('web');
    expect(await office.holder()).toBe(understudy);
  });

  it('removes a tag of which nothing is left', async () => {
    await using office = await Office.open();
    await office.applyDb();
    const idle = await office.launch('db');

    const answer = await office.run(`release db ${idle}`);

    expect(answer.stdout).toBe(`removed the tag role of ${idle}\nit did not hold db\n`);
    expect(await office.tagOf(idle)).toBeUndefined();
  });

  it('leaves the role vacant only with --force', async () => {
    await using office = await Office.open();
    await office.applyDb();
    const lead = await office.launch('db');
    await office.wake('db');

    const refused = await office.run(`release db ${lead}`);
    const forced = await office.run(`release db ${lead} --force --wait`);

    expect(refused).toMatchObject({ exitCode: 2, stdout: '' });
    expect(refused.stderr).toContain(`nobody can step in for ${lead}, and "db" would be vacant`);
    expect(forced.exitCode).toBe(3);
    expect(forced.stdout).toBe('db vacant, nobody holds it, generation 2: no instance asks for it\n');
  });

  it('says that an instance does not ask for the role', async () => {
    await using office = await Office.open();
    await office.applyDb();
    const other = await office.launch('web');

    const answer = await office.run(`release db ${other}`);

    expect(answer.stderr).toBe(
      `error: ${other} does not ask for "db": its tag "role" is "web"\nhint: understudy explain db names its candidates\n`,
    );
  });
});

import { describe, expect, it } from 'vitest';
import { Office } from '../office.ts';

const records = [
  { zone: 'corp.internal', name: 'db.corp.internal', value: 'privateIp' },
  { zone: 'corp.internal', name: 'old.corp.internal', value: 'privateIp' },
];

const file = (spec: object) => JSON.stringify({ roles: { db: spec } });

describe('understudy roles apply', () => {
  it('warns of a role that anybody may hold, and says how to guard it', async () => {
    await using office = await Office.open();
    const guarded = { records, allow: { vpc: office.world.vpcId } };

    const open = await office.apply(file({ records }));
    const closed = await office.apply(file(guarded));

    expect(open.stdout).toContain('warning: "db" has no allow');
    expect(open.stdout).toContain('allow: { instanceProfile:');
    expect(closed.stdout).not.toContain('warning');
    expect(closed.stdout).toContain(`+ allow: { vpc: ${office.world.vpcId} }`);
  });

  it('says which records will be deleted, and asks a person first', async () => {
    await using office = await Office.open();
    await office.apply(file({ records }));
    await office.launch('db');
    await office.wake('db');
    const fewer = file({ records: records.slice(0, 1) });

    const dry = await office.apply(fewer, ' --dry-run');
    const declined = await office.run('roles apply -', { input: fewer, isAtTerminal: true });
    const unasked = await office.apply(fewer);
    await office.wake('db');

    expect(dry.stdout).toMatch(
      /These records would be deleted:\n {2}- old\.corp\.internal 60 A 10\.0\.1\.\d+ {2}of db\n/,
    );
    expect(declined).toMatchObject({ exitCode: 1, stdout: '' });
    expect(declined.stderr).toContain('This record will be deleted. Apply the file? [y/N]');
    expect(unasked.exitCode).toBe(0);
    const { roles } = JSON.parse((await office.run('status db --json')).stdout);
    expect(roles[0].slots[0].records).toHaveLength(1);
  });

  it('finds the zone of a VPC among those of one name', async () => {
    await using office = await Office.open();
    const zone = { name: 'corp.internal', vpc: office.world.vpcId };

    const answer = await office.apply(file({ records: [{ ...records[0], zone }] }));
    const shown = await office.run('roles show db');
    const again = await office.run('roles apply -', { input: shown.stdout });

    expect(answer).toMatchObject({ exitCode: 0 });
    expect(shown.stdout).toContain(`zone corp.internal in ${office.world.vpcId} is Z`);
    expect(again.stdout).toContain('0 roles written, 1 unchanged');
  });

  it('says where to look when no zone is public', async () => {
    await using office = await Office.open();
    const zone = { name: 'corp.internal', public: true };

    const answer = await office.apply(file({ records: [{ ...records[0], zone }] }));

    expect(answer.exitCode).toBe(2);
    expect(answer.stderr).toContain('"corp.internal (public)"');
  });

  it('refuses combinations that could never work, at their place', async () => {
    await using office = await Office.open();
    const cname = [{ zone: 'example.com', name: 'example.com', type: 'CNAME', values: ['a.example.org'] }];

    const answer = await office.apply(file({ records: cname }));

    expect(answer.exitCode).toBe(2);
    expect(answer.stderr).toContain('roles.db.records[0]');
  });
});

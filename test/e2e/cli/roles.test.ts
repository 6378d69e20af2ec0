import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateHostedZoneCommand } from '@aws-sdk/client-route-53';
import { describe, expect, it } from 'vitest';
import { LocalOperator } from './local-operator.ts';

describe('understudy roles', () => {
  it('applies a file, and writes nothing when it is applied again', async () => {
    await using operator = await LocalOperator.open();

    const first = await operator.apply(operator.rolesFile());
    const { sequence } = operator;
    const second = await operator.apply(operator.rolesFile());

    expect(first).toMatchObject({ exitCode: 0, stderr: '' });
    expect(first.stdout).toContain('2 roles written, 0 unchanged');
    expect(second.stdout).toContain('0 roles written, 2 unchanged');
    expect(operator.writesSince(sequence)).toEqual([]);
    expect(await operator.read('roles list')).toMatchObject({
      roles: [
        { role: 'db', version: 1, zoneIds: { 'example.com': operator.theatre.stage.world.publicZoneId } },
        { role: 'web', version: 1 },
      ],
    });
  });

  it('shows the difference field by field, and with --dry-run does no more', async () => {
    await using operator = await LocalOperator.open();
    await operator.apply(operator.rolesFile());
    const changed = operator.rolesFile().replace('ttl: 30', 'ttl: 20');

    const dry = await operator.apply(changed, ' --dry-run');
    const { sequence } = operator;
    const wet = await operator.apply(changed);

    expect(dry.stdout).toContain('    ~ records[db.corp.internal A].ttl: 30 -> 20\n');
    expect(dry.stdout).toContain('1 role would be written, 1 unchanged');
    expect(wet.stdout).toContain('~ db  changed, version 1 to 2');
    expect(operator.writesSince(sequence)).toEqual(['BatchWriteItem', 'PutItem']);
  });

  it('reads the file by its path', async () => {
    await using operator = await LocalOperator.open();
    const path = join(await mkdtemp(join(tmpdir(), 'understudy-')), 'roles.yaml');
    await writeFile(path, operator.rolesFile());

    const applied = await operator.read(`roles apply ${path}`);

    expect(applied).toMatchObject({
      file: path,
      dryRun: false,
      roles: [
        { role: 'db', difference: 'added', version: 1 },
        { role: 'web', difference: 'added', version: 1 },
      ],
    });
    expect(await operator.run('roles apply /not/there.yaml')).toMatchObject({
      exitCode: 2,
      stderr: 'error: /not/there.yaml cannot be read: there is no such file\n',
    });
  });

  it('shows a role as a file that changes nothing when it is applied', async () => {
    await using operator = await LocalOperator.open();
    await operator.apply(operator.rolesFile());

    const { stdout } = await operator.run('roles show db');
    const applied = await operator.apply(stdout);

    expect(stdout).toContain('name: db.corp.internal');
    expect(applied.stdout).toContain('0 roles written, 1 unchanged');
  });

  it('refuses an invalid file whole, and names every problem with its place', async () => {
    await using operator = await LocalOperator.open();
    const { allocationId, publicZoneId } = operator.theatre.stage.world;
    const file = `${operator.rolesFile()}  bad:
    addresses: [{ elasticIp: ${allocationId} }]
    records:
      - { zone: nowhere.org, name: a.nowhere.org, value: privateIp }
      - { zone: ${publicZoneId}, name: example.com, value: elasticIpName }
      - { zone: example.com, name: db.example.com, value: elasticIp }
`;

    const answer = await operator.apply(file, ' --json');

    const { error } = JSON.parse(answer.stderr);
    expect(answer).toMatchObject({ exitCode: 2, stdout: '' });
    expect(error.code).toBe('InvalidRolesFile');
    expect(error.problems.map(({ path, line }: { path: string; line: number }) => [path, line])).toEqual([
      ['roles.bad.addresses[0].elasticIp', 12],
      ['roles.bad.records[0].zone', 14],
      ['roles.bad.records[1].value', 15],
      ['roles.bad.records[2].name', 16],
    ]);
    expect(await operator.read('roles list')).toEqual({ roles: [] });
  });

  it('asks for the id of a zone whose name is not enough, and takes it', async () => {
    await using operator = await LocalOperator.open();
    const { clients, world } = operator.theatre.stage;
    await clients.route53.send(
      new CreateHostedZoneCommand({
        Name: 'example.com',
        CallerReference: 'inside',
        VPC: { VPCId: world.vpcId, VPCRegion: 'eu-west-1' },
      }),
    );

    const byName = await operator.apply(operator.rolesFile());
    const byId = await operator.apply(
      operator.rolesFile().replace('zone: example.com', `zone: ${world.publicZoneId}`),
    );

    expect(byName.exitCode).toBe(2);
    expect(byName.stderr).toContain(`${world.publicZoneId} (public)`);
    expect(byName.stderr).toContain(`(private, in ${world.vpcId})`);
    expect(byId.exitCode).toBe(0);
  });

  it('refuses what a role that is defined already has', async () => {
    await using operator = await LocalOperator.open();
    await operator.apply(operator.rolesFile());
    const { allocationId } = operator.theatre.stage.world;

    const answer = await operator.apply(`roles: { other: { addresses: [{ elasticIp: ${allocationId} }] } }`);

    expect(answer).toMatchObject({ exitCode: 2 });
    expect(answer.stderr).toContain('the role "db" has this one');
  });

  it('removes a role only when it is sure, and leaves its address and records', async () => {
    await using operator = await LocalOperator.open();
    await operator.apply(operator.rolesFile());
    const lead = await operator.theatre.launch('db');

    const unasked = await operator.run('roles remove db');
    const declined = await operator.run('roles remove db', { isAtTerminal: true, input: 'n\n' });
    const stillThere = await operator.run('roles show db');
    const confirmed = await operator.run('roles remove db', { isAtTerminal: true, input: 'y\n' });

    expect(unasked).toMatchObject({ exitCode: 2, stdout: '' });
    expect(unasked.stderr).toContain('--yes');
    expect(declined).toMatchObject({ exitCode: 1, stdout: '' });
    expect(stillThere.exitCode).toBe(0);
    expect(confirmed.stdout).toContain('addresses and records stay as they are');
    expect(await operator.run('roles show db')).toMatchObject({ exitCode: 2 });
    expect(await operator.theatre.elasticIpAt()).toBe(lead);
    expect(await operator.theatre.record()).toBe(await operator.theatre.privateIpOf(lead));
    expect(await operator.run('roles remove web --yes')).toMatchObject({ exitCode: 0 });
    expect((await operator.run('roles list')).stdout).toContain('no roles are defined');
  });
});

import { AssociateAddressCommand } from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import { LocalOperator } from './local-operator.ts';

describe('understudy status, plan and history', () => {
  it('follows a role from vacant over its holder to its understudy', async () => {
    await using operator = await LocalOperator.open();
    const { theatre } = operator;
    await operator.apply(operator.rolesFile());

    const before = await operator.run('status db');
    const lead = await theatre.launch('db');
    const held = await operator.run('status db');
    const understudy = await theatre.launch('db', 1);
    await theatre.terminate(lead);
    const moved = await operator.read('status db');

    expect(before.exitCode).toBe(3);
    expect(before.stdout).toContain('db vacant: no instance asks for it');
    expect(held).toMatchObject({ exitCode: 0, stderr: '' });
    expect(held.stdout).toMatch(new RegExp(`db +ok +${lead} +1 `));
    expect(moved).toMatchObject({
      roles: [
        {
          role: 'db',
          state: 'ok',
          holder: understudy,
          generation: 2,
          slots: [
            {
              addresses: [{ kind: 'elasticIp', address: theatre.stage.world.publicIp, on: understudy }],
              records: [
                { zone: 'example.com', name: 'db.example.com', type: 'CNAME', asDesired: true },
                { name: 'db.corp.internal', values: [await theatre.privateIpOf(understudy)] },
              ],
            },
          ],
        },
      ],
    });
  });

  it('plans what the next reconcile would do, writes nothing, and is right', async () => {
    await using operator = await LocalOperator.open();
    const { theatre } = operator;
    await operator.apply(operator.rolesFile());
    const lead = await theatre.launch('db');
    const other = await theatre.launch(undefined, 1);
    const { clients, world } = theatre.stage;
    await clients.ec2.send(
      new AssociateAddressCommand({
        AllocationId: world.allocationId,
        InstanceId: other,
        AllowReassociation: true,
      }),
    );
    const { sequence } = operator;

    const plan = await operator.run('plan db');

    expect(plan).toMatchObject({ exitCode: 3, stderr: '' });
    expect(plan.stdout).toContain('ElasticIpNotOurs');
    expect(plan.stdout).toContain(other);
    expect(operator.writesSince(sequence)).toEqual([]);
    expect((await operator.run('status db')).stdout).toContain(`${world.publicIp} with ${other}`);

    await operator.apply(
      operator.rolesFile().replace(world.allocationId, `${world.allocationId}\n        adopt: true`),
    );
    const adopting = await operator.run('plan db');
    await theatre.settle(400_000);

    expect(adopting.stdout).toContain(`~ associate ${world.publicIp} (${world.allocationId}) with ${lead}`);
    expect(await theatre.elasticIpAt()).toBe(lead);
    expect(await operator.run('plan db')).toMatchObject({ exitCode: 0 });
  });

  it('tells the history newest first, up to the limit, also of a role that was removed', async () => {
    await using operator = await LocalOperator.open();
    await operator.apply(operator.rolesFile());
    const nothingYet = await operator.run('history db');
    const lead = await operator.theatre.launch('db');
    const understudy = await operator.theatre.launch('db', 1);
    await operator.theatre.terminate(lead);

    const all = await operator.read('history db');
    await operator.run('roles remove db --yes');
    const last = await operator.run('history db --limit 1');

    expect(nothingYet).toMatchObject({ exitCode: 0, stdout: 'nothing has happened to "db" yet\n' });
    expect(all).toMatchObject({
      role: 'db',
      entries: [
        { generation: 2, from: lead, to: understudy, outcome: 'converged' },
        { generation: 1, from: null, to: lead },
      ],
    });
    expect(last.stdout).toContain(`-> ${understudy}`);
    expect(last.stdout).not.toContain('nobody');
    expect(await operator.run('history nobody-knows')).toMatchObject({ exitCode: 2 });
  });

  it('goes on with the other roles when one cannot be read', async () => {
    await using operator = await LocalOperator.open();
    await operator.apply(operator.rolesFile());
    operator.theatre.stage.cloud.faults.add({
      service: 'route53',
      operation: 'ListResourceRecordSets',
      nth: 1,
      timesMax: 1,
      fault: { kind: 'error', code: 'NoSuchHostedZone', message: 'gone', status: 404 },
    });

    const answer = await operator.run('status');

    expect(answer.exitCode).toBe(3);
    expect(answer.stdout).toContain('unreadable');
  });

  it('names a role that is not defined', async () => {
    await using operator = await LocalOperator.open();

    for (const command of [
      'status nobody',
      'plan nobody',
      'roles show nobody',
      'roles remove nobody --yes',
    ]) {
      const answer = await operator.run(command);

      expect(answer).toMatchObject({ exitCode: 2, stdout: '' });
      expect(answer.stderr).toContain('no role "nobody" is defined');
    }
  });
});

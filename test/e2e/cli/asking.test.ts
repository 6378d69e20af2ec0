import { describe, expect, it } from 'vitest';
import { LocalOperator } from './local-operator.ts';

const me = 'arn:aws:iam::123456789012:user/localcloud';

/** `db` held by the lead, and an understudy, past the cooldown. */
async function anOperator() {
  const operator = await LocalOperator.open();
  await operator.apply(operator.rolesFile());
  const lead = await operator.theatre.launch('db');
  const understudy = await operator.theatre.launch('db', 1);
  await operator.theatre.settle(120_000);
  return { operator, lead, understudy };
}

describe('what an operator asks goes through the deployed controller', () => {
  it('moves address and records at a failover, and says who asked', async () => {
    const { operator: opened, lead, understudy } = await anOperator();
    await using operator = opened;
    const { theatre } = operator;

    const answer = await operator.run('failover db --wait');

    expect(answer).toMatchObject({
      exitCode: 0,
      stdout: `db ok, ${understudy} holds it, generation 2\n`,
    });
    expect(await theatre.elasticIpAt()).toBe(understudy);
    expect(await theatre.record()).toBe(await theatre.privateIpOf(understudy));
    expect(await operator.read('history db --limit 1')).toMatchObject({
      entries: [{ from: lead, to: understudy, cause: `failover of db by ${me}` }],
    });
    expect((await operator.run('history db -v --limit 1')).stdout).toContain(`- ${lead} ready to step in`);
  });

  it('moves a role to an instance that it tags, and away from one whose tag it takes', async () => {
    const { operator: opened, understudy } = await anOperator();
    await using operator = opened;
    const { theatre } = operator;
    const other = await theatre.launch(undefined, 1);

    const claimed = await operator.run(`claim db ${other} --wait`);
    const heldBy = await theatre.elasticIpAt();
    await theatre.settle(120_000);
    const released = await operator.run(`release db ${other} --wait`);

    expect(claimed.exitCode).toBe(0);
    expect(heldBy).toBe(other);
    expect(released.exitCode).toBe(0);
    expect(await theatre.elasticIpAt()).not.toBe(other);
    expect(understudy).not.toBe(other);
  });

  it('hands over from an instance that is drained, and keeps it out until it is undrained', async () => {
    const { operator: opened, lead, understudy } = await anOperator();
    await using operator = opened;

    const drained = await operator.run(`drain ${lead} --wait`);
    const explained = await operator.run('explain db');
    const undrained = await operator.run(`undrain ${lead} --wait`);

    expect(drained.exitCode).toBe(0);
    expect(await operator.theatre.elasticIpAt()).toBe(understudy);
    expect(explained.stdout).toContain(`${lead} drained by ${me}`);
    expect(explained.stdout).toMatch(new RegExp(`leaving +${lead} +leaving since .*: drained by`));
    expect(undrained).toMatchObject({ exitCode: 0 });
  });

  it('changes nothing of a frozen role, and keeps a pinned one where it is', async () => {
    const { operator: opened, lead, understudy } = await anOperator();
    await using operator = opened;
    const { theatre } = operator;

    await operator.run('freeze db');
    await theatre.terminate(lead);
    const frozen = await operator.run('status db');
    const addressOf = await theatre.elasticIpAt();
    const thawed = await operator.run('thaw db --wait');
    const pinned = await operator.run(`pin db ${understudy} --wait`);
    await theatre.launch('db');

    expect(frozen).toMatchObject({ exitCode: 3 });
    expect(frozen.stdout).toContain(`db frozen by ${me}`);
    expect(addressOf).toBeUndefined();
    expect(thawed).toMatchObject({ exitCode: 0 });
    expect(pinned).toMatchObject({ exitCode: 0 });
    expect(await theatre.elasticIpAt()).toBe(understudy);
    expect((await operator.run('failover db')).stderr).toContain('understudy unpin db');
  });

  it('names a claimant that may not hold the role, and gives it nothing', async () => {
    await using operator = await LocalOperator.open();
    const { theatre } = operator;
    const file = operator
      .rolesFile()
      .replace('  web:', `    allow: { subnets: ${theatre.stage.world.subnetIds[0]} }\n  web:`);
    await operator.apply(file);
    const stranger = await theatre.launch('db', 1);

    const status = await operator.run('status db');
    const claim = await operator.run(`claim db ${stranger} --force`);

    expect(status.stdout).toContain(`db refused claimant ${stranger}: refused because its subnet is`);
    expect(claim.stderr).toContain('"allow" of the role says who may');
    expect(await theatre.elasticIpAt()).toBeUndefined();
  });
});

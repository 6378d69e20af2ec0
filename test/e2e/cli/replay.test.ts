import { DisableRuleCommand, EnableRuleCommand } from '@aws-sdk/client-eventbridge';
import { describe, expect, it } from 'vitest';
import { LocalOperator } from './local-operator.ts';

const archiveLagMs = 660_000;

/** While its rules were disabled, the holder of db ended: the archive knows, the controller does not. */
async function openAfterLostEvents() {
  const operator = await LocalOperator.open();
  const { theatre } = operator;
  await operator.apply(operator.rolesFile());
  const lead = await theatre.launch('db');
  const understudy = await theatre.launch('db', 1);
  const { events } = theatre.stage.clients;
  for (const Name of ['understudy-resync', 'understudy-ec2-state-change']) {
    await events.send(new DisableRuleCommand({ Name }));
  }
  // A pass that was due already is over then.
  await theatre.settle();
  await theatre.terminate(lead);
  await theatre.settle(archiveLagMs);
  await events.send(new EnableRuleCommand({ Name: 'understudy-ec2-state-change' }));
  return { operator, theatre, lead, understudy };
}

describe('understudy replay', () => {
  it('brings back what was lost, and tells what moved', async () => {
    const { operator: opened, theatre, lead, understudy } = await openAfterLostEvents();
    await using operator = opened;
    const before = await theatre.elasticIpAt();

    const answer = await operator.run('replay --since 1h --role db --wait');

    expect(before).toBeUndefined();
    expect(answer.exitCode).toBe(0);
    expect(answer.stderr).toMatch(/replaying events from .* to 9 rules as understudy-/);
    expect(answer.stderr).toContain('last ten minutes may not be in the archive yet');
    expect(answer.stderr).toContain('--role only chooses what is shown');
    expect(answer.stderr).toMatch(/running|completed, events up to/);
    expect(answer.stdout).toContain(`${lead} -> ${understudy}, converged`);
    expect(await theatre.elasticIpAt()).toBe(understudy);
    expect(await theatre.deadLetters()).toBe(0);
  });

  it('shows with --dry-run what would change, and changes nothing', async () => {
    const { operator: opened, theatre, understudy } = await openAfterLostEvents();
    await using operator = opened;
    const { sequence } = operator;

    const answer = await operator.run('replay --since 1h --dry-run');

    expect(answer).toMatchObject({ exitCode: 0, stderr: '' });
    expect(answer.stdout).toContain('Events only wake the controller');
    expect(answer.stdout).toContain(`with ${understudy}`);
    expect(operator.writesSince(sequence)).toEqual([]);
    expect(await theatre.elasticIpAt()).toBeUndefined();
  });

  it('refuses what the archive cannot have', async () => {
    await using operator = await LocalOperator.open();

    const old = await operator.run('replay --since 15d');
    const backwards = await operator.run('replay --since 1h --until 2h');
    const unreadable = await operator.run('replay --since yesterday');

    expect(old).toMatchObject({ exitCode: 2 });
    expect(old.stderr).toContain('14 days');
    expect(backwards).toMatchObject({ exitCode: 2 });
    expect(unreadable).toMatchObject({ exitCode: 2 });
    expect(unreadable.stderr).toContain('2h');
  });
});

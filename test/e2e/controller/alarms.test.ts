import { describe, expect, it } from 'vitest';
import { Alarm } from './alarm.ts';
import { Theatre } from './theatre.ts';

async function withUnderstudy(
  overrides: object = {},
): Promise<{ theatre: Theatre; lead: string; understudy: string }> {
  const theatre = await Theatre.open();
  await theatre.defineDb(overrides);
  const lead = await theatre.launch('db');
  const understudy = await theatre.launch('db', 1);
  // The cooldown of a minute since the first claim is over.
  await theatre.settle(60_000);
  return { theatre, lead, understudy };
}

describe('an alarm of an instance', () => {
  it('has the holder replaced while it still runs', async () => {
    const { theatre, lead, understudy } = await withUnderstudy();
    await using _ = theatre;
    const alarm = await Alarm.create(theatre, 'lag', { instanceId: lead });

    await alarm.becomes('ALARM');

    expect(await theatre.elasticIpAt()).toBe(understudy);
    expect(await theatre.record()).toBe(await theatre.privateIpOf(understudy));
    expect(await theatre.history()).toMatchObject([
      { cause: 'alarm lag ALARM', from: lead, to: understudy },
      {},
    ]);
  });

  it('leaves the role with an unhealthy holder while there is nobody better', async () => {
    const { theatre, lead, understudy } = await withUnderstudy();
    await using _ = theatre;
    const ofLead = await Alarm.create(theatre, 'lag-lead', { instanceId: lead });
    const ofUnderstudy = await Alarm.create(theatre, 'lag-understudy', { instanceId: understudy });

    await ofUnderstudy.becomes('ALARM');
    await ofLead.becomes('ALARM');
    await theatre.settle(120_000);

    expect(await theatre.elasticIpAt()).toBe(lead);
    expect(await theatre.slot()).toMatchObject({ generation: 1 });
  });

  it('does not give the role back when it is OK again', async () => {
    const { theatre, lead, understudy } = await withUnderstudy();
    await using _ = theatre;
    const alarm = await Alarm.create(theatre, 'lag', { instanceId: lead });

    await alarm.becomes('ALARM');
    await alarm.becomes('OK');
    await theatre.settle(120_000);

    expect(await theatre.slot()).toMatchObject({ holder: understudy, generation: 2 });
  });

  it('costs at most one move a cooldown when both instances flap, and a dead holder is replaced at once', async () => {
    const { theatre, lead, understudy } = await withUnderstudy({ election: { cooldown: '10m' } });
    await using _ = theatre;
    await theatre.settle(10 * 60_000);
    const ofLead = await Alarm.create(theatre, 'lag-lead', { instanceId: lead });
    const ofUnderstudy = await Alarm.create(theatre, 'lag-understudy', { instanceId: understudy });

    for (let times = 0; times < 5; times++) {
      await ofLead.becomes('ALARM');
      await ofLead.becomes('OK');
      await ofUnderstudy.becomes('ALARM');
      await ofUnderstudy.becomes('OK');
    }
    const flapping = await theatre.slot();
    await theatre.terminate(understudy);

    expect(flapping).toMatchObject({ holder: understudy, generation: 2 });
    expect(await theatre.slot()).toMatchObject({ holder: lead, generation: 3 });
  });

  it('waits for the end of the cooldown, and the resync sees to it', async () => {
    const { theatre, lead, understudy } = await withUnderstudy({ election: { cooldown: '5m' } });
    await using _ = theatre;
    const alarm = await Alarm.create(theatre, 'lag', { instanceId: lead });

    await alarm.becomes('ALARM');
    const during = await theatre.elasticIpAt();
    await theatre.settle(5 * 60_000);

    expect(during).toBe(lead);
    expect(await theatre.elasticIpAt()).toBe(understudy);
  });
});

describe('an alarm whose description names a role', () => {
  const description = 'No answer from the database. understudy:role=db See the runbook.';

  it('means whoever holds the role', async () => {
    const { theatre, understudy } = await withUnderstudy();
    await using _ = theatre;
    const alarm = await Alarm.create(theatre, 'no-answer', { description });

    await alarm.becomes('ALARM');

    expect(await theatre.elasticIpAt()).toBe(understudy);
  });

  it('does not mean the successor, for which it has not rung', async () => {
    const { theatre, understudy } = await withUnderstudy();
    await using _ = theatre;
    const alarm = await Alarm.create(theatre, 'no-answer', { description });

    await alarm.becomes('ALARM');
    await theatre.settle(3 * 60_000);

    expect(await theatre.slot()).toMatchObject({ holder: understudy, generation: 2 });
  });

  it('means the successor when it rings again', async () => {
    const { theatre, lead } = await withUnderstudy();
    await using _ = theatre;
    const alarm = await Alarm.create(theatre, 'no-answer', { description });
    await alarm.becomes('ALARM');
    await theatre.settle(60_000);

    await alarm.becomes('OK');
    await alarm.becomes('ALARM');

    expect(await theatre.slot()).toMatchObject({ holder: lead, generation: 3 });
  });

  it('that does not exist moves nothing', async () => {
    const { theatre, lead } = await withUnderstudy();
    await using _ = theatre;
    const alarm = await Alarm.create(theatre, 'no-answer', { description: 'understudy:role=web' });

    await alarm.becomes('ALARM');

    expect(await theatre.slot()).toMatchObject({ holder: lead, generation: 1 });
    expect(theatre.outcomes().at(-1)).toMatchObject({ role: 'web', outcome: 'ignored' });
  });
});

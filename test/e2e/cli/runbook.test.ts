import { EnableRuleCommand } from '@aws-sdk/client-eventbridge';
import { describe, expect, it } from 'vitest';
import { LocalOperator } from './local-operator.ts';
import { readRunbook } from './runbook.ts';
import type { Scene } from './runbook-scenes.ts';
import { scenes, setScene } from './runbook-scenes.ts';

const runbook = await readRunbook();

/** Runs one line of the runbook, as somebody would at night. */
async function follow({ operator, words }: Scene, line: string): Promise<void> {
  const [program, ...args] = line.split(' ').map((word) => words[word] ?? word);
  const { cloud, clients } = operator.theatre.stage;
  if (program === 'npx') {
    expect(args.shift()).toBe('understudy');
    const answer = await operator.run(args.join(' '));
    // What is wrong is no failure of the command, except that the doctor tells it by its exit code.
    expect(answer.exitCode, line).toBeOneOf(args[0] === 'doctor' ? [0, 1] : [0, 3]);
    expect(answer.stderr, line).not.toContain('error:');
  } else if (program === 'aws') {
    expect(args.slice(0, 3)).toEqual(['events', 'enable-rule', '--name']);
    await clients.events.send(new EnableRuleCommand({ Name: args[3] }));
  } else {
    expect(line).toBe('npm run deploy');
    // What was broken by faults is a version that works again.
    cloud.faults.clear();
  }
}

describe('docs/recovery.md', () => {
  it('has a scene for each of its sections', () => {
    expect(runbook.map(({ heading }) => heading)).toEqual(Object.keys(scenes));
  });

  it.each(runbook)('mends: $heading', async ({ heading, commands }) => {
    await using operator = await LocalOperator.open();
    const scene = await setScene(operator);
    const { prepare, ends } = scenes[heading] ?? { prepare: async () => undefined, ends: 'lead' };
    await prepare(scene);

    for (const command of commands) await follow(scene, command);
    // The next pass over all roles.
    await operator.theatre.settle(70_000);

    const { roles } = (await operator.read('status')) as {
      roles: readonly { role: string; state: string }[];
    };
    expect(roles.map(({ role, state }) => `${role} ${state}`)).toEqual(['db ok', 'web ok']);
    expect(await operator.theatre.elasticIpAt()).toBe(scene[ends]);
  });
});

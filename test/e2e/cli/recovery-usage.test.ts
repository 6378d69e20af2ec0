import { describe, expect, it } from 'vitest';
import { operate } from './operator.ts';

describe('the commands for when something went wrong', () => {
  it.each(['doctor', 'resync', 'replay', 'redrive', 'events send', 'adopt'])(
    'have help with examples: %s',
    async (command) => {
      const answer = await operate([...command.split(' '), '--help']);

      expect(answer).toMatchObject({ exitCode: 0, stderr: '' });
      expect(answer.stdout).toContain('Examples:\n  understudy ');
    },
  );

  it.each([
    ['replay', 'MissingMandatoryOptionValue'],
    ['replay --since 2', 'InvalidArgument'],
    ['redrive --max 0', 'InvalidArgument'],
    ['resync --role DB', 'InvalidArgument'],
    ['events send', 'MissingArgument'],
    ['events send /not/there.json', 'FileUnreadable'],
    ['adopt --file /not/there.yaml', 'FileUnreadable'],
  ])('refuse "%s" as %s', async (commandLine, code) => {
    const answer = await operate([...commandLine.split(' '), '--json']);

    expect(answer).toMatchObject({ exitCode: 2, stdout: '' });
    expect(JSON.parse(answer.stderr)).toMatchObject({ error: { code } });
  });
});

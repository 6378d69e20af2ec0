import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { commandSummaries } from '../../../cli/command-summaries.ts';
import { LocalOperator } from './local-operator.ts';
import { operate } from './operator.ts';

const commands = commandSummaries().map(({ name }) => name);

describe('the command line', () => {
  it.each(commands)('has help with examples for %s', async (command) => {
    const answer = await operate([...command.split(' '), '--help']);

    expect(answer).toMatchObject({ exitCode: 0, stderr: '' });
    expect(answer.stdout).toContain('Examples:\n  understudy ');
    expect(answer.stdout).toContain('--endpoint-url');
  });

  it('documents its exit codes', async () => {
    const { stdout } = await operate(['--help']);

    expect(stdout).toContain('Exit codes:\n  0  ');
    expect(stdout).toContain('\n  3  ');
  });

  it.each([
    ['statsu', 'UnknownCommand', 'Did you mean status?'],
    ['status --jsno', 'UnknownOption', 'Did you mean --json?'],
    ['roles show', 'MissingArgument', '--help'],
    ['roles show DB', 'InvalidArgument', '--help'],
    ['history db --limit 0', 'InvalidArgument', '--help'],
    ['status a b', 'ExcessArguments', '--help'],
  ])('refuses "%s" as %s, with a hint', async (commandLine, code, hint) => {
    const people = await operate(commandLine.split(' '));
    const programs = await operate([...commandLine.split(' '), '--json']);

    expect(people).toMatchObject({ exitCode: 2, stdout: '' });
    expect(people.stderr).toMatch(/^error: .*\nhint: .*\n$/);
    expect(programs).toMatchObject({ exitCode: 2, stdout: '' });
    expect(JSON.parse(programs.stderr)).toMatchObject({
      error: { code, hint: expect.stringContaining(hint) },
    });
  });

  it('shows its help when it is told nothing', async () => {
    const answer = await operate([]);

    expect(answer).toMatchObject({ exitCode: 2, stdout: '' });
    expect(answer.stderr).toContain('Usage: understudy');
  });

  it('says in one line that nobody listens, and shows a stack only with --debug', async () => {
    const options = { endpointUrl: 'http://127.0.0.1:1', env: { AWS_MAX_ATTEMPTS: '1' } };

    const plain = await operate(['status'], options);
    const debug = await operate(['status', '--debug'], options);
    const json = await operate(['status', '--debug', '--json'], options);

    expect(plain).toMatchObject({ exitCode: 1, stdout: '' });
    expect(plain.stderr).toBe(
      'error: connect ECONNREFUSED 127.0.0.1:1\nhint: nobody listens there; is localcloud running? npm start\n',
    );
    expect(debug.stderr).toContain('caused by');
    expect(JSON.parse(json.stderr)).toMatchObject({ error: { stacks: expect.arrayContaining([]) } });
  });

  it('names the table that is missing', async () => {
    await using operator = await LocalOperator.open();

    const answer = await operator.run('status --table elsewhere');

    expect(answer).toMatchObject({ exitCode: 1, stdout: '' });
    expect(answer.stderr).toContain('the table "elsewhere" does not exist');
  });

  it('starts as a program of its own and ends with its exit code', async () => {
    const bin = new URL('../../../cli/bin.mjs', import.meta.url).pathname;
    const start = promisify(execFile);

    const version = await start(process.execPath, [bin, '--version']);
    const wrong = start(process.execPath, [bin, 'statsu']);

    expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    await expect(wrong).rejects.toMatchObject({ code: 2, stdout: '' });
  });

  it('says what it needs when Node cannot run it', async () => {
    const bin = new URL('../../../cli/bin.mjs', import.meta.url).pathname;
    const start = promisify(execFile);

    const refused = start(process.execPath, ['--no-strip-types', bin, '--version'], {
      env: { NODE_OPTIONS: '--no-strip-types' },
    });

    await expect(refused).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('npm ci') });
  });
});

import { Readable } from 'node:stream';
import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { CreateQueueCommand } from '@aws-sdk/client-sqs';
import type { Command } from 'commander';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exitCodes } from '../../../cli/exit-codes.ts';
import { createProgram } from '../../../cli/program.ts';
import { Terminal } from '../../../cli/terminal.ts';
import { clientsOf } from '../../../demo/clients.ts';
import type { Cloud } from '../../../localcloud/cloud.ts';
import { createCloud } from '../../../localcloud/cloud.ts';
import { VirtualClock } from '../../../localcloud/core/clock.ts';
import type { HttpFront } from '../../../localcloud/front/http-server.ts';
import { startHttpFront } from '../../../localcloud/front/http-server.ts';
import { arbitraryText } from '../../builders/arbitrary-input.ts';
import { deepJson, longText } from '../../builders/hostile-input.ts';
import { instanceId } from '../../builders/observed.ts';
import type { Answer } from '../../e2e/cli/operator.ts';
import { operate } from '../../e2e/cli/operator.ts';

const nothing = { write: () => undefined };
const silent = new Terminal({ stdin: Readable.from([]), stdout: nothing, stderr: nothing }, false);
const program = createProgram(silent, async () => undefined);

/** Every command that does something, by its words. */
function leaves(
  command: Command,
  words: readonly string[],
): readonly { words: readonly string[]; command: Command }[] {
  if (command.commands.length === 0) return [{ words, command }];
  return command.commands.flatMap((each) => leaves(each, [...words, each.name()]));
}
const commands = leaves(program, []);

/** A file with a role that can be applied, others that cannot, and no files at all. */
const inputs = [
  '',
  'roles: { db: { records: [{ zone: corp.internal, name: db.corp.internal, value: privateIp }] } }',
  'roles: *nothing',
  `roles: ${deepJson}`,
  `[${deepJson}]`,
  '{}',
  longText,
  '\0',
];

const arbitraryWord = fc.oneof(
  fc.constantFrom(
    ...[
      'db',
      'constructor',
      'web',
      instanceId(1),
      'i-12345678',
      '-',
      '/',
      '/dev/null',
      'no/such/file',
      '',
      ' ',
      '--',
    ],
    ...[
      '-1',
      '0',
      '1',
      '999999999999',
      '1e3',
      '0x10',
      '30m',
      '7d',
      '2026-03-01T12:00:00Z',
      '9999-99-99T99:99:99Z',
    ],
    ...['999999d', longText, '\0', '\ud800', '*', '%s', '--json', '--debug', '-h'],
  ),
  arbitraryText,
);

/** A command with any of its options and of those of all commands, with any words for what they take. */
const arbitraryLine = fc.constantFrom(...commands).chain(({ words, command }) => {
  const options = [...command.options, ...program.options].filter(({ long }) => long !== '--endpoint-url');
  const some = fc
    .subarray(options, { maxLength: 4 })
    .chain((chosen) =>
      fc.tuple(
        ...chosen.map(({ long, required }) =>
          required
            ? arbitraryWord.map((word) => [long ?? '', long === '--timeout' ? '1' : word])
            : fc.constant([long ?? '']),
        ),
      ),
    );
  const takesTimeout = command.options.some(({ long }) => long === '--timeout');
  const args = fc.array(arbitraryWord, { maxLength: 1 + command.registeredArguments.length });
  return fc
    .tuple(some, args, fc.boolean())
    .map(([flags, positional, isJson]) => [
      ...words,
      ...positional,
      ...flags.flat(),
      ...(takesTimeout ? ['--timeout', '1'] : []),
      ...(isJson ? ['--json'] : []),
    ]);
});

let cloud: Cloud;
let front: HttpFront;
const clock = new VirtualClock();

beforeAll(async () => {
  cloud = createCloud({ region: 'eu-west-1', seed: 1, clock });
  front = await startHttpFront(cloud, { port: 0, host: '127.0.0.1' });
  const clients = clientsOf(cloud);
  const keys = ['pk', 'sk'];
  await clients.dynamodb.send(
    new CreateTableCommand({
      TableName: 'understudy',
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: keys.map((AttributeName, index) => ({
        AttributeName,
        KeyType: index === 0 ? 'HASH' : 'RANGE',
      })),
      AttributeDefinitions: keys.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    }),
  );
  await clients.sqs.send(new CreateQueueCommand({ QueueName: 'understudy-events' }));
});

afterAll(async () => {
  await cloud.close();
  await front.close();
});

function run(argv: readonly string[], input: string): Promise<Answer> {
  return operate(argv, {
    endpointUrl: front.url,
    input,
    now: () => clock.now(),
    sleep: async (durationMs) => clock.advanceBy(durationMs),
  });
}

const lengthMax = 30_000;

/** It went well, or says what is wrong in few words and where to look; it never shows its own inside unasked. */
function expectFewWords({ exitCode, stdout, stderr }: Answer, argv: readonly string[]): void {
  expect(Object.values(exitCodes)).toContain(exitCode);
  expect(stderr.length).toBeLessThan(lengthMax);
  expect(stdout.length).toBeLessThan(lengthMax);
  if (argv.includes('--debug')) return;
  expect(stderr).not.toMatch(/^\s+at .+:\d+/m);
  expect(stderr).not.toMatch(/TypeError|RangeError|ZodError|is not a function|Maximum call stack/);
  if (exitCode !== exitCodes.failure && exitCode !== exitCodes.usage) return;
  expect(stdout + stderr).not.toBe('');
  expect(stderr).not.toContain('"code": "Unexpected"');
}

describe('a command line', () => {
  it('of any words is done, or answered in few words', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryLine, fc.constantFrom(...inputs), async (argv, input) => {
        expectFewWords(await run(argv, input), argv);
      }),
      { numRuns: 120, timeout: 10_000 },
    );
  });

  it('that is no command at all is answered with one that is, or with where to look', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(arbitraryWord, { maxLength: 4 }), async (argv) => {
        expectFewWords(await run(argv, ''), argv);
      }),
      { numRuns: 60 },
    );
  });

  it.each(commands.map(({ words }) => words.join(' ')))(
    'of %s with words without end says so in few',
    async (words) => {
      const argv = [...words.split(' '), longText, longText, '--region', longText, '--table', longText];

      const answer = await run(argv, longText);

      expect(answer.exitCode).toBe(exitCodes.usage);
      expectFewWords(answer, argv);
    },
  );
});

describe('the environment of a command', () => {
  it('may say anything: the command is done, or answered in few words', async () => {
    const variable = fc.constantFrom(
      'AWS_REGION',
      'UNDERSTUDY_TABLE',
      'UNDERSTUDY_QUEUE',
      'FORCE_COLOR',
      'TERM',
      'NO_COLOR',
    );
    await fc.assert(
      fc.asyncProperty(fc.dictionary(variable, arbitraryWord), async (env) => {
        const argv = ['roles', 'list', '--json'];

        const answer = await operate(argv, { endpointUrl: front.url, env, now: () => clock.now() });

        expectFewWords(answer, argv);
      }),
      { numRuns: 40 },
    );
  });
});

import { Command } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import type { RunCommand } from './command-context.ts';
import { defineClaim } from './commands/claim.ts';
import { defineDrain } from './commands/drain.ts';
import { defineExplain } from './commands/explain.ts';
import { defineFailover } from './commands/failover.ts';
import { defineFreeze } from './commands/freeze.ts';
import { defineHistory } from './commands/history.ts';
import { definePin } from './commands/pin.ts';
import { definePlan } from './commands/plan.ts';
import { defineRelease } from './commands/release.ts';
import { defineRolesApply } from './commands/roles-apply.ts';
import { defineRolesList } from './commands/roles-list.ts';
import { defineRolesRemove } from './commands/roles-remove.ts';
import { defineRolesShow } from './commands/roles-show.ts';
import { defineStatus } from './commands/status.ts';
import { defineThaw } from './commands/thaw.ts';
import { defineUndrain } from './commands/undrain.ts';
import { defineUnpin } from './commands/unpin.ts';
import { examples } from './examples.ts';
import { exitCodeMeanings, exitCodes } from './exit-codes.ts';
import { textOption } from './option-parsers.ts';
import { defineRecovery } from './recovery-commands.ts';
import type { Terminal } from './terminal.ts';

/** The command line of `understudy`; each command's own part stands in its file. */
export function createProgram(terminal: Terminal, run: RunCommand): Command {
  const program = new Command('understudy')
    .description(
      'Says which roles there are, who should hold them, and shows where they stand. Understudy itself keeps the addresses and DNS records of each role with the instance that should hold it.',
    )
    .version(packageJson.version)
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    // Errors are told by main, in one form for people and one for programs.
    .configureOutput({
      writeOut: (text) => terminal.out(text),
      writeErr: (text) => terminal.error(text),
      outputError: () => undefined,
    });
  addGlobalOptions(program);
  program.commandsGroup('Roles:');
  const roles = program.command('roles').description('define, show and remove roles');
  defineRolesApply(roles, run);
  defineRolesList(roles, run);
  defineRolesShow(roles, run);
  defineRolesRemove(roles, run);
  program.commandsGroup('To look:');
  defineStatus(program, run);
  definePlan(program, run);
  defineExplain(program, run);
  defineHistory(program, run);
  program.commandsGroup('To say who holds a role; each goes through the same claim as any event:');
  defineFailover(program, run);
  defineClaim(program, run);
  defineRelease(program, run);
  definePin(program, run);
  defineUnpin(program, run);
  defineDrain(program, run);
  defineUndrain(program, run);
  defineFreeze(program, run);
  defineThaw(program, run);
  defineRecovery(program, run);
  return program.addHelpText('after', generalHelp());
}

function addGlobalOptions(program: Command): void {
  program
    .option(
      '--region <region>',
      "AWS region (AWS_REGION, AWS_DEFAULT_REGION, or the profile's)",
      textOption(),
    )
    .option('--profile <name>', 'profile of the shared AWS configuration files (AWS_PROFILE)', textOption())
    .option(
      '--endpoint-url <url>',
      'where AWS is, such as http://127.0.0.1:4566 (AWS_ENDPOINT_URL)',
      textOption(),
    )
    .option(
      '--table <name>',
      'DynamoDB table of Understudy (UNDERSTUDY_TABLE; "understudy" unless given)',
      textOption(255),
    )
    .option(
      '--queue <name>',
      'SQS queue of its events (UNDERSTUDY_QUEUE; the name of the table and "-events" unless given)',
      textOption(80),
    )
    .option(
      '--role-tag-key <key>',
      'key of the tag by which instances ask for roles',
      textOption(128),
      'role',
    )
    .option('--json', 'one JSON document on stdout; errors as one on stderr')
    .option('--debug', 'show where an error comes from');
}

function generalHelp(): string {
  const codes = Object.entries(exitCodes).map(
    ([name, code]) => `  ${code}  ${exitCodeMeanings[name as keyof typeof exitCodes]}`,
  );
  return [
    examples([
      ['understudy roles apply roles.yaml', 'define the roles of a file'],
      ['understudy status', 'who holds what, and is all as it should be'],
      ['understudy failover db --wait', 'give a role to another candidate'],
      ['understudy --endpoint-url http://127.0.0.1:4566 status', 'the same of localcloud (npm start)'],
    ]),
    '',
    'Endpoints on this machine need neither credentials nor region: without any, made-up keys and eu-west-1 are used.',
    '',
    'Exit codes:',
    ...codes,
  ].join('\n');
}

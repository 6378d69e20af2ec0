import { Command } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import type { RunCommand } from './command-context.ts';
import { defineHistory } from './commands/history.ts';
import { definePlan } from './commands/plan.ts';
import { defineRolesApply } from './commands/roles-apply.ts';
import { defineRolesList } from './commands/roles-list.ts';
import { defineRolesRemove } from './commands/roles-remove.ts';
import { defineRolesShow } from './commands/roles-show.ts';
import { defineStatus } from './commands/status.ts';
import { examples } from './examples.ts';
import { exitCodeMeanings, exitCodes } from './exit-codes.ts';
import { textOption } from './option-parsers.ts';
import type { Terminal } from './terminal.ts';

/** The command line of `understudy`; each command's own part stands in its file. */
export function createProgram(terminal: Terminal, run: RunCommand): Command {
  const program = new Command('understudy')
    .description(
      "Says which roles there are and shows where they stand. Understudy itself keeps each role's Elastic IP and DNS names with the instance that should hold it.",
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
  const roles = program.command('roles').description('define, show and remove roles');
  defineRolesApply(roles, run);
  defineRolesList(roles, run);
  defineRolesShow(roles, run);
  defineRolesRemove(roles, run);
  defineStatus(program, run);
  definePlan(program, run);
  defineHistory(program, run);
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
      ['understudy --endpoint-url http://127.0.0.1:4566 status', 'the same of localcloud (npm start)'],
    ]),
    '',
    'Endpoints on this machine need neither credentials nor region: without any, made-up keys and eu-west-1 are used.',
    '',
    'Exit codes:',
    ...codes,
  ].join('\n');
}

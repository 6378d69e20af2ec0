import type { Command } from 'commander';
import type { RoleName } from '../../shared/model/ids.ts';
import type { CommandContext, CommandResult, RunCommand } from '../command-context.ts';
import { examples } from '../examples.ts';
import { exitCodes } from '../exit-codes.ts';
import { readOutlooks } from '../read-outlooks.ts';
import { explainDocument, explainLines } from '../render/explain-lines.ts';
import { outlookDocument } from '../render/outlook-document.ts';
import { roleArgument } from '../role-argument.ts';

/** `understudy explain ROLE` */
export function defineExplain(program: Command, run: RunCommand): void {
  program
    .command('explain')
    .description(
      'Says why a role is with whom it is: the verdict on each candidate and what it needs, what events told and operators asked, what was refused.',
    )
    .argument('<role>', 'the role', roleArgument)
    .addHelpText(
      'after',
      examples([
        ['understudy explain db', 'why does nobody step in?'],
        ["understudy explain db --json | jq '.candidates'", 'the verdicts, for a program'],
      ]),
    )
    .action((role: RoleName, _flags: unknown, self: Command) =>
      run(self, (context) => explain(context, role)),
    );
}

async function explain({ aws, terminal, now }: CommandContext, role: RoleName): Promise<CommandResult> {
  const connected = await aws();
  const outlooks = await terminal.during('reading the role, its addresses and records', () =>
    readOutlooks(connected, role),
  );
  return {
    exitCode: outlooks.every(({ condition }) => condition !== 'unreadable')
      ? exitCodes.ok
      : exitCodes.attention,
    document: {
      ...outlooks.map((outlook) => ({ ...outlookDocument(outlook), ...explainDocument(outlook) }))[0],
    },
    lines: outlooks.flatMap((outlook) => explainLines(outlook, now(), terminal.style)),
  };
}

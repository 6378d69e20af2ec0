import type { Command } from 'commander';
import type { CommandContext, CommandResult, RunCommand } from '../command-context.ts';
import { examine } from '../doctor/checks.ts';
import { doctorContext } from '../doctor/doctor-context.ts';
import { examples } from '../examples.ts';
import { exitCodes } from '../exit-codes.ts';
import { doctorDocument, doctorLines } from '../render/doctor-lines.ts';

/** `understudy doctor` */
export function defineDoctor(program: Command, run: RunCommand): void {
  program
    .command('doctor')
    .description(
      'Looks at everything that Understudy needs, and says what is wrong and how to mend it. Writes nothing.',
    )
    .addHelpText(
      'after',
      `${examples([
        ['understudy doctor', 'after a deploy, or when something is odd'],
        ['understudy doctor --json', 'for a program'],
      ])}\n\nThe exit code is 1 when something fails; a warning, or what you may not look at, is no failure.`,
    )
    .action((_flags: unknown, command: Command) => run(command, showFindings));
}

async function showFindings({ aws, terminal }: CommandContext): Promise<CommandResult> {
  const context = doctorContext(await aws());
  const findings = await terminal.during('looking at everything', () => examine(context));
  const isFailing = findings.some(({ verdict }) => verdict === 'fail');
  return {
    exitCode: isFailing ? exitCodes.failure : exitCodes.ok,
    document: doctorDocument(findings),
    lines: doctorLines(findings, terminal.style),
  };
}

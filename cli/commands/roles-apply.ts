import type { Command } from 'commander';
import { CliError } from '../cli-error.ts';
import type { CommandContext, CommandResult, RunCommand } from '../command-context.ts';
import { examples } from '../examples.ts';
import { exitCodes } from '../exit-codes.ts';
import { readInput } from '../read-input.ts';
import { applyDocument, applyLines } from '../render/apply-lines.ts';
import type { ForeseenDeletion } from '../roles-file/foreseen-deletions.ts';
import { foreseenDeletions } from '../roles-file/foreseen-deletions.ts';
import { readDifferences, requireRolesFile } from '../roles-file/read-differences.ts';
import { writeRoles } from '../roles-file/write-roles.ts';
import type { Terminal } from '../terminal.ts';

interface ApplyFlags {
  readonly dryRun?: true;
  readonly yes?: true;
}

/** `understudy roles apply FILE|-` */
export function defineRolesApply(roles: Command, run: RunCommand): void {
  roles
    .command('apply')
    .description(
      'Defines the roles of a YAML file, or changes them to what it says; other roles stay as they are. An invalid file is refused whole.',
    )
    .argument('<file>', 'the file; - reads stdin')
    .option('--dry-run', 'show the difference, write nothing')
    .option('--yes', 'do not ask before records are deleted; without a terminal nobody is asked')
    .addHelpText(
      'after',
      examples([
        ['understudy roles apply roles.yaml', 'show the difference and apply it'],
        ['understudy roles apply roles.yaml --dry-run', 'only show it'],
        ['understudy roles show db | understudy roles apply -', 'changes nothing'],
      ]),
    )
    .action((file: string, flags: ApplyFlags, command: Command) =>
      run(command, (context) => applyFile(context, file, flags)),
    );
}

async function applyFile(context: CommandContext, file: string, flags: ApplyFlags): Promise<CommandResult> {
  const { terminal } = context;
  const isDryRun = flags.dryRun === true;
  const rolesFile = requireRolesFile(file, await readInput(file, terminal));
  const aws = await context.aws();
  const differences = await terminal.during('reading roles and zones', () =>
    readDifferences(aws, file, rolesFile),
  );
  const deletions = await terminal.during('looking what would be deleted', () =>
    foreseenDeletions(context, aws, differences),
  );
  if (!isDryRun) {
    if (flags.yes !== true) await confirmDeletions(terminal, deletions);
    await terminal.during('writing roles', () => writeRoles(aws.catalogue, differences));
  }
  const applied = { file, isDryRun, differences, deletions };
  return {
    exitCode: exitCodes.ok,
    document: applyDocument(applied),
    lines: applyLines(applied, terminal.style),
  };
}

/** @throws CliError `NotConfirmed` */
async function confirmDeletions(terminal: Terminal, deletions: readonly ForeseenDeletion[]): Promise<void> {
  if (deletions.length === 0 || !terminal.canAsk) return;
  for (const { role, record } of deletions) terminal.error(`${role}: ${record}\n`);
  const these = deletions.length === 1 ? 'This record' : `These ${deletions.length} records`;
  if (await terminal.confirms(`${these} will be deleted. Apply the file?`)) return;
  throw new CliError('nothing was applied', { code: 'NotConfirmed', hint: '--yes applies it unasked' });
}

import type { Command } from 'commander';
import type { RoleName } from '../../shared/model/ids.ts';
import { awaitReplay } from '../await-replay.ts';
import { chosenRoles } from '../chosen-roles.ts';
import type { CommandContext, CommandResult, RunCommand } from '../command-context.ts';
import type { Aws } from '../compose.ts';
import { examples } from '../examples.ts';
import type { ExitCode } from '../exit-codes.ts';
import { exitCodes } from '../exit-codes.ts';
import { countOption } from '../option-parsers.ts';
import { outlooksOf } from '../read-outlooks.ts';
import { outlookDocument } from '../render/outlook-document.ts';
import { planLines } from '../render/plan-lines.ts';
import type { ReplayOutcome } from '../render/replay-lines.ts';
import { outcomeLines, replayDocument, replayNotes, spanText, startedLine } from '../render/replay-lines.ts';
import type { Span } from '../replays.ts';
import { checkSpan, eventRuleArns, findArchive, replayName, startReplay } from '../replays.ts';
import { rolesOption } from '../role-argument.ts';
import { stackParts } from '../stack-parts.ts';
import type { GivenTime } from '../time-option.ts';
import { momentMs, timeOption } from '../time-option.ts';

interface ReplayFlags {
  readonly since: GivenTime;
  readonly until?: GivenTime;
  readonly role?: readonly RoleName[];
  readonly dryRun?: true;
  readonly wait?: true;
  /** Seconds. */
  readonly timeout: number;
}

/** A replay takes some minutes to begin, and then about a minute for an hour of events. */
const timeoutSeconds = { usual: 1_800, max: 86_400 };

/** `understudy replay` */
export function defineReplay(program: Command, run: RunCommand): void {
  program
    .command('replay')
    .description(
      "Feeds archived events again, to Understudy's own rules and nobody else's. They only wake: whatever order they come in, what stands now decides.",
    )
    .requiredOption(
      '--since <time>',
      'from when on: 2h ago, or a time such as 2026-03-01T12:00:00Z',
      timeOption,
    )
    .option('--until <time>', 'up to when; now unless given', timeOption)
    .option('--role <name>', 'show only this role afterwards; may be given several times', rolesOption)
    .option('--dry-run', 'only show what it would change')
    .option('--wait', 'wait for it, and show what moved and where the roles are')
    .option(
      '--timeout <seconds>',
      'wait so long at the most',
      countOption(timeoutSeconds.max),
      timeoutSeconds.usual,
    )
    .addHelpText(
      'after',
      examples([
        ['understudy replay --since 2h --dry-run', 'what would change'],
        ['understudy replay --since 2h --wait', 'feed the last two hours again'],
        [
          'understudy replay --since 2026-03-01T12:00:00Z --until 2026-03-01T13:00:00Z',
          'one hour of that day',
        ],
      ]),
    )
    .action((flags: ReplayFlags, command: Command) => run(command, (context) => replay(context, flags)));
}

async function replay(context: CommandContext, flags: ReplayFlags): Promise<CommandResult> {
  const aws = await context.aws();
  const { eventBridge } = aws.clients;
  const parts = stackParts(aws.stackName);
  const nowMs = context.now();
  const span = {
    startMs: momentMs(flags.since, nowMs),
    endMs: flags.until === undefined ? nowMs : momentMs(flags.until, nowMs),
  };
  const [archive, roles] = await Promise.all([findArchive(eventBridge, parts), chosenRoles(aws, flags.role)]);
  checkSpan(span, archive, nowMs);
  const { style } = context.terminal;
  const notes = replayNotes(span, { nowMs, isOfSomeRoles: flags.role !== undefined }, style);
  if (flags.dryRun) return preview(context, aws, { span, roles, notes });

  const ruleArns = await eventRuleArns(eventBridge, aws.stackName, parts);
  const name = replayName(aws.stackName, nowMs, aws.ports.surroundings.uniqueName());
  await startReplay(eventBridge, { ...span, name, archive, ruleArns, caller: await aws.caller() });
  const started = { ...span, name, ruleCount: ruleArns.length };
  const head = [startedLine(started), ...notes];
  if (!flags.wait) {
    const hint = style.dim('understudy status shows where the roles are; --wait would have waited.');
    return { exitCode: exitCodes.ok, document: replayDocument(started, undefined), lines: [...head, hint] };
  }
  for (const line of head) context.tell(line);
  const outcome = await awaitReplay(context, aws, {
    name,
    roles,
    startedMs: nowMs,
    timeoutMs: flags.timeout * 1_000,
  });
  return {
    exitCode: exitCodeOf(outcome),
    document: replayDocument(started, outcome),
    lines: outcomeLines(outcome, context.now(), style),
  };
}

/** Events are hints, and the state decides: what a replay would change is what any reconcile would change now. */
async function preview(
  { terminal }: CommandContext,
  aws: Aws,
  { span, roles, notes }: { span: Span; roles: readonly RoleName[]; notes: readonly string[] },
): Promise<CommandResult> {
  const outlooks = await terminal.during('reading roles, addresses and records', () =>
    outlooksOf(aws, roles),
  );
  return {
    exitCode: exitCodes.ok,
    document: {
      dryRun: true,
      from: new Date(span.startMs).toISOString(),
      until: new Date(span.endMs).toISOString(),
      roles: outlooks.map(outlookDocument),
    },
    lines: [
      `would replay ${spanText(span)}; nothing was changed`,
      'Events only wake the controller, and what stands decides. Whatever they tell, it would do this:',
      ...notes,
      '',
      ...planLines(outlooks, terminal.style),
    ],
  };
}

function exitCodeOf({ progress, outlooks, isDone }: ReplayOutcome): ExitCode {
  if (progress.state === 'FAILED' || progress.state === 'CANCELLED') return exitCodes.failure;
  const isFine = isDone && outlooks.every(({ condition }) => condition === 'ok');
  return isFine ? exitCodes.ok : exitCodes.attention;
}

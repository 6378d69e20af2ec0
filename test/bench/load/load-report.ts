import { tableLines } from '../../../cli/render/table-lines.ts';
import type { Style } from '../../../cli/terminal.ts';
import { wiring } from '../../../infra/wiring.ts';
import { callsOf, pagesOf, throttledOf } from './load-counts.ts';
import type { LostZone } from './lost-zone.ts';
import type { ResyncMemory } from './resync-memory.ts';
import { resyncMemoryMb } from './resync-memory.ts';
import type { ResyncRound } from './resync-round.ts';
import type { LoadSettings } from './settings.ts';

/** All that was measured, and what is wrong with it. */
export interface LoadResults {
  readonly losses: readonly { readonly settings: LoadSettings; readonly result: LostZone }[];
  readonly rounds: readonly ResyncRound[];
  readonly memory: (ResyncMemory & { readonly roles: number }) | undefined;
  readonly problems: readonly string[];
}

const megabyte = 1_048_576;

export function renderLoad({ losses, rounds, memory, problems }: LoadResults, style: Style): string {
  const sections = [
    losses.length === 0 ? [] : lossSection(losses, style),
    rounds.length === 0 ? [] : roundSection(rounds, style),
    memory === undefined ? [] : memorySection(memory, style),
    problems.map((each) => style.red(`✗ ${each}`)),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

function lossSection(losses: LoadResults['losses'], style: Style): readonly string[] {
  return [
    style.bold('An Availability Zone is lost, under AWS’s request limits'),
    ...tableLines(
      [
        'roles',
        'batch',
        'at once',
        'tries',
        'time ÷ bound',
        'half of it',
        'lost',
        'dead',
        'came again',
        'most often',
        'refused ÷ moved',
        'failed passes',
      ],
      losses.map(({ settings, result }) => [
        String(result.roles),
        settings.batchingWindowSeconds === 0
          ? String(settings.batchSize)
          : `${settings.batchSize} in ${settings.batchingWindowSeconds} s`,
        String(settings.maximumConcurrency),
        String(settings.ec2AttemptsMax),
        ratio(result.convergedMs, result.boundMs),
        ratio(result.medianMs, result.boundMs),
        String(result.lost.length),
        String(result.deadLetters),
        String(result.redeliveries),
        `${result.receivesMax} of ${settings.maxReceiveCount}`,
        ratio(throttledOf(result.counts, 'ec2:AssociateAddress'), result.roles),
        String(result.failedResyncs),
      ]),
      style,
    ),
    style.dim(
      'bound: calls beyond the burst ÷ the rate at which AWS takes them; tries: of one call to EC2 by the SDK',
    ),
  ];
}

const roundOperations = [
  'dynamodb:Query',
  'dynamodb:BatchGetItem',
  'ec2:DescribeInstances',
  'ec2:DescribeAddresses',
  'route53:ListResourceRecordSets',
] as const;

function roundSection(rounds: readonly ResyncRound[], style: Style): readonly string[] {
  const scheduleMs = 60_000;
  return [
    style.bold(
      `A round of the resync over a world at rest, under AWS’s request limits (${wiring.resync.scheduleExpression})`,
    ),
    ...tableLines(
      [
        'roles',
        'instances',
        'passes',
        'time ÷ schedule',
        'refused',
        ...roundOperations,
        'zone pages',
        'role pages',
      ],
      rounds.map((round) => [
        String(round.roles),
        String(round.instances),
        String(round.passes),
        ratio(round.durationMs, scheduleMs),
        String(throttledOf(round.counts, '')),
        ...roundOperations.map((operation) => String(callsOf(round.counts, operation))),
        String(pagesOf(round).ofRecords),
        String(pagesOf(round).ofRoles),
      ]),
      style,
    ),
  ];
}

function memorySection(memory: NonNullable<LoadResults['memory']>, style: Style): readonly string[] {
  const { roles, heapBytes, residentBytes } = memory;
  return [
    style.bold(`Memory of one pass over ${roles} roles, ÷ the ${resyncMemoryMb} MB of its function`),
    `heap ${ratio(heapBytes, resyncMemoryMb * megabyte)}, whole process ${ratio(residentBytes, resyncMemoryMb * megabyte)}`,
  ];
}

function ratio(value: number, bound: number): string {
  return bound === 0 ? '–' : (value / bound).toFixed(2);
}

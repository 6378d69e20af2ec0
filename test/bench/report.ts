import { tableLines } from '../../cli/render/table-lines.ts';
import type { Style } from '../../cli/terminal.ts';
import type { CallTimes } from './measure-call.ts';
import type { Scaling } from './measure-scaling.ts';
import type { LargeAnswer, LargeWorld, NamedCallTimes } from './measure-worlds.ts';

/** All that was measured; times in milliseconds of one core. */
export interface BenchResults {
  readonly node: string;
  readonly simpleCalls: readonly NamedCallTimes[];
  readonly largeAnswer: LargeAnswer;
  readonly largeWorld: LargeWorld;
  readonly scaling: Scaling;
}

const callsPerSecondWanted = 2_000;
const largeAnswerMsMax = 50;

/** The results as tables to read. */
export function renderResults(results: BenchResults, style: Style): string {
  const sections = [
    simpleCallSection(results.simpleCalls, style),
    largeAnswerSection(results.largeAnswer, style),
    largeWorldSection(results.largeWorld, style),
    scalingSection(results.scaling, style),
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function simpleCallSection(calls: readonly NamedCallTimes[], style: Style): readonly string[] {
  return [
    style.bold(`Simple calls through the SDK, on one core (wanted: ${count(callsPerSecondWanted)} a second)`),
    ...tableLines(
      ['service', 'call', 'calls/s', 'canned answer', 'of that', 'localcloud alone'],
      calls.map((call) => [
        call.service,
        call.name,
        marked(perSecond(call.wholeMs), perSecond(call.wholeMs) >= callsPerSecondWanted, style),
        count(perSecond(call.cannedMs)),
        percent(call.cannedMs / call.wholeMs),
        microseconds(call.ownMs),
      ]),
      style,
    ),
    style.dim('canned answer: calls/s when the SDK gets a stored answer at once, the most that it can do'),
  ];
}

function largeAnswerSection(answer: LargeAnswer, style: Style): readonly string[] {
  const { instances, answerBytes, ...times } = answer;
  const bytes = `${(answerBytes / 1_000_000).toFixed(1)} MB`;
  return [
    style.bold(
      `DescribeInstances over ${count(instances)} instances, ${bytes} (wanted: under ${largeAnswerMsMax} ms)`,
    ),
    ...tableLines(['', 'ms'], partsOf(times, style), style),
  ];
}

function partsOf({ wholeMs, cannedMs, ownMs }: CallTimes, style: Style): readonly (readonly string[])[] {
  const mark = (ms: number): string => marked(ms, ms < largeAnswerMsMax, style);
  return [
    ['through the SDK', mark(wholeMs)],
    ['canned answer', mark(cannedMs)],
    ['localcloud alone', mark(ownMs)],
  ];
}

function largeWorldSection(
  { instances, records, buildMs, calls }: LargeWorld,
  style: Style,
): readonly string[] {
  return [
    style.bold(`A world of ${count(instances)} instances and ${count(records)} records`),
    ...tableLines(
      ['', 'ms', 'canned answer', 'localcloud alone'],
      [
        ['building it', count(buildMs), '', ''],
        ...calls.map(({ name, wholeMs, cannedMs, ownMs }) => [
          name,
          milliseconds(wholeMs),
          milliseconds(cannedMs),
          milliseconds(ownMs),
        ]),
      ],
      style,
    ),
  ];
}

function scalingSection({ sizes, changes }: Scaling, style: Style): readonly string[] {
  return [
    style.bold('State changes by size of the world, localcloud alone'),
    ...tableLines(
      ['', ...sizes.map((size) => `${count(size)}`), 'ratio'],
      changes.map(({ name, ownMs }) => [
        name,
        ...ownMs.map(microseconds),
        ((ownMs.at(-1) ?? 0) / (ownMs[0] ?? 1)).toFixed(2),
      ]),
      style,
    ),
  ];
}

function perSecond(callMs: number): number {
  return 1_000 / callMs;
}

function marked(value: number, isAsWanted: boolean, style: Style): string {
  return isAsWanted ? style.green(count(value)) : style.yellow(`${count(value)} !`);
}

function count(value: number): string {
  return Math.round(value).toLocaleString('en');
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function microseconds(ms: number): string {
  return `${count(ms * 1_000)} µs`;
}

function milliseconds(ms: number): string {
  return ms.toFixed(2);
}

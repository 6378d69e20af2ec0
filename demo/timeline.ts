import pc from 'picocolors';
import type { EventEnvelope } from '../localcloud/events/event-envelope.ts';
import { countCalls, countWrites } from './measure.ts';
import type { Told } from './step.ts';
import type { Summary } from './story.ts';
import type { OutcomeLine, Sighting } from './witness.ts';

/** What each outcome looks like. */
const colours: Readonly<Record<string, (text: string) => string>> = {
  converged: pc.green,
  defined: pc.green,
  noop: pc.dim,
  ignored: pc.dim,
  waiting: pc.yellow,
  superseded: pc.yellow,
  vacant: pc.red,
  refused: pc.red,
  failed: pc.red,
};

const titles: Readonly<Record<string, string>> = {
  define: 'The operator defines the role "db".',
  launch: 'An instance tagged role=db launches, and takes the lead.',
  understudy: 'A second one launches with the same tag: the understudy.',
  untagged: 'An instance of somebody else launches.',
  failover: 'The lead is killed.',
  terminated: 'Its last event comes in.',
  duplicate: 'The event of its death is delivered once more.',
  replay: 'Every event so far is delivered twice more, in any order.',
  tagged: 'Somebody tags the bystander: another candidate.',
  'untagged-holder': 'The tag is taken from the holder: the role moves to the one that has it.',
  'tagged-again': 'It is tagged again, as an understudy.',
  'spot-warning': 'EC2 warns that it takes the holder back in two minutes: the role leaves before.',
  'define-guarded': 'The operator defines a role that only one instance profile may hold.',
  guarded: 'An instance with that profile launches.',
  intruder: 'Another one, without the profile, carries the tag: it is turned away.',
};

/** Pure: what happened to lines of text. */
export function stepLines({ step, outcome, whereabouts, surprises }: Told): readonly string[] {
  const { calls, writes } = step;
  return [
    '',
    pc.bold(titles[step.step] ?? step.step),
    `  ${pc.dim('event')}    ${step.event}`,
    `  ${pc.dim('outcome')}  ${coloured(step.outcome)}${holdingText(step.holder, step.generation)}`,
    ...(outcome === undefined ? [] : changeLines(outcome)),
    ...(whereabouts === undefined
      ? []
      : [
          `  ${pc.dim('points')}   Elastic IP -> ${whereabouts.elasticIpAt ?? 'nobody'}`,
          `           db.corp.internal -> ${whereabouts.privateName}   db.example.com -> ${whereabouts.publicName}`,
        ]),
    `  ${pc.dim('calls')}    ${callText(calls)}, ${writes} of them writes, ${step.ms} ms`,
    ...surprises.map((each) => `  ${pc.red('surprise')} ${each}`),
  ];
}

/** One event as it reaches the bus, for the time after the story. */
export function eventLine({ 'detail-type': detailType, detail, time }: EventEnvelope): string {
  const facts = Object.entries(detail).flatMap(([key, value]) =>
    typeof value === 'string' ? `${key}=${value}` : [],
  );
  return `${pc.dim(time.slice(11, 19))} ${pc.cyan('event')}    ${detailType}  ${pc.dim(facts.join(' '))}`;
}

/** What an invocation came to; nothing for a resync that changed nothing, since one runs every minute. */
export function sightingLines({
  outcomes,
  calls,
  durationMs,
  failure,
  functionName,
}: Sighting): readonly string[] {
  const isQuiet = functionName.endsWith('resync') && countWrites(calls) === 0;
  const cost = pc.dim(
    `(${callText(countCalls(calls))}, ${countWrites(calls)} writes, ${Math.round(durationMs)} ms)`,
  );
  const lines = isQuiet
    ? []
    : outcomes.flatMap((line) => [
        `         ${coloured(line.outcome)}  ${line.role ?? line.cause.instanceId ?? ''}${holdingText(line.holder, line.generation)} ${cost}`,
        ...changeLines(line),
      ]);
  return failure === undefined
    ? lines
    : [...lines, `         ${pc.red('failed')}  ${functionName}: ${failure}`];
}

function changeLines({ changes, reason, refusals, unauthorized }: OutcomeLine): readonly string[] {
  return [
    ...changes.map((change) => `           ${pc.green('•')} ${change}`),
    ...(reason === undefined ? [] : [`           ${pc.dim(reason)}`]),
    ...refusals.map(({ words }) => `           ${pc.red('✗')} ${words}`),
    ...unauthorized.map(({ instanceId, words }) => `           ${pc.red('✗')} ${instanceId} ${words}`),
  ];
}

function coloured(outcome: string): string {
  return (colours[outcome] ?? String)(outcome);
}

function holdingText(holder: string | null | undefined, generation: number | null | undefined): string {
  if (generation === null || generation === undefined) return '';
  return `  held by ${pc.bold(holder ?? 'nobody')} at generation ${generation}`;
}

function callText({ ec2, route53, dynamodb }: { ec2: number; route53: number; dynamodb: number }): string {
  return `${ec2} EC2 + ${route53} Route 53 + ${dynamodb} DynamoDB`;
}

export function summaryLines({
  converged,
  failover,
  duplicate,
  untagged,
  replay,
}: Summary): readonly string[] {
  return [
    '',
    pc.bold('What it cost'),
    `  failover   ${callText(failover)}, ${failover.roundTrips} round trips until address and name had changed`,
    `  duplicate  ${callText(duplicate)}, ${duplicate.writes} writes`,
    `  untagged   ${callText(untagged)}, ${untagged.writes} writes`,
    `  replay     ${replay.events} events, ${replay.writes} writes`,
    converged
      ? pc.green('Every step came out as it should.')
      : pc.red('Not every step came out as it should.'),
  ];
}

/** How to go on by hand, once the story is told. */
export function invitationLines(url: string, world: { readonly subnetId: string }): readonly string[] {
  return [
    '',
    pc.bold('It goes on: this is an AWS that any client can use.'),
    `  export AWS_ENDPOINT_URL=${url} AWS_REGION=eu-west-1 AWS_DEFAULT_REGION=eu-west-1`,
    '  export AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any',
    `  aws ec2 run-instances --image-id ami-12345678 --subnet-id ${world.subnetId} \\`,
    "    --tag-specifications 'ResourceType=instance,Tags=[{Key=role,Value=db}]'",
    '  npx understudy status',
    pc.dim('  Ctrl-C ends it. What happens shows up here:'),
    '',
  ];
}

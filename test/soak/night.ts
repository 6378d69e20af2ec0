import * as z from 'zod';
import { suspendGroups } from './groups.ts';
import { lookAt } from './look.ts';
import { endAlarms } from './others.ts';
import { understudy } from './people.ts';
import { outlooksSchema, whatIsNotRight } from './rest.ts';
import type { Soaking } from './soaking.ts';
import { mustHold, passTime } from './soaking.ts';

const minuteMs = 60_000;
/** Whoever still works has ended by then, and what they failed has come back. */
const calmMs = 4 * minuteMs;
/** Passes until everything must be well, and the time between them: longer than leases, doubts and cooldowns. */
const passesMax = 4;
const betweenPassesMs = 70_000;

/** Faults stop. Some passes later everything must be as it should be, and stay so without a write. */
export async function comeToRest(soaking: Soaking, lateMs: number): Promise<void> {
  const { stage, weather, tell } = soaking;
  tell('night falls: no more faults');
  await weather.calm();
  await suspendGroups(stage);
  await takeWordsBack(soaking);
  await rest(soaking, calmMs);
  await sleepUntil(soaking, stage.cloud.clock.now() + lateMs);
  await redrive(soaking);
  for (let pass = 0; pass < passesMax; pass += 1) await resync(soaking);
  mustHold(await whatIsWaiting(soaking));
  const { stdout } = await stage.understudy(['plan', '--json']);
  const { roles } = outlooksSchema.parse(JSON.parse(stdout));
  mustHold(whatIsNotRight(roles, await lookAt(stage), soaking.chronicle, stage.names));
  const { sequence } = await callsSince(soaking, Number.MAX_SAFE_INTEGER);
  for (let pass = 0; pass < 2; pass += 1) await resync(soaking);
  mustHold(await whatWasWritten(soaking, sequence));
}

/** Lets hours go by without resyncs: there would be very many of them. Events that are late come all the same. */
export async function sleepUntil(soaking: Soaking, endMs: number): Promise<void> {
  const { ask, cloud } = soaking.stage;
  const { Rules = [] } = await ask('events', 'ListRules', {});
  const schedules = (Rules as readonly Rule[]).filter((rule) => rule.ScheduleExpression !== undefined);
  for (const { Name } of schedules) await ask('events', 'DisableRule', { Name });
  const leftMs = endMs - cloud.clock.now();
  if (leftMs > 0) await passTime(soaking, leftMs, () => 4 * 60 * minuteMs);
  for (const { Name } of schedules) await ask('events', 'EnableRule', { Name });
}

interface Rule {
  readonly Name?: string;
  readonly ScheduleExpression?: string;
}

async function rest(soaking: Soaking, durationMs: number): Promise<void> {
  await passTime(soaking, durationMs, () => 10 * minuteMs);
}

async function resync(soaking: Soaking): Promise<void> {
  await understudy(soaking, ['resync']);
  await rest(soaking, betweenPassesMs);
}

/** Operators take back what they said, and alarms end. */
async function takeWordsBack(soaking: Soaking): Promise<void> {
  const { stage, chronicle } = soaking;
  for (const id of chronicle.drained) await understudy(soaking, ['undrain', id]);
  for (const role of chronicle.frozen) await understudy(soaking, ['thaw', role]);
  for (const role of chronicle.pinned) await understudy(soaking, ['unpin', role]);
  await endAlarms(stage);
}

const lettersSchema = z.object({
  letters: z.array(z.object({ fate: z.string(), kind: z.string() })),
});

/** Dead letters go back, but for those that nobody can read. */
async function redrive(soaking: Soaking): Promise<void> {
  const { stage, counts } = soaking;
  const { stdout } = await stage.understudy(['redrive', '--json']);
  const { letters } = lettersSchema.parse(JSON.parse(stdout));
  counts.deadLetters += letters.length;
  mustHold(
    letters
      .filter(({ fate, kind }) => fate !== 'put back' && kind !== 'malformed')
      .map((letter) => ({ law: 'dead letters can be redriven', words: JSON.stringify(letter) })),
  );
  await stage.ask('sqs', 'PurgeQueue', { QueueUrl: stage.deployment.deadLetterQueueUrl });
  await rest(soaking, calmMs);
}

/** Messages that are in a queue still. */
async function whatIsWaiting({ stage: { ask, deployment } }: Soaking) {
  const AttributeNames = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'];
  const queues = [deployment.queueUrl, deployment.deadLetterQueueUrl];
  const answers = await Promise.all(
    queues.map(async (QueueUrl) => {
      const { Attributes } = await ask('sqs', 'GetQueueAttributes', { QueueUrl, AttributeNames });
      const counts = Object.values(Object(Attributes) as Record<string, string>).map(Number);
      return { QueueUrl, count: counts.reduce((sum, count) => sum + count, 0) };
    }),
  );
  return answers
    .filter(({ count }) => count > 0)
    .map(({ QueueUrl, count }) => ({ law: 'no message is left', words: `${count} in ${QueueUrl}` }));
}

const callsSchema = z.object({
  sequence: z.number(),
  calls: z.array(z.object({ operation: z.string(), effect: z.string(), accessKeyId: z.string() })),
});

async function callsSince({ stage }: Soaking, since: number) {
  return callsSchema.parse(await stage.control.get('calls', { since: String(since) }));
}

async function whatWasWritten(soaking: Soaking, since: number) {
  const { calls } = await callsSince(soaking, since);
  const own = new Set(soaking.stage.functionKeys);
  const writes = calls.filter(({ effect, accessKeyId }) => effect === 'write' && own.has(accessKeyId));
  if (writes.length === 0) return [];
  const words = `two more passes wrote: ${writes.map(({ operation }) => operation).join(', ')}`;
  return [{ law: 'zero writes in a converged world', words }];
}

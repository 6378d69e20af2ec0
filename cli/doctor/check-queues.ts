import { Queue } from '../queue.ts';
import { countText } from '../render/count-text.ts';
import type { Check, Finding } from './finding.ts';
import { fail, ok, warn } from './finding.ts';

/** More than wait here when all is well: a burst of a large group is gone within seconds. */
const backlogMax = 1_000;

/** Whether events have a queue, and a place to go when they fail. */
export const checkQueue: Check = async ({ aws, parts }) => {
  const { queueName } = aws.eventsQueue;
  const queue = await Queue.find(aws.clients.sqs, queueName);
  if (queue === undefined) {
    const mend = 'npm run deploy makes it; --queue names another';
    return [fail('queue', `there is no queue "${queueName}": no event arrives`, mend)];
  }
  const { RedrivePolicy } = await queue.attributes();
  const target = deadLetterTarget(RedrivePolicy);
  const { visible, inFlight } = await queue.depth();
  const waiting = `${countText(visible, 'event')} waiting, ${inFlight} being worked on`;
  return [
    visible > backlogMax
      ? warn('queue', `"${queueName}": ${waiting}`, 'the log of on-events and its alarms say what keeps it')
      : ok('queue', `"${queueName}": ${waiting}`),
    ...(target?.endsWith(`:${parts.deadLetterQueue}`) === true
      ? []
      : [
          fail(
            'queue',
            `what fails goes to ${target ?? 'nowhere'}, and is tried for ever`,
            'npm run deploy mends it',
          ),
        ]),
  ];
};

function deadLetterTarget(policy: string | undefined): string | undefined {
  const parsed: unknown = policy === undefined ? undefined : JSON.parse(policy);
  const target: unknown = Reflect.get(Object(parsed), 'deadLetterTargetArn');
  return typeof target === 'string' ? target : undefined;
}

/** Whether anything was given up. */
export const checkDeadLetters: Check = async ({ aws, parts }) => {
  const redrive = 'understudy redrive --dry-run shows what they are, and why';
  const places = [
    { name: parts.deadLetterQueue, mend: redrive },
    { name: parts.undeliveredQueue, mend: redrive },
    { name: parts.failedResyncsQueue, mend: 'the log of resync names the roles and the errors' },
  ];
  return Promise.all(
    places.map(async ({ name, mend }): Promise<Finding> => {
      const queue = await Queue.find(aws.clients.sqs, name);
      if (queue === undefined)
        return fail('dead letters', `there is no queue "${name}"`, 'npm run deploy makes it');
      const { visible, inFlight } = await queue.depth();
      const count = visible + inFlight;
      return count === 0
        ? ok('dead letters', `"${name}" is empty`)
        : warn('dead letters', `"${name}" has ${countText(count, 'message')}`, mend);
    }),
  );
};

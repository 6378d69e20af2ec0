import type { AlarmFact, InstanceFacts, Leaving, LeavingSource } from '../model/facts.ts';
import type { InstanceId } from '../model/ids.ts';
import type { Trigger } from '../model/trigger.ts';
import { mergeFacts, newerAlarm } from './merge-facts.ts';

/**
 * Between the warning and the interruption; EC2 promises no more, and sometimes gives less.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-instance-termination-notices.html
 */
const spotNoticeMs = 120_000;

/**
 * What is known of an instance once a trigger was seen. Triggers may come in any order, and each as often as it likes:
 * the facts come to the same. What tells nothing new gives back the very facts that were known.
 */
export function factsAfter(known: InstanceFacts, trigger: Trigger, instanceId: InstanceId): InstanceFacts {
  const told = concerns(trigger, instanceId) ? factsTold(trigger) : undefined;
  return told === undefined ? known : mergeFacts(known, told);
}

/** The last word of an alarm once a trigger was seen, in whatever order they come. */
export function alarmAfter(known: AlarmFact | undefined, trigger: Trigger): AlarmFact | undefined {
  if (trigger.kind !== 'alarm') return known;
  const { state, timeMs } = trigger;
  return newerAlarm(known, { state, timeMs });
}

/** The instance is about to be taken out of service by an operator, until they take it back with `undrained`. */
export function drained(known: InstanceFacts, atMs: number, by: string): InstanceFacts {
  return mergeFacts(known, leaving('operator', { saidAtMs: atMs, atMs, words: `drained by ${by}` }));
}

/** Takes back a drain that was said before; a later one stands. */
export function undrained(known: InstanceFacts, atMs: number, by: string): InstanceFacts {
  return mergeFacts(
    known,
    leaving('operator', { saidAtMs: atMs, atMs, words: `undrained by ${by}`, isOver: true }),
  );
}

/** What a trigger says of an instance; undefined when it says nothing that is worth keeping. */
function factsTold(trigger: Trigger): InstanceFacts | undefined {
  const saidAtMs = trigger.timeMs;
  switch (trigger.kind) {
    case 'tag-change':
      return { tagVersion: trigger.version };
    case 'alarm':
      return { alarms: { [trigger.alarmName]: { state: trigger.state, timeMs: saidAtMs } } };
    case 'spot-interruption': {
      const words = `Spot interruption (${trigger.action})`;
      return leaving('spot', { saidAtMs, atMs: saidAtMs + spotNoticeMs, words });
    }
    case 'rebalance-recommendation':
      return leaving('rebalance', { saidAtMs, atMs: saidAtMs, words: 'rebalance recommendation' });
    case 'health-event':
      return healthTold(trigger);
    case 'launch-hook':
      return {
        hook: { kind: 'launch', action: trigger.action, sinceMs: saidAtMs },
        // Back in service, such as from a warm pool: an earlier termination is over.
        ...leaving('terminate-hook', { saidAtMs, atMs: saidAtMs, words: 'launched', isOver: true }),
        launchHookSeenAtMs: saidAtMs,
      };
    case 'terminate-hook': {
      const words = `termination by Auto Scaling group ${trigger.action.groupName}`;
      return {
        hook: { kind: 'terminate', action: trigger.action, sinceMs: saidAtMs },
        ...leaving('terminate-hook', { saidAtMs, atMs: saidAtMs, words }),
      };
    }
    case 'ec2-state-change':
    case 'tag-call':
    case 'operator-request':
    case 'scheduled-resync':
      return undefined;
  }
}

function concerns(trigger: Trigger, instanceId: InstanceId): boolean {
  if ('instanceIds' in trigger) return trigger.instanceIds.includes(instanceId);
  return 'instanceId' in trigger && trigger.instanceId === instanceId;
}

/** A later word on the same type of event tells of another time, or that it is over. */
function healthTold(trigger: Extract<Trigger, { kind: 'health-event' }>): InstanceFacts {
  return leaving(`health ${trigger.eventTypeCode}`, {
    saidAtMs: trigger.timeMs,
    atMs: trigger.startsAtMs,
    words: `AWS Health event ${trigger.eventTypeCode}`,
    ...(trigger.isClosed ? { isOver: true } : {}),
  });
}

function leaving(source: LeavingSource, word: Leaving): InstanceFacts {
  return { leaving: { [source]: word } };
}

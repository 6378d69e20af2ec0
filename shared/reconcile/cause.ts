import { excerpt } from '../model/excerpt.ts';
import type { RoleName } from '../model/ids.ts';
import type { Concerned, EventTrigger } from './which-roles.ts';
import { instancesOf, rolesOf } from './which-roles.ts';

/** A cause stands in the state of each role and in its history, and one event may name thousands of instances. */
const causeLengthMax = 2_000;
export const idsLengthMax = 400;

/** Why a role was looked at: all the triggers that concern it, in words. */
export function causeOf(role: RoleName, triggers: readonly EventTrigger[], concerned: Concerned): string {
  const its = triggers.filter((trigger) => rolesOf(trigger, concerned).includes(role));
  return excerpt(its.map(triggerInWords).join(', '), causeLengthMax);
}

/** Why we woke, in few words, for history and logs. */
function triggerInWords(trigger: EventTrigger): string {
  const ids = excerpt(instancesOf(trigger).join(' '), idsLengthMax);
  switch (trigger.kind) {
    case 'ec2-state-change':
      return `${trigger.kind} ${ids} ${trigger.state}`;
    case 'tag-change':
      return `${trigger.kind} ${ids} version ${trigger.version}`;
    case 'launch-hook':
    case 'terminate-hook':
      return `${trigger.kind} ${ids} ${trigger.action.groupName}/${trigger.action.hookName}`;
    case 'spot-interruption':
      return `${trigger.kind} ${ids} ${trigger.action}`;
    case 'health-event':
      return `${trigger.kind} ${ids} ${trigger.eventTypeCode}${trigger.isClosed ? ' closed' : ''}`;
    case 'alarm':
      return `${trigger.kind} ${trigger.alarmName} ${trigger.state}`;
    case 'operator-request':
      return trigger.words;
    case 'tag-call':
    case 'rebalance-recommendation':
      return `${trigger.kind} ${ids}`;
  }
}

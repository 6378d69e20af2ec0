import type { RoleState } from '../model/role-state.ts';
import { newerAlarm } from '../plan/merge-facts.ts';
import type { Learnt } from './ports.ts';

/** Alarms that a role listens to, at the most: whoever may make alarms must not fill the item of its state. */
const alarmsMax = 50;

/** Whether the state of the role does not hold it yet, and has room for it. */
export function isNews(state: RoleState, learnt: Learnt): boolean {
  if ('alarm' in learnt) {
    const known = Object.hasOwn(state.alarms, learnt.alarmName) ? state.alarms[learnt.alarmName] : undefined;
    if (known === undefined) return Object.keys(state.alarms).length < alarmsMax;
    return newerAlarm(known, learnt.alarm) !== known;
  }
  return (state.factRevisions[learnt.instanceId] ?? 0) < learnt.revision;
}

/** The state of the role with what was learnt. */
export function learn(state: RoleState, learnt: Learnt): RoleState {
  if ('alarm' in learnt) {
    return { ...state, alarms: { ...state.alarms, [learnt.alarmName]: learnt.alarm } };
  }
  return {
    ...state,
    facts: { ...state.facts, [learnt.instanceId]: learnt.facts },
    factRevisions: { ...state.factRevisions, [learnt.instanceId]: learnt.revision },
  };
}

import type { Command } from 'commander';
import type { InstanceId, RoleName } from '../shared/model/ids.ts';
import type { RoleState } from '../shared/model/role-state.ts';
import type { CommandContext } from './command-context.ts';
import type { Aws } from './compose.ts';
import { countOption } from './option-parsers.ts';
import { outlooksOf } from './read-outlooks.ts';
import { countText } from './render/count-text.ts';
import type { RoleOutlook } from './role-outlook.ts';
import type { Condition } from './slot-outlook.ts';

/** The options of commands that wait. */
export interface WaitFlags {
  readonly wait?: true;
  /** Seconds. */
  readonly timeout: number;
}

const timeoutSeconds = { usual: 60, max: 3_600 };

export function addWaitOptions(command: Command): Command {
  return command
    .option('--wait', 'wait until it is done, or say why it is not')
    .option(
      '--timeout <seconds>',
      'wait so long at the most',
      countOption(timeoutSeconds.max),
      timeoutSeconds.usual,
    );
}

/** What a role is to come to. */
export interface Goal {
  readonly role: RoleName;
  readonly isReached: (state: RoleState) => boolean;
}

export interface Waited {
  readonly outlooks: readonly RoleOutlook[];
  /** False when time ran out first. */
  readonly isDone: boolean;
}

/** The state is one cheap read; the whole role is read only once the state says that it is done. */
const stateReadMs = 1_000;
const outlookReadMs = 5_000;

/** What the controller is still about to change. */
const restless: ReadonlySet<Condition> = new Set(['drift', 'moving', 'pending', 'unreadable']);

/** Waits until every role has come to its goal and to rest, and tells on the way what is seen of it. */
export async function awaitGoals(
  { now, sleep, tell }: Pick<CommandContext, 'now' | 'sleep' | 'tell'>,
  aws: Pick<Aws, 'ports' | 'settings'>,
  goals: readonly Goal[],
  timeoutMs: number,
): Promise<Waited> {
  const roles = goals.map(({ role }) => role);
  const endMs = now() + timeoutMs;
  const told = new Map<RoleName, string>();
  let nextOutlookMs = 0;
  for (;;) {
    const { stored } = await aws.ports.store.readRoles(roles);
    const states = new Map(stored.map(({ role, state }) => [role.name, state]));
    for (const [role, state] of states) {
      const words = progressWords(state);
      if (told.get(role) !== words) tell(`${role}: ${words}`);
      told.set(role, words);
    }
    const isReached = goals.every(({ role, isReached: reaches }) => {
      const state = states.get(role);
      return state === undefined || (isSettled(state) && reaches(state));
    });
    if (isReached && now() >= nextOutlookMs) {
      const outlooks = await outlooksOf(aws, roles);
      nextOutlookMs = now() + outlookReadMs;
      if (outlooks.every(({ condition }) => !restless.has(condition))) return { outlooks, isDone: true };
    }
    if (now() >= endMs) return { outlooks: await outlooksOf(aws, roles), isDone: false };
    await sleep(Math.min(stateReadMs, endMs - now()));
  }
}

function isSettled({ lease, slots }: RoleState): boolean {
  return lease === undefined && slots.every(({ intent }) => intent.length === 0);
}

/** Many slots make no better line. */
const slotsToldMax = 5;

function progressWords(state: RoleState): string {
  const { slots } = state;
  const isGroup = slots.length > 1;
  const shown = slots.filter(({ move, intent }) => !isGroup || move !== undefined || intent.length > 0);
  const words = shown.slice(0, slotsToldMax).map(({ slot, holder, generation, intent, move }) => {
    const who = holder === undefined ? 'nobody holds it' : `${holder} holds it`;
    const changes = countText(intent.length, 'change');
    const doing = move !== undefined || intent.length > 0 ? `, ${changes} to apply` : '';
    return `${isGroup ? `slot ${slot}: ` : ''}${who}, generation ${generation}${doing}`;
  });
  if (words.length > 0) return words.join('; ');
  return isGroup ? 'all slots are settled' : 'nobody has held it so far';
}

/** The goal that a slot gets another holder than now: that one, where it is named. */
export function slotMoves(
  role: RoleName,
  before: { slot: number; generation: number },
  to?: InstanceId,
): Goal {
  return {
    role,
    isReached: ({ slots }) => {
      const now = slots.find(({ slot }) => slot === before.slot);
      if (now === undefined) return false;
      return to === undefined ? now.generation > before.generation : now.holder === to;
    },
  };
}

/** The goal that an instance holds no slot of the role. */
export function isWithout(role: RoleName, instanceId: InstanceId): Goal {
  return { role, isReached: ({ slots }) => slots.every(({ holder }) => holder !== instanceId) };
}

/** The goal that the role is at rest, whoever holds it. */
export function isAtRest(role: RoleName): Goal {
  return { role, isReached: () => true };
}

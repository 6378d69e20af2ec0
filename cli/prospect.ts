import type { OperatorWords } from '../shared/model/facts.ts';
import type { InstanceId, RoleName } from '../shared/model/ids.ts';
import type { RoleState } from '../shared/model/role-state.ts';
import type { CliError } from './cli-error.ts';
import { usageError } from './cli-error.ts';
import { confirm } from './confirm.ts';
import type { Foresight } from './foresee.ts';
import { nextHolder, verdictOf } from './foresee.ts';
import type { Terminal } from './terminal.ts';

/** What would come of giving a slot to an instance. */
export type Prospect =
  | { readonly kind: 'moves' }
  /** It would be waited for. */
  | { readonly kind: 'not-now'; readonly reason: string }
  | { readonly kind: 'never'; readonly reason: string; readonly hint: string };

/** What would come of it, as the plan that supposes it says. */
export function prospectOf(foresight: Foresight, slot: number, to: InstanceId): Prospect {
  const role = foresight.observed.role.name;
  const elected = nextHolder(foresight, slot);
  if (elected === to) return { kind: 'moves' };
  const verdict = verdictOf(foresight, to);
  if (verdict === undefined) {
    const reason = `${to} is no candidate for "${role}": it does not carry the tag`;
    return { kind: 'never', reason, hint: `understudy claim ${role} ${to} makes it one` };
  }
  const { kind, words, isUnauthorized } = verdict;
  switch (kind) {
    case 'refused':
    case 'gone': {
      const hint = isUnauthorized
        ? `"allow" of the role says who may; understudy roles show ${role}`
        : `understudy explain ${role} says what each candidate needs`;
      return { kind: 'never', reason: `${to} cannot hold "${role}": ${words}`, hint };
    }
    case 'holder': {
      const reason = `${to} ${words} already, and nobody is moved from one slot to another`;
      return { kind: 'never', reason, hint: `understudy status ${role} shows the slots` };
    }
    case 'ready':
      return {
        kind: 'not-now',
        reason: `${to} is ready, but ${elected ?? 'nobody'} would be elected for it`,
      };
    case 'waiting':
    case 'leaving':
    case 'unhealthy':
    case 'stopped':
      return { kind: 'not-now', reason: `${to} is not ready: ${words}` };
  }
}

/**
 * Lets pass what moves, and what is not ready yet if somebody insists.
 * @throws CliError `NotPossible`, `NotConfirmed`; nothing was changed
 */
export async function insistOn(
  terminal: Terminal,
  prospect: Prospect,
  { isForced, question }: { readonly isForced: boolean; readonly question: string },
): Promise<void> {
  if (prospect.kind === 'never') throw usageError(prospect.reason, 'NotPossible', prospect.hint);
  if (prospect.kind === 'moves' || isForced) return;
  await confirm(terminal, { reason: prospect.reason, question, option: '--force' });
}

/** @throws CliError `RoleFrozen` */
export function refuseFrozen(role: RoleName, { frozen }: OperatorWords): void {
  if (frozen === undefined) return;
  throw usageError(`"${role}" is frozen by ${frozen.by}`, 'RoleFrozen', `understudy thaw ${role} first`);
}

/** A state in which an operator has said something more. */
export function withWords(words: (state: RoleState) => OperatorWords): (state: RoleState) => RoleState {
  return (state) => ({ ...state, words: { ...state.words, ...words(state) } });
}

/**
 * The slot that is meant: of a group it must be said.
 * @throws CliError `SlotNeeded`, `NoSuchSlot`
 */
export function chosenSlot(role: RoleName, slots: number, wanted: number | undefined): number {
  if (wanted !== undefined && wanted >= slots) throw noSuchSlot(role, slots, wanted);
  if (wanted === undefined && slots > 1) {
    throw usageError(
      `"${role}" has ${slots} slots`,
      'SlotNeeded',
      `--slot 0 to ${slots - 1} says which; understudy status ${role} --slots shows them`,
    );
  }
  return wanted ?? 0;
}

function noSuchSlot(role: RoleName, slots: number, wanted: number): CliError {
  const has = slots === 1 ? 'one slot, 0' : `the slots 0 to ${slots - 1}`;
  return usageError(`"${role}" has no slot ${wanted}`, 'NoSuchSlot', `it has ${has}`);
}

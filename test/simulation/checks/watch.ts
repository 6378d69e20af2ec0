import type { RoleName } from '../../../shared/model/ids.ts';
import type { RoleState } from '../../../shared/model/role-state.ts';
import type { Invocation } from '../engine/invocation.ts';
import type { FunctionCall } from '../engine/wire.ts';
import type { LawName } from './laws.ts';

/** A law that was broken. */
export interface Violation {
  readonly check: LawName;
  readonly atMs: number;
  readonly words: string;
}

/** The state of a role was written. */
export interface StateWrite {
  readonly call: FunctionCall;
  readonly controller: string;
  readonly role: RoleName;
  readonly before: RoleState;
  readonly after: RoleState;
  readonly invocation: Invocation;
}

/** A slot was given to another holder, or to nobody. */
export interface Move {
  readonly atMs: number;
  readonly role: string;
  readonly slot: number;
  readonly generation: number;
  /** By its name in the story. */
  readonly to: string | undefined;
}

/** How an invocation ended: by itself, with so many failures reported, or not by itself. */
export interface End {
  readonly kind: 'ended' | 'failed' | 'killed';
  readonly failures: number;
  /** The result or the reason. */
  readonly words: string;
}

/** One law, looked at whenever something happens that could break it. Each gives what is wrong in words. */
export interface Check {
  readonly name: LawName;
  /** A function begins, with the bodies of its messages. */
  readonly onBegin?: (invocation: Invocation, bodies: readonly string[]) => readonly string[];
  readonly onStateWrite?: (write: StateWrite) => readonly string[];
  /** A function sends a call. */
  readonly onSent?: (call: FunctionCall) => readonly string[];
  /** A function's call had its effect. */
  readonly onEffect?: (call: FunctionCall) => readonly string[];
  /** A function logs a line; `reason` is the one that it gives beside the message. */
  readonly onLog?: (
    invocation: Invocation,
    level: string,
    message: string,
    reason: string | undefined,
  ) => readonly string[];
  readonly onEnd?: (invocation: Invocation, end: End) => readonly string[];
}

import type { WireResponse } from '../../../localcloud/core/service.ts';
import type { Invocation } from '../engine/invocation.ts';
import { currentInvocation } from '../engine/invocation.ts';
import type { InvocationWatcher } from '../engine/lambda.ts';
import { privateZone } from '../engine/network.ts';
import type { Stage } from '../engine/stage.ts';
import type { LogListener } from '../engine/telemetry.ts';
import type { CallWatcher, FunctionCall } from '../engine/wire.ts';
import type { FaultKind } from '../story/story.ts';
import { onlyCandidatesHold } from './candidates.ts';
import type { Counts } from './counts.ts';
import { emptyCounts, tick } from './counts.ts';
import { nothingBegunLate } from './deadlines.ts';
import { isMoving, movesUnderOwnClaim } from './fences.ts';
import { nothingForeignTouched } from './foreign.ts';
import { oneHolderPerGeneration } from './holders.ts';
import { ToldFacts } from './known-facts.ts';
import type { LawName } from './laws.ts';
import { Look } from './look.ts';
import { parseBody } from './message.ts';
import { neverRecordless } from './names.ts';
import { failuresAreReported } from './reports.ts';
import { StateLog } from './state-log.ts';
import { terminationIsBelieved } from './terminations.ts';
import { noWakeUpIsLost } from './wake-ups.ts';
import type { Check, End, Move, StateWrite, Violation } from './watch.ts';

/** Takes each line that tells of the run, with its time in milliseconds. */
export type Trace = (atMs: number, line: string) => void;

/** Sees everything that functions do, and looks after each of it whether a law was broken. */
export class Watcher implements CallWatcher, InvocationWatcher {
  readonly counts: Counts = emptyCounts();
  readonly violations: Violation[] = [];
  readonly log = new StateLog();
  readonly told = new ToldFacts();
  readonly moves: Move[] = [];
  #nameOf: (instanceId: string) => string = (id) => id;
  readonly #trace: Trace;
  readonly #began = new Map<Invocation, number>();
  #checks: readonly Check[] = [];
  #nowMs: () => number = () => 0;
  /** Calls that change something, since the count was last set to zero. */
  writes = 0;

  constructor(trace: Trace) {
    this.#trace = trace;
  }

  /** Begins to look, once there is something to look at. */
  watch(stage: Stage): void {
    const { chronicle, time, startMs } = stage;
    this.#nowMs = () => time.now() - startMs;
    const beganMs = (invocation: Invocation) => this.#began.get(invocation) ?? 0;
    const callBeganMs = ({ invocation }: FunctionCall) => beganMs(invocation);
    const look = new Look(stage);
    this.#nameOf = (id) => [...stage.names].find(([, each]) => each === id)?.[0] ?? id;
    this.#checks = [
      oneHolderPerGeneration(),
      movesUnderOwnClaim(this.log, this.counts),
      onlyCandidatesHold(chronicle, beganMs),
      neverRecordless(chronicle, stage.story.controllers > 1, callBeganMs, () => look.names()),
      nothingForeignTouched(chronicle, callBeganMs, {
        read: () => look.foreign(),
        associationOf: (id) => look.associationOf(id),
        valueAt: (name) =>
          look
            .recordsOf(privateZone)
            .find((each) => each.name === name)
            ?.values.join(),
      }),
      failuresAreReported(),
      noWakeUpIsLost(this.log),
      terminationIsBelieved(this.log, beganMs),
      nothingBegunLate(),
      this.told.check,
    ];
    this.#began.clear();
    this.#startMs = startMs;
  }

  #startMs = 0;

  onBegin = (invocation: Invocation, bodies: readonly string[]): void => {
    this.counts.invocations += 1;
    this.#began.set(invocation, this.#startMs + this.#nowMs());
    this.#tell(`${invocation.controller} ${invocation.id} begins with ${bodies.length} messages`);
    for (const body of bodies) this.#tell(`  ${messageWords(body)}`);
    this.#look((check) => check.onBegin?.(invocation, bodies));
  };

  onEnd = (invocation: Invocation, end: End): void => {
    if (end.words.startsWith('crashed')) this.counts.crashes += 1;
    if (end.words === 'timed out') this.counts.timeouts += 1;
    this.#tell(`${invocation.controller} ${invocation.id} ${end.kind}: ${end.words}`);
    this.#look((check) => check.onEnd?.(invocation, end));
  };

  onLog: LogListener = (level, message, extra) => {
    const reason = Reflect.get(Object(extra), 'reason') ?? Reflect.get(Object(extra), 'code');
    const words = reason === undefined ? undefined : String(reason);
    this.#tell(`  ${level} ${message}${words === undefined ? '' : ` (${words})`}`);
    const invocation = currentInvocation.getStore();
    if (invocation !== undefined) this.#look((check) => check.onLog?.(invocation, level, message, words));
  };

  onSent = (call: FunctionCall): void => {
    this.counts.calls += 1;
    if (call.effect === 'write') {
      // Whoever waits at a hook for a successor is kept waiting, pass after pass.
      if (call.operation !== 'RecordLifecycleActionHeartbeat') this.writes += 1;
      this.#tell(`  ${call.invocation.id} sends "${call.name}"`);
    }
    this.#look((check) => check.onSent?.(call));
  };

  onFault = (fault: FaultKind, { invocation, operation }: FunctionCall): void => {
    this.#tell(`  ${invocation.id}: ${fault} at ${operation}`);
  };

  onDone = (call: FunctionCall, response: WireResponse): void => {
    const { invocation, operation, input } = call;
    const isDone = response.status < 300;
    if (isMoving(call)) {
      const words = isDone ? JSON.stringify(input) : `refused: ${response.body.replaceAll(/\s+/g, ' ')}`;
      this.#tell(`  ${invocation.id} ${operation} ${words}`);
    }
    const write = this.log.take(call, response);
    if (write !== undefined) this.#onStateWrite(write);
    if (isDone && isMoving(call)) tick(this.counts.moves, operation);
    if (isDone) this.#look((check) => check.onEffect?.(call));
  };

  #onStateWrite(write: StateWrite): void {
    const { before, after, role, invocation } = write;
    if (after.lease !== undefined && after.lease.owner !== before.lease?.owner) {
      this.counts.claims += 1;
      if (before.lease !== undefined) this.counts.leasesLost += 1;
    }
    const isSettled = after.lease === undefined && before.lease !== undefined;
    for (const { slot, holder, generation, move } of after.slots) {
      const last = before.slots.find((each) => each.slot === slot);
      if (holder !== last?.holder) {
        const to = holder === undefined ? undefined : this.#nameOf(holder);
        this.moves.push({ atMs: this.#nowMs(), role, slot, generation, to });
      }
      if (isSettled && move === undefined && last?.move !== undefined) this.counts.failovers += 1;
      const state = `${holder ?? 'nobody'}, generation ${generation}`;
      const lease = after.lease === undefined ? 'no lease' : `lease of ${after.lease.owner.slice(0, 8)}`;
      this.#tell(`  ${invocation.id} writes ${role} ${slot}: ${state}, ${lease}, revision ${after.revision}`);
    }
    this.#look((check) => check.onStateWrite?.(write));
  }

  /** A law was broken. */
  report(check: LawName, words: readonly string[]): void {
    for (const each of words) {
      this.violations.push({ check, atMs: this.#nowMs(), words: each });
      this.#tell(`VIOLATION: ${check}: ${each}`);
    }
  }

  #look(at: (check: Check) => readonly string[] | undefined): void {
    for (const check of this.#checks) this.report(check.name, at(check) ?? []);
  }

  tell(line: string): void {
    this.#tell(line);
  }

  #tell(line: string): void {
    this.#trace(this.#nowMs(), line);
  }
}

/** A message by what tells it from others. */
function messageWords(body: string): string {
  const event = parseBody(body);
  if (event === undefined) return body;
  const text = (key: string) => String(Reflect.get(Object(event), key));
  return `${text('detail-type')} of ${text('time')}: ${JSON.stringify(Reflect.get(Object(event), 'detail'))}`;
}

import { z } from 'zod';
import type { Cloud } from '../localcloud/cloud.ts';
import type { LoggedCall } from '../localcloud/core/call-log.ts';
import type { EventEnvelope } from '../localcloud/events/event-envelope.ts';

/** The lines of the functions' logs that tell an outcome; the rest of the log is of no concern here. */
const outcomeLineSchema = z.looseObject({
  role: z.string().optional(),
  outcome: z.string(),
  cause: z.looseObject({
    trigger: z.string(),
    instanceId: z.string().optional(),
    state: z.string().optional(),
  }),
  holder: z.string().optional(),
  generation: z.number().optional(),
  from: z.string().optional(),
  changes: z.array(z.string()).default([]),
  reason: z.string().optional(),
  refusals: z.array(z.object({ words: z.string() })).default([]),
  unauthorized: z.array(z.object({ instanceId: z.string(), words: z.string() })).default([]),
});
export type OutcomeLine = z.infer<typeof outcomeLineSchema>;

/** One invocation of a function of the controller, once it has ended: what it said and what it called. */
export interface Sighting {
  readonly functionName: string;
  readonly outcomes: readonly OutcomeLine[];
  readonly calls: readonly LoggedCall[];
  readonly durationMs: number;
  /** Text of the error when the invocation failed. */
  readonly failure: string | undefined;
}

/** Watches the cloud and tells, in order, what its events and the controller's invocations were. */
export class Witness {
  readonly #cloud: Cloud;
  readonly #events: EventEnvelope[] = [];
  readonly #sightings: Sighting[] = [];
  #isKeeping = true;
  readonly #onEvent = new Set<(event: EventEnvelope) => void>();
  readonly #onSighting = new Set<(sighting: Sighting) => void>();

  constructor(cloud: Cloud) {
    this.#cloud = cloud;
    cloud.rooms.events.onEvent((event) => {
      if (this.#isKeeping) this.#events.push(event);
      for (const listener of this.#onEvent) listener(event);
    });
    cloud.rooms.lambda.onInvocation((record) => {
      if (record.outcome === undefined) return;
      const { functionName, requestId, traceId, startMs, endMs = startMs, outcome } = record;
      const sighting: Sighting = {
        functionName,
        outcomes: this.#outcomesOf(functionName, requestId),
        calls: cloud.callLog.calls({ traceId }),
        durationMs: endMs - startMs,
        failure: outcome.kind === 'success' ? undefined : JSON.stringify(outcome),
      };
      if (this.#isKeeping) this.#sightings.push(sighting);
      for (const listener of this.#onSighting) listener(sighting);
    });
  }

  /** From now on it tells its listeners and keeps nothing: what goes on for days would fill the memory. */
  stopKeeping(): void {
    this.#isKeeping = false;
    this.#events.length = 0;
    this.#sightings.length = 0;
  }

  get events(): readonly EventEnvelope[] {
    return this.#events;
  }

  get sightings(): readonly Sighting[] {
    return this.#sightings;
  }

  /** Until the returned function is called. */
  onEvent(listener: (event: EventEnvelope) => void): () => void {
    this.#onEvent.add(listener);
    return () => void this.#onEvent.delete(listener);
  }

  /** Until the returned function is called. */
  onSighting(listener: (sighting: Sighting) => void): () => void {
    this.#onSighting.add(listener);
    return () => void this.#onSighting.delete(listener);
  }

  #outcomesOf(functionName: string, requestId: string): readonly OutcomeLine[] {
    return this.#cloud.rooms.lambda
      .logLines(functionName)
      .filter((line) => line.requestId === requestId)
      .flatMap(({ text }) => {
        const line = outcomeLineSchema.safeParse(parseJson(text));
        return line.success ? [line.data] : [];
      });
  }
}

/** Undefined for a line that is no JSON: a log may hold anything. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

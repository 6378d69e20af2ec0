import type { Clock } from './clock.ts';
import { clockWaitsOf } from './clock-waits.ts';
import type { Call } from './service.ts';

/** Round-trip times in milliseconds by `service:Operation` or by `service`, the narrower first; others take none. */
export type LatencyModel = Readonly<Record<string, number>>;

/** Half of it passes before the effect and half after, so that calls made at once interleave as over a network. */
export function roundTripMs(model: LatencyModel, service: string, operation: string): number {
  return model[`${service}:${operation}`] ?? model[service] ?? 0;
}

/** Makes a caller wait on the cloud's clock; zero does not wait at all. */
export async function pause(clock: Clock, durationMs: number, call: Call): Promise<void> {
  if (durationMs <= 0) return;
  const endWait = clockWaitsOf(clock).begin(call);
  const { promise, resolve } = Promise.withResolvers<void>();
  clock.after(durationMs, resolve);
  await promise;
  endWait();
}

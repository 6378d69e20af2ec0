import { vi } from 'vitest';
import type { Telemetry } from '../../functions/middleware/telemetry.ts';
import { createTelemetry } from '../../functions/middleware/telemetry.ts';

type Line = Readonly<Record<string, unknown>>;

/** The telemetry of the functions, and what came out of it. */
export interface CapturedTelemetry {
  readonly telemetry: Telemetry;
  /** Lines of the log, parsed. */
  readonly lines: readonly Line[];
  /** What was flushed to CloudWatch, in its embedded metric format. */
  readonly metricLines: readonly Line[];
  /** The values of a metric over all that was flushed; metrics that are flushed empty are left out. */
  readonly valuesOf: (metric: string) => readonly number[];
}

/** The real Logger and Metrics of Powertools, writing to a console that is listened to. Undone by `vi.restoreAllMocks`. */
export function captureTelemetry(): CapturedTelemetry {
  vi.stubEnv('POWERTOOLS_DEV', 'true');
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
  const printed: Line[] = [];
  for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    vi.spyOn(console, method).mockImplementation((text: unknown) => {
      // Powertools' own warnings are plain text; what the functions say is JSON.
      if (String(text).startsWith('{')) printed.push(JSON.parse(String(text)));
    });
  }
  const telemetry = createTelemetry();
  return {
    telemetry,
    get lines() {
      return printed.filter((line) => 'level' in line);
    },
    get metricLines() {
      return printed.filter((line) => '_aws' in line);
    },
    valuesOf: (metric) =>
      printed.filter((line) => '_aws' in line).flatMap((line) => (line[metric] ?? []) as number | number[]),
  };
}

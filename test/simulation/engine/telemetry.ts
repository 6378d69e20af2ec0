import { Logger } from '@aws-lambda-powertools/logger';
import type { LogItemExtraInput, LogItemMessage } from '@aws-lambda-powertools/logger/types';
import { Metrics } from '@aws-lambda-powertools/metrics';
import type { Telemetry } from '../../../functions/middleware/telemetry.ts';

/** Takes each line that a function logs, instead of the console. */
export type LogListener = (level: 'info' | 'warn' | 'error', message: string, extra: unknown) => void;

class ToldLogger extends Logger {
  readonly #listener: LogListener;

  constructor(listener: LogListener) {
    super({ logLevel: 'SILENT' });
    this.#listener = listener;
  }

  override info(message: LogItemMessage, ...[extra]: LogItemExtraInput): void {
    this.#listener('info', String(message), extra);
  }

  override warn(message: LogItemMessage, ...[extra]: LogItemExtraInput): void {
    this.#listener('warn', String(message), extra);
  }

  override error(message: LogItemMessage, ...[extra]: LogItemExtraInput): void {
    this.#listener('error', String(message), extra);
  }
}

/** Nobody counts here. */
class SilentMetrics extends Metrics {
  override publishStoredMetrics(): this {
    this.clearMetrics();
    return this;
  }

  override singleMetric(): SilentMetrics {
    return new SilentMetrics({ namespace: 'Understudy', serviceName: 'simulation' });
  }
}

export function simulatedTelemetry(listener: LogListener): Telemetry {
  return {
    logger: new ToldLogger(listener),
    metrics: new SilentMetrics({ namespace: 'Understudy', serviceName: 'simulation' }),
  };
}

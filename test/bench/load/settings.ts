import { ec2AttemptsMax } from '../../../functions/compose.ts';
import { wiring } from '../../../infra/wiring.ts';

/** What can be chosen about the way of events; see infra/wiring.ts. */
export interface LoadSettings {
  readonly batchSize: number;
  readonly batchingWindowSeconds: number;
  readonly maximumConcurrency: number;
  readonly visibilityTimeoutSeconds: number;
  readonly maxReceiveCount: number;
  /** Tries of one call to EC2 by the SDK. */
  readonly ec2AttemptsMax: number;
}

/** As it is deployed. */
export const deployedSettings: LoadSettings = {
  ...wiring.eventSource,
  batchingWindowSeconds: 0,
  visibilityTimeoutSeconds: wiring.queue.visibilityTimeoutSeconds,
  maxReceiveCount: wiring.queue.maxReceiveCount,
  ec2AttemptsMax,
};

/** Others that were tried, for comparison. */
export const comparedSettings: readonly LoadSettings[] = [
  deployedSettings,
  { ...deployedSettings, maximumConcurrency: 2 },
  { ...deployedSettings, maximumConcurrency: 10 },
  // The SDK waits, whatever becomes of the lease meanwhile.
  { ...deployedSettings, ec2AttemptsMax: 8 },
  // Lambda fills more than ten only by waiting a second or more.
  { ...deployedSettings, batchSize: 50, batchingWindowSeconds: 1 },
];

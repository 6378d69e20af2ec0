/** One Lambda function: where its code is, and how much it may take. */
export interface FunctionDefinition {
  readonly name: 'on-events' | 'resync';
  /** Source of its handler, from the top of the repository. */
  readonly entry: string;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
}

/**
 * - `on-events`: half a minute is far more than a failover takes and leaves room for one stale read and three re-plans;
 *   512 MB buy CPU for the start of the SDK.
 * - `resync`: walks over all roles in pages, so it gets minutes; it stops by itself and goes on the next time.
 */
export const functions: readonly FunctionDefinition[] = [
  { name: 'on-events', entry: 'functions/on-events/handler.ts', timeoutSeconds: 30, memoryMb: 512 },
  { name: 'resync', entry: 'functions/resync/handler.ts', timeoutSeconds: 120, memoryMb: 512 },
];

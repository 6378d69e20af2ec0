/** When a scheduled rule fires. */
export interface Schedule {
  /** The first time after `timeMs`, in milliseconds since the epoch; undefined when there is none. */
  nextAfter(timeMs: number): number | undefined;
}

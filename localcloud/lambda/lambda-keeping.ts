/** How much of what was is kept to be looked at. */
export interface LambdaKeeping {
  /** Invocations, those under way besides; 10,000 unless given. */
  readonly recordsMax?: number;
  /** Lines of each function's log; 10,000 unless given. */
  readonly logLinesMax?: number;
}

/** Enough for a long test, and little enough for a long demonstration. */
export const keptUsually = 10_000;

import type { SpecProblem } from '../../shared/model/spec-problem.ts';

/** A problem of a roles file, with its place in the text where it has one; lines and columns count from 1. */
export interface FileProblem extends SpecProblem {
  readonly line?: number;
  readonly column?: number;
}

/** Where something stands in the file's structure, such as `['roles', 'db', 'records', 0, 'name']`. */
export type FilePath = readonly (string | number)[];

/** A problem whose place in the text is still to be looked up. */
export interface PlacedProblem {
  readonly at: FilePath;
  /** What is wrong is the key there, and not its value. */
  readonly isAboutKey?: true;
  readonly found: string;
  readonly allowed: string;
}

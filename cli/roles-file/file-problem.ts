import type { SpecProblem } from '../../shared/model/spec-problem.ts';

/** A problem of a roles file, with its place in the text where it has one; lines and columns count from 1. */
export interface FileProblem extends SpecProblem {
  readonly line?: number;
  readonly column?: number;
}

/** Problems of one file that are told; whoever has more mends these first. */
export const problemsMax = 50;

/** The first problems, and where there are more one that says so. */
export function firstProblems<Problem extends Words>(
  all: readonly Problem[],
  toldMore: (words: Words) => Problem,
): readonly Problem[] {
  return isEnough(all) ? [...all.slice(0, problemsMax), toldMore(more)] : all;
}

type Words = Pick<SpecProblem, 'found' | 'allowed'>;

const more: Words = {
  found: `more than these ${problemsMax} problems`,
  allowed: 'none; the others are told once these are mended',
};

/** Whether enough was found to stop looking. */
export function isEnough(problems: readonly unknown[]): boolean {
  return problems.length > problemsMax;
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

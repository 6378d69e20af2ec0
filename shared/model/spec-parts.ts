import type { AddressSpec } from './address-spec.ts';
import type { ElectionSpec } from './election-spec.ts';
import type { RecordSpec } from './record-spec.ts';

/** The parts of a role's spec that have to fit together. */
export interface SpecParts {
  readonly slots: number;
  readonly addresses: readonly AddressSpec[];
  readonly records: readonly RecordSpec[];
  readonly allow?: { readonly subnets?: string | readonly string[] | undefined } | undefined;
  readonly election: Pick<ElectionSpec, 'prefer' | 'failback'>;
  readonly vacant: 'keep' | 'park';
}

/** One combination that could never work. */
export interface CombinationProblem {
  /** Within the spec, such as `['records', 0, 'value']`. */
  readonly path: readonly (string | number)[];
  /** What is allowed, in words. */
  readonly message: string;
}

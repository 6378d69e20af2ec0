import { describe, expect, it } from 'vitest';
import { catchMutant } from './catch-mutant.ts';
import type { Mutant } from './mutant.ts';

/** Far more than any takes as long as its seed catches it; searching all fixed seeds takes a while. */
const searchMs = 300_000;

export function describeMutants(about: string, mutants: readonly Mutant[]): void {
  describe(`a controller that is broken in ${about} is caught within the fixed seeds`, () => {
    it.each(mutants.map((mutant) => [mutant.name, mutant] as const))(
      'one %s',
      async (_name, mutant) => {
        const caught = await catchMutant(mutant);

        expect(caught?.violation.check).toBe(mutant.breaks);
      },
      searchMs,
    );
  });
}

import { memoryMutants } from './memory-mutants.ts';
import type { Mutant } from './mutant.ts';
import { worldMutants } from './world-mutants.ts';

/** Every variant of the code that is broken on purpose. */
export const mutants: readonly Mutant[] = [...memoryMutants, ...worldMutants];

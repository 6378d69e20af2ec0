import { describeMutants } from './describe-mutants.ts';
import { memoryMutants } from './memory-mutants.ts';

describeMutants('what is remembered', memoryMutants);

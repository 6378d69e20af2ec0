import { describeMutants } from './describe-mutants.ts';
import { worldMutants } from './world-mutants.ts';

describeMutants('what is read and changed', worldMutants);

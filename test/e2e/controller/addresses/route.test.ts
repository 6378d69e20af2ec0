import { routeCase } from './kinds.ts';
import { describeAddress } from './situations.ts';

describeAddress(routeCase);

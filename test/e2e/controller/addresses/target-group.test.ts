import { targetGroupCase } from './kinds.ts';
import { describeAddress } from './situations.ts';

describeAddress(targetGroupCase);

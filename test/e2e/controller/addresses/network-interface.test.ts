import { networkInterfaceCase } from './kinds.ts';
import { describeAddress } from './situations.ts';

describeAddress(networkInterfaceCase);

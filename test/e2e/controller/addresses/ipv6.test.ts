import { ipv6Case } from './kinds.ts';
import { describeAddress } from './situations.ts';

describeAddress(ipv6Case);

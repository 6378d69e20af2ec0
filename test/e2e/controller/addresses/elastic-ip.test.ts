import { elasticIpCases } from './kinds.ts';
import { describeAddress } from './situations.ts';

for (const kind of elasticIpCases) describeAddress(kind);

import { privateIpCase, privateIpWithElasticIpCase } from './kinds.ts';
import { describeAddress } from './situations.ts';

for (const kind of [privateIpCase, privateIpWithElasticIpCase]) describeAddress(kind);

import { describe, expect, it } from 'vitest';
import type { Change } from '../../../../shared/model/change.ts';
import { describeChange } from '../../../../shared/model/change.ts';
import {
  allocationId,
  aRecord,
  instanceId,
  networkInterfaceId,
  privateIp,
  publicIp,
} from '../../../builders/observed.ts';

const associate: Change = {
  kind: 'associate-address',
  allocationId: allocationId(1),
  publicIp: publicIp(25),
  networkInterfaceId: networkInterfaceId(2),
  privateIp: privateIp(3),
  instanceId: instanceId(4),
  allowReassociation: true,
};

describe('describeChange', () => {
  it.each<[words: string, change: Change]>([
    [`associate 203.0.113.25 (${allocationId(1)}) with ${instanceId(4)} at 10.0.1.3`, associate],
    ['create db.corp.internal 60 A 10.0.1.1', { kind: 'change-record', after: aRecord('10.0.1.1') }],
    ['delete db.corp.internal 60 A 10.0.1.1', { kind: 'change-record', before: aRecord('10.0.1.1') }],
    [
      'change db.corp.internal 300 A 10.0.1.1 to 60 10.0.1.2',
      { kind: 'change-record', before: aRecord('10.0.1.1', { ttlSeconds: 300 }), after: aRecord('10.0.1.2') },
    ],
    ['nothing', { kind: 'change-record' }],
  ])('says "%s"', (words, change) => {
    expect(describeChange(change)).toBe(words);
  });
});

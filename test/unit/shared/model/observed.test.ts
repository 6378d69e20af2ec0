import { expect, it } from 'vitest';
import { noNetwork } from '../../../../shared/model/observed.ts';

it('nothing of the network is observed where no role asks for it', () => {
  expect(noNetwork).toEqual({
    interfaces: [],
    routeTables: [],
    subnets: [],
    limits: {},
    targets: [],
    reverseNames: {},
  });
});

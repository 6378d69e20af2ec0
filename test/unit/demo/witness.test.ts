import { expect, test } from 'vitest';
import { Witness } from '../../../demo/witness.ts';
import { createCloud } from '../../../localcloud/cloud.ts';
import { VirtualClock } from '../../../localcloud/core/clock.ts';

test('a witness that has stopped keeping still tells, and does not grow', () => {
  const cloud = createCloud({ clock: new VirtualClock() });
  const witness = new Witness(cloud);
  const told: string[] = [];
  witness.onEvent(({ source }) => told.push(source));
  const publish = () =>
    cloud.surroundings.publish({ source: 'aws.ec2', detailType: 'Test', resources: [], detail: {} });
  publish();

  witness.stopKeeping();
  publish();

  expect(told).toEqual(['aws.ec2', 'aws.ec2']);
  expect(witness.events).toEqual([]);
});

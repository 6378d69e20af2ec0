import { AllocateAddressCommand, RunInstancesCommand } from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import { countByService, type LoggedCall } from '../../../localcloud/core/call-log.ts';
import { Theatre } from './theatre.ts';

/** A farm with a holder in each of its places and one candidate more. */
async function openFarm(slots: number): Promise<Theatre> {
  const theatre = await Theatre.open({ roomOptions: { ec2: { elasticIpQuota: 500 } } });
  const { ec2 } = theatre.stage.clients;
  for (let number = 0; number < slots; number++) {
    await ec2.send(
      new AllocateAddressCommand({
        TagSpecifications: [{ ResourceType: 'elastic-ip', Tags: [{ Key: 'farm', Value: 'web' }] }],
      }),
    );
    // EC2 allows five such calls a second.
    theatre.clock.advanceTo(theatre.clock.now() + 200);
  }
  await theatre.define('web', {
    slots,
    addresses: [{ elasticIp: { pool: { tags: { farm: 'web' } } } }],
    records: [
      { zone: 'example.com', name: 'web.example.com', value: 'elasticIp', routing: 'multivalue' },
      { zone: 'corp.internal', name: 'web-{slot}.corp.internal', value: 'privateIp' },
    ],
  });
  const [SubnetId] = theatre.stage.world.subnetIds;
  const TagSpecifications = [{ ResourceType: 'instance' as const, Tags: [{ Key: 'role', Value: 'web' }] }];
  await ec2.send(
    new RunInstancesCommand({
      ImageId: 'ami-0abcdef1234567890',
      InstanceType: 't3.micro',
      MinCount: slots + 1,
      MaxCount: slots + 1,
      SubnetId,
      TagSpecifications,
    }),
  );
  await theatre.settle(300_000);
  return theatre;
}

/** The calls of the failover of one place, and those of a resync after it. */
async function callsOfOneFailover(theatre: Theatre) {
  const slots = await theatre.slots('web');
  const before = theatre.witness.sightings.length;
  await theatre.terminate(slots[1]?.holder ?? '');
  await theatre.settle(70_000);
  const sightings = theatre.witness.sightings.slice(before);
  const failover = sightings.filter(({ outcomes }) =>
    outcomes.some(({ outcome }) => outcome === 'converged'),
  );
  const resync = sightings.filter(({ functionName }) => functionName.endsWith('resync'));
  return {
    holders: new Set((await theatre.slots('web')).map(({ holder }) => holder)),
    failover: failover.flatMap(({ calls }) => calls),
    resync: resync.at(-1)?.calls ?? [],
  };
}

const names = (calls: readonly LoggedCall[]) => calls.map(({ operation }) => operation).toSorted();

describe('a group of a hundred places', () => {
  it('takes as many calls for the failover of one of them as a group of three', {
    timeout: 120_000,
  }, async () => {
    await using small = await openFarm(3);
    await using large = await openFarm(100);

    const three = await callsOfOneFailover(small);
    const hundred = await callsOfOneFailover(large);

    expect([three.holders.size, hundred.holders.size]).toEqual([3, 100]);
    expect(names(three.failover)).toContain('AssociateAddress');
    expect(names(hundred.failover)).toEqual(names(three.failover));
    expect(names(three.resync)).toContain('ListResourceRecordSets');
    expect(countByService(hundred.resync)).toEqual(countByService(three.resync));
  });
});

import { describe, expect, it } from 'vitest';
import { Ground } from './addresses/ground.ts';
import {
  type AddressScene,
  ipv6Case,
  networkInterfaceCase,
  privateIpWithElasticIpCase,
  routeCase,
  targetGroupCase,
} from './addresses/kinds.ts';
import { tag, untag } from './tagging.ts';

/** A role with an address of every kind and records of every value that they give. */
async function defineEverything(ground: Ground): Promise<readonly AddressScene[]> {
  const cases = [privateIpWithElasticIpCase, networkInterfaceCase, routeCase, ipv6Case, targetGroupCase];
  const scenes = await Promise.all(cases.map((each) => each.prepare(ground)));
  await ground.theatre.define('everything', {
    addresses: scenes.flatMap(({ addresses }) => addresses),
    records: [
      { zone: 'example.com', name: 'all.example.com', value: 'elasticIp' },
      { zone: 'example.com', name: 'split.example.com', value: 'elasticIpName' },
      { zone: 'corp.internal', name: 'all.corp.internal', value: 'privateIp' },
      { zone: 'corp.internal', name: 'six.corp.internal', value: 'ipv6' },
      { zone: 'corp.internal', name: 'host.corp.internal', value: 'privateName' },
      { zone: 'corp.internal', name: 'about.corp.internal', type: 'TXT', values: ['{instanceId}'] },
    ],
  });
  return scenes;
}

/** Who has any of the addresses. */
async function carriers(scenes: readonly AddressScene[]): Promise<readonly string[]> {
  const all = await Promise.all(scenes.map(({ carriers: of }) => of()));
  return [...new Set(all.flat())];
}

describe('a role with an address of every kind', () => {
  it('fails over and back, whole, and writes nothing when all is told again', async () => {
    await using ground = await Ground.open();
    const { theatre } = ground;
    const scenes = await defineEverything(ground);
    const about = () => theatre.record('about.corp.internal');
    const host = async (id: string) => (await theatre.instance(id)).PrivateDnsName;

    const [first = '', second = ''] = await ground.launch('everything', 'a', 'a');
    const atFirst = await carriers(scenes);
    const recordAtFirst = await about();
    await untag(ground.theatre, first);
    await theatre.settle();
    const atSecond = await carriers(scenes);
    const recordAtSecond = await about();
    await tag(ground.theatre, first, 'everything');
    await theatre.settle();
    await theatre.terminate(second);
    await theatre.settle();
    const { sequence } = ground;
    await theatre.replay([...theatre.events(first), ...theatre.events(second)]);
    await theatre.settle(120_000);

    expect([atFirst, recordAtFirst]).toEqual([[first], `"${first}"`]);
    expect([atSecond, recordAtSecond]).toEqual([[second], `"${second}"`]);
    expect([await carriers(scenes), await about()]).toEqual([[first], `"${first}"`]);
    expect(await theatre.record('host.corp.internal')).toBe(await host(first));
    expect(await theatre.slot('everything')).toMatchObject({ holder: first, generation: 3, intent: [] });
    expect(ground.writesSince(sequence)).toEqual([]);
  });
});

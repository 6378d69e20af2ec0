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
import { recordsIn } from './zones.ts';

/** A role with an address of every kind and records of every value that they give. */
async function defineEverything(ground: Ground): Promise<readonly AddressScene[]> {
  const cases = [privateIpWithElasticIpCase, networkInterfaceCase, routeCase, ipv6Case, targetGroupCase];
  const scenes: AddressScene[] = [];
  for (const each of cases) scenes.push(await each.prepare(ground));
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

/** Who has any of the addresses, and what the names say. */
async function seen({ theatre }: Ground, scenes: readonly AddressScene[]) {
  const { publicZoneId, privateZoneId } = theatre.stage.world;
  const all = await Promise.all(scenes.map(({ carriers }) => carriers()));
  return {
    carriers: [...new Set(all.flat())],
    records: { ...(await recordsIn(theatre, publicZoneId)), ...(await recordsIn(theatre, privateZoneId)) },
  };
}

describe('a role with an address of every kind', () => {
  it('fails over and back, whole, and writes nothing when all is told again', async () => {
    await using ground = await Ground.open();
    const { theatre } = ground;
    const scenes = await defineEverything(ground);
    const host = async (id: string) => `60 ${(await theatre.instance(id)).PrivateDnsName}`;

    const [first = '', second = ''] = await ground.launch('everything', 'a', 'a');
    const before = await seen(ground, scenes);
    await untag(theatre, first);
    await theatre.settle();
    const over = await seen(ground, scenes);
    const hostOfSecond = await host(second);
    await tag(theatre, first, 'everything');
    await theatre.settle();
    await theatre.terminate(second);
    await theatre.settle();
    const back = await seen(ground, scenes);
    const { sequence } = ground;
    await theatre.replay([...theatre.events(first), ...theatre.events(second)]);
    await theatre.settle(120_000);

    const { records } = before;
    expect(before.carriers).toEqual([first]);
    expect(records).toMatchObject({
      'split.example.com CNAME': expect.stringMatching(/^60 ec2-.*\.compute\.amazonaws\.com$/),
      'all.corp.internal A': expect.stringMatching(/^60 10\.0\.1\./),
      'six.corp.internal AAAA': expect.stringMatching(/^60 2001:db8:/),
      'host.corp.internal CNAME': await host(first),
      'about.corp.internal TXT': `60 "${first}"`,
    });
    // The addresses are the role's own: only the names that speak of the holder change.
    expect(over).toEqual({
      carriers: [second],
      records: {
        ...records,
        'host.corp.internal CNAME': hostOfSecond,
        'about.corp.internal TXT': `60 "${second}"`,
      },
    });
    expect(back).toEqual(before);
    expect(await theatre.slot('everything')).toMatchObject({ holder: first, generation: 3, intent: [] });
    expect(ground.writesSince(sequence)).toEqual([]);
  });
});

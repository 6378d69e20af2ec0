import { describe, expect, it } from 'vitest';
import type { Observed } from '../../../../../shared/model/observed.ts';
import { nothingWritten } from '../../../../../shared/model/role-state.ts';
import { aNetwork, aNetworkInterface, attachedTo } from '../../../../builders/network.ts';
import {
  allocationId,
  anAttachment,
  anElasticIp,
  anInstance,
  associationId,
  instanceId,
  networkInterfaceId,
  privateIp,
  publicIp,
  subnetId,
} from '../../../../builders/observed.ts';
import { anAddressCase } from './address-case.ts';
import { association, at, own, place, plain, standing } from './elastic-ip-case.ts';

describe('an Elastic IP of a role with a private address of its own', () => {
  const both = [own, { privateIp: privateIp(50) }];
  const itself = `Elastic IP ${publicIp(25)} (${allocationId(0xe1)})`;
  const spare = { allocationId: allocationId(0xe3) };
  const withAddress = anInstance(1, {
    attachments: [anAttachment(1, { privateIps: [privateIp(1), privateIp(50)] })],
    privateIps: [place(1, true), place(50, false)],
  });
  const carrier = aNetworkInterface(1, { privateIps: [privateIp(1), privateIp(50)], ...attachedTo(1) });
  const carried: Partial<Observed> = {
    instances: [withAddress, anInstance(2)],
    elasticIps: [at(50)],
    network: aNetwork({ interfaces: [carrier] }),
  };

  it('goes on it, where it will be', () => {
    const observed = { ...carried, elasticIps: [anElasticIp()] };

    expect(anAddressCase(both, observed).changes(1)).toEqual([association(false, privateIp(50))]);
    expect(anAddressCase(both, observed).changes(2)).toEqual([association(false, privateIp(50), 2)]);
  });

  it('goes on it also when it takes the last room of its interface in the same pass', () => {
    const limits = { 't3.medium': { interfacesMax: 2, ipv4PerInterfaceMax: 2, ipv6PerInterfaceMax: 2 } };
    const observed = {
      instances: [anInstance(2)],
      elasticIps: [anElasticIp()],
      network: aNetwork({ limits }),
    };
    const taken = new Set<string>();
    anAddressCase(both, observed, { index: 1, taken }).plan(2);

    const elasticIp = anAddressCase(both, observed, { taken });

    expect(elasticIp.obstacle(2)).toBeUndefined();
    expect(elasticIp.changes(2)).toEqual([association(false, privateIp(50), 2)]);
  });

  it('comes along with it, and is not associated again', () => {
    expect(anAddressCase(both, carried).plan(2)).toEqual({
      changes: [],
      associations: [standing(privateIp(50), 2)],
    });
  });

  it('comes along also when the interface it was on is not that of the address any more', () => {
    const moved = aNetworkInterface(2, { privateIps: [privateIp(2), privateIp(50)], ...attachedTo(2) });
    const observed = { ...carried, network: aNetwork({ interfaces: [moved] }) };

    expect(anAddressCase(both, observed).changes(2)).toEqual([]);
  });

  it('is associated when it is on an equal address of another subnet', () => {
    const elsewhere = { ...carrier, subnetId: subnetId(9) };
    const network = aNetwork({ interfaces: [elsewhere] });
    const observed = { ...carried, instances: [anInstance(2)], network };

    expect(anAddressCase([{ ...own, adopt: true }, both[1] ?? {}], observed).changes(2)).toEqual([
      association(true, privateIp(50), 2),
    ]);
  });

  it('goes on the primary one when it says so, and the next goes on the own one', () => {
    const addresses = [{ ...own, on: 'primary' }, { elasticIp: allocationId(0xe2) }, both[1] ?? {}];
    const second = anElasticIp(undefined, { allocationId: allocationId(0xe2) });
    const observed = { ...carried, elasticIps: [anElasticIp(), second] };

    expect(anAddressCase(addresses, observed).changes(1)).toMatchObject([{ privateIp: privateIp(1) }]);
    expect(anAddressCase(addresses, observed, { index: 1 }).changes(1)).toMatchObject([
      { privateIp: privateIp(50) },
    ]);
  });

  it('is refused while another Elastic IP is on it', () => {
    const observed = { ...carried, elasticIps: [anElasticIp(), at(50, 0xe2)] };

    expect(anAddressCase(both, observed).refusal()).toEqual({
      code: 'NoFreePrivateIp',
      words:
        `${privateIp(50)} already carries Elastic IP ${publicIp(25)} (${allocationId(0xe2)}), ` +
        `so ${itself} cannot go on it`,
    });
  });

  it('is not refused for being on it, nor for what others are on', () => {
    const observed = { ...carried, elasticIps: [at(50), at(1, 0xe2), anElasticIp(undefined, spare)] };

    expect(anAddressCase(both, observed).refusal()).toBeUndefined();
  });

  it('is refused while that address is somebody else’s', () => {
    const stranger = { ...carrier, ...attachedTo(9) };
    const network = aNetwork({ interfaces: [stranger] });
    const observed = { ...carried, elasticIps: [anElasticIp()], network };

    expect(anAddressCase(both, observed).refusal()).toEqual({
      code: 'NoFreePrivateIp',
      words: `${itself} goes with ${privateIp(50)}, which cannot be used`,
    });
  });

  it('is refused in a slot for which no such address is listed', () => {
    const listed = { privateIp: [privateIp(50), privateIp(51)] };
    const pool = { elasticIp: { pool: { tags: { Name: 'db' } } } };
    const elasticIps = [2, 3, 4].map((number) =>
      anElasticIp(undefined, { allocationId: allocationId(number), tags: { Name: 'db' } }),
    );
    const slot = {
      slot: 2,
      written: { ...nothingWritten, associations: [{ ...standing(), allocationId: allocationId(2) }] },
    };
    const { refusal } = anAddressCase([pool, listed], { ...carried, elasticIps }, { slots: 2, slot });

    expect(refusal()).toEqual({
      code: 'NoFreePrivateIp',
      words: `the role has no private address of its own for Elastic IP ${publicIp(25)} (${allocationId(2)})`,
    });
  });

  it('is associated when nobody knows in what subnet it is', () => {
    const unknown = anElasticIp(undefined, {
      association: { ...standing(privateIp(50), 77), instanceId: instanceId(1) },
    });

    expect(anAddressCase(both, { ...carried, elasticIps: [unknown] }).changes(2)).toEqual([
      association(true, privateIp(50), 2),
    ]);
  });

  it('cannot go to an instance that cannot take that address', () => {
    const elsewhere = anInstance(2, { attachments: [anAttachment(2, { subnetId: subnetId(2) })] });
    const observed = { ...carried, instances: [withAddress, elsewhere] };

    expect(anAddressCase(both, observed).obstacle(2)).toBe(`it cannot take ${privateIp(50)}`);
  });
});

describe('an Elastic IP on an interface that the slot moves as a whole', () => {
  it('comes along with it', () => {
    // The first goes with the private address, so the second is the one of the interface.
    const addresses = [
      { elasticIp: allocationId(0xe2) },
      own,
      { privateIp: privateIp(50) },
      { networkInterface: networkInterfaceId(7) },
    ];
    const onInterface = anElasticIp(undefined, {
      association: {
        associationId: associationId(1),
        networkInterfaceId: networkInterfaceId(7),
        privateIp: privateIp(7),
        instanceId: instanceId(9),
      },
    });
    const elasticIps = [anElasticIp(undefined, { allocationId: allocationId(0xe2) }), onInterface];
    const network = aNetwork({ interfaces: [aNetworkInterface(7)] });
    const { refusal, plan } = anAddressCase(addresses, { ...plain, elasticIps, network }, { index: 1 });

    expect(refusal()).toBeUndefined();
    expect(plan(1)).toEqual({ changes: [], associations: [{ ...standing(privateIp(7), 7) }] });
  });
});

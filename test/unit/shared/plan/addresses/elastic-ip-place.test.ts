import { describe, expect, it } from 'vitest';
import { elasticIpSourceOf } from '../../../../../shared/plan/addresses/elastic-ip.ts';
import { placeOf } from '../../../../../shared/plan/addresses/elastic-ip-place.ts';
import { aNetwork, aNetworkInterface, aSubnet, attachedTo } from '../../../../builders/network.ts';
import {
  allocationId,
  anElasticIp,
  anInstance,
  associationId,
  instanceId,
  networkInterfaceId,
  privateIp,
  subnetId,
} from '../../../../builders/observed.ts';
import { anAddressCase } from './address-case.ts';
import { association, at, own, place, plain, standing, twoAddresses } from './elastic-ip-case.ts';

describe('an Elastic IP that may go anywhere', () => {
  it('goes on the primary address, without leave to take it from anybody when it is free', () => {
    expect(anAddressCase([own], plain).plan(1)).toEqual({ changes: [association(false)], associations: [] });
  });

  it('is taken from where it was seen', () => {
    expect(anAddressCase([own], { ...plain, elasticIps: [anElasticIp(2)] }).changes(1)).toEqual([
      association(true, privateIp(1), 1, 2),
    ]);
  });

  it('stays where it is, although the primary address is free', () => {
    const { plan } = anAddressCase([own], { instances: [twoAddresses], elasticIps: [at(101)] });

    expect(plan(1)).toEqual({ changes: [], associations: [standing(privateIp(101))] });
  });

  it('goes on the next address when the primary one carries another Elastic IP', () => {
    const observed = { instances: [twoAddresses], elasticIps: [anElasticIp(), at(1, 0xe2)] };

    expect(anAddressCase([own], observed).changes(1)).toEqual([association(false, privateIp(101))]);
  });

  it('goes on the next address when this pass gave the primary one to another', () => {
    const elasticIps = [anElasticIp(), anElasticIp(undefined, { allocationId: allocationId(0xe2) })];
    const addresses = [own, { elasticIp: allocationId(0xe2) }];
    const first = anAddressCase(addresses, { instances: [twoAddresses], elasticIps });
    const second = anAddressCase(
      addresses,
      { instances: [twoAddresses], elasticIps },
      { index: 1, taken: first.context.taken },
    );

    expect([...first.changes(1), ...second.changes(1)]).toMatchObject([
      { privateIp: privateIp(1) },
      { privateIp: privateIp(101) },
    ]);
  });

  it('is told to be where it goes also after it was given that place', () => {
    const { context, changes } = anAddressCase([own], plain);
    const [spec] = context.observed.role.spec.addresses;
    changes(1);

    expect(spec && 'elasticIp' in spec && elasticIpSourceOf(context, spec, anInstance(1))).toEqual({
      elasticIp: anElasticIp(),
      place: place(1, true),
    });
  });

  it('finds no place when every address carries another', () => {
    const { obstacle, plan } = anAddressCase([own], { ...plain, elasticIps: [anElasticIp(), at(1, 0xe2)] });

    expect(obstacle(1)).toBe('each of its private addresses already carries another Elastic IP');
    expect(plan(1).changes).toEqual([]);
  });

  it('does not take an equal address of another VPC for its own', () => {
    const inOtherVpc = { subnetId: subnetId(9), privateIps: [privateIp(1)] };
    const elsewhere = anElasticIp(9, {
      association: {
        associationId: associationId(9),
        networkInterfaceId: networkInterfaceId(9),
        privateIp: privateIp(1),
        instanceId: instanceId(2),
      },
    });
    const network = aNetwork({
      subnets: [aSubnet(1), aSubnet(1, { subnetId: subnetId(9) })],
      interfaces: [aNetworkInterface(1), aNetworkInterface(9, inOtherVpc)],
    });

    expect(anAddressCase([own], { ...plain, elasticIps: [elsewhere], network }).changes(1)).toEqual([
      association(true, privateIp(1), 1, 9),
    ]);
  });

  it('does not go on an address that another role moves', () => {
    const elasticIps = [anElasticIp(), at(1, 0xe2)];
    const other = anAddressCase([{ privateIp: privateIp(101) }], {
      instances: [twoAddresses],
      network: aNetwork(),
    });
    other.plan(1);
    const { obstacle } = anAddressCase(
      [own],
      { instances: [twoAddresses], elasticIps },
      {
        index: 0,
        taken: new Set([...other.context.taken].map((key) => key.replace(' for db', ' for other'))),
      },
    );

    expect(obstacle(1)).toContain('each of its private addresses');
  });
});

describe('an Elastic IP beside what else the slot moves', () => {
  const primaryOccupied = [anElasticIp(), at(1, 0xe2)];
  const noPlace = 'each of its private addresses already carries another Elastic IP';

  it('loses no place to an Elastic IP of the slot that cannot be used', () => {
    const addresses = [{ elasticIp: allocationId(0xe9) }, own];

    expect(anAddressCase(addresses, plain, { index: 1 }).changes(1)).toEqual([association(false)]);
    expect(anAddressCase(addresses, plain).plan(1)).toEqual({ changes: [] });
  });

  it('does not go on a private address that the role moves', () => {
    const withRoleAddress = anInstance(1, { privateIps: [place(1, true), place(50, false)] });
    const addresses = [{ elasticIp: allocationId(0xe9) }, own, { privateIp: privateIp(50) }];
    const observed = { instances: [withRoleAddress], elasticIps: primaryOccupied, network: aNetwork() };

    expect(anAddressCase(addresses, observed, { index: 1 }).obstacle(1)).toBe(noPlace);
  });

  describe('such as an interface', () => {
    // The first goes with the private address.
    const addresses = [
      { elasticIp: allocationId(0xe9) },
      own,
      { privateIp: privateIp(50) },
      { networkInterface: networkInterfaceId(7) },
    ];
    const onInterface = {
      networkInterfaceId: networkInterfaceId(7),
      privateIp: privateIp(7),
      isPrimary: false,
    };
    const network = aNetwork({ interfaces: [aNetworkInterface(7, attachedTo(1))] });
    const withInterface = anInstance(1, { privateIps: [place(1, true), onInterface] });

    it('does not go on that', () => {
      const observed = { instances: [withInterface], elasticIps: primaryOccupied, network };

      expect(anAddressCase(addresses, observed, { index: 1 }).obstacle(1)).toBe(noPlace);
    });

    it('is not the public address of the holder while it is on that', () => {
      const observed = { instances: [withInterface], elasticIps: [anElasticIp(7)], network };
      const { context } = anAddressCase(addresses, observed, { index: 1 });

      expect(placeOf(context, withInterface)?.place).toEqual(onInterface);
    });
  });
});

describe('an Elastic IP on: primary', () => {
  const primary = { ...own, on: 'primary' };

  it('leaves a secondary address', () => {
    expect(anAddressCase([primary], { instances: [twoAddresses], elasticIps: [at(101)] }).changes(1)).toEqual(
      [association(true)],
    );
  });

  it('stays on the primary one', () => {
    expect(anAddressCase([primary], { instances: [twoAddresses], elasticIps: [at(1)] }).plan(1)).toEqual({
      changes: [],
      associations: [standing()],
    });
  });

  it('evicts nobody', () => {
    const observed = { instances: [twoAddresses], elasticIps: [anElasticIp(), at(1, 0xe2)] };

    expect(anAddressCase([primary], observed).obstacle(1)).toBe(
      'its primary address already carries another Elastic IP',
    );
  });
});

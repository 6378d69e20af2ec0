import { describe, expect, it } from 'vitest';
import { normalizeDnsName } from '../../../../../shared/model/dns-name.ts';
import type { Observed } from '../../../../../shared/model/observed.ts';
import type { SlotState } from '../../../../../shared/model/role-state.ts';
import { nothingWritten } from '../../../../../shared/model/role-state.ts';
import { associationsThere } from '../../../../../shared/plan/addresses/associations-there.ts';
import { aNetwork, targetGroupArn } from '../../../../builders/network.ts';
import {
  allocationId,
  anElasticIp,
  anInstance,
  associationId,
  heldBy,
  instanceId,
  networkInterfaceId,
  privateIp,
  publicIp,
} from '../../../../builders/observed.ts';
import { anAddressCase } from './address-case.ts';

const own = { elasticIp: allocationId(0xe1) };
const [claimed = {}] = heldBy(1).slots;
const intent = {
  kind: 'associate-address' as const,
  allocationId: allocationId(0xe1),
  publicIp: publicIp(25),
  networkInterfaceId: networkInterfaceId(9),
  privateIp: privateIp(9),
  instanceId: instanceId(9),
  allowReassociation: false,
};

/** An association that somebody else made with instance `on`. */
function associationWith(number: number, on: number) {
  return {
    associationId: associationId(number),
    networkInterfaceId: networkInterfaceId(on),
    privateIp: privateIp(on),
    instanceId: instanceId(on),
  };
}

/** An association with an interface that belongs to no instance, as a NAT gateway's. */
function withInterfaceOnly(on: number) {
  const { instanceId: _, ...association } = associationWith(on, on);
  return association;
}

describe('which Elastic IP may be moved', () => {
  it.each<[why: string, observed: Partial<Observed>, slot: Partial<SlotState>]>([
    ['is free', {}, {}],
    ['is with a candidate', { instances: [anInstance(1)], elasticIps: [anElasticIp(1)] }, {}],
    ['is where it was written', { elasticIps: [anElasticIp(1)] }, claimed],
    ['is where an unsettled claim meant it to be', { elasticIps: [anElasticIp(9)] }, { intent: [intent] }],
    [
      'is on a private address that was written there',
      { elasticIps: [anElasticIp(9)] },
      {
        written: {
          ...nothingWritten,
          placements: [{ resource: `private-ip ${privateIp(9)}`, at: networkInterfaceId(9) }],
        },
      },
    ],
  ])('is one that %s', (_, observed, slot) => {
    expect(anAddressCase([own], observed, { slot }).refusal()).toBeUndefined();
  });

  it.each<[why: string, observed: Partial<Observed>, slot: Partial<SlotState>]>([
    ['is with a stranger', { elasticIps: [anElasticIp(9)] }, claimed],
    [
      'was moved away from where it was written',
      { elasticIps: [anElasticIp(1, { association: associationWith(7, 1) })] },
      claimed,
    ],
    [
      'is on another address of the instance that an unsettled claim meant',
      { elasticIps: [anElasticIp(9)] },
      { intent: [{ ...intent, privateIp: privateIp(10) }] },
    ],
    [
      'is where a claim meant another Elastic IP to be',
      { elasticIps: [anElasticIp(9)] },
      { intent: [{ ...intent, allocationId: allocationId(0xe2) }] },
    ],
  ])('is not one that %s', (_, observed, slot) => {
    expect(anAddressCase([own], observed, { slot }).refusal()?.code).toBe('ElasticIpNotOurs');
  });

  it('names the stranger, or its interface when that belongs to no instance', () => {
    const onInstance = anAddressCase([own], { elasticIps: [anElasticIp(9)] });
    const onInterface = anAddressCase([own], {
      elasticIps: [anElasticIp(undefined, { association: withInterfaceOnly(9) })],
    });

    expect([onInstance, onInterface].map(({ refusal }) => refusal()?.words)).toEqual(
      [instanceId(9), networkInterfaceId(9)].map(
        (carrier) =>
          `Elastic IP ${publicIp(25)} (${allocationId(0xe1)}) is associated with ${carrier}, ` +
          'which is no candidate for this role; adopt: true would take it over',
      ),
    );
  });

  it('is even a stranger’s when the spec says adopt', () => {
    const { refusal } = anAddressCase([{ ...own, adopt: true }], { elasticIps: [anElasticIp(9)] });

    expect(refusal()).toBeUndefined();
  });
});

describe('an Elastic IP by tags', () => {
  const byTags = (tags: object) => ({ elasticIp: { tags } });

  it('is the one that carries them all', () => {
    const elasticIps = [
      anElasticIp(undefined, { tags: { Name: 'db' } }),
      anElasticIp(undefined, {
        allocationId: allocationId(0xe2),
        tags: { Name: 'db', team: 'a', more: 'b' },
      }),
    ];

    expect(anAddressCase([byTags({ Name: 'db', team: 'a' })], { elasticIps }).resources()).toEqual([
      allocationId(0xe2),
    ]);
  });

  it.each(['constructor', 'toString'])('is none by the tag %s, which nobody set', (key) => {
    const { refusal, resources } = anAddressCase([byTags({ [key]: 'x' })], {});

    expect(refusal()?.code).toBe('ElasticIpNotFound');
    expect(resources()).toEqual([]);
  });

  it('is refused when it is not there, and when several carry them, naming them', () => {
    const twins = [0xe2, 0xe1].map((number) =>
      anElasticIp(undefined, { allocationId: allocationId(number), tags: { Name: 'db' } }),
    );

    const missing = anAddressCase([own], { elasticIps: [] });
    const ambiguous = anAddressCase([byTags({ Name: 'db' })], { elasticIps: twins });

    expect(missing.refusal()).toEqual({
      code: 'ElasticIpNotFound',
      words: `Elastic IP ${allocationId(0xe1)} is not in this account and region`,
    });
    expect(ambiguous.refusal()).toEqual({
      code: 'ElasticIpAmbiguous',
      words:
        `Elastic IP with tags {"Name":"db"} could be any of ${allocationId(0xe1)}, ${allocationId(0xe2)}; ` +
        'tags must name exactly one',
    });
    expect(ambiguous.resources()).toEqual([0xe2, 0xe1].map(allocationId));
  });
});

describe('the reverse name of an Elastic IP', () => {
  const named = { ...own, reverseName: 'mail.example.com' };
  const records = [{ zone: 'example.com', name: 'mail.example.com', value: 'elasticIp' }];
  const observed = (reverseNames: Observed['network']['reverseNames']) => ({
    instances: [anInstance(1)],
    elasticIps: [anElasticIp(1)],
    network: aNetwork({ reverseNames }),
  });
  const setting = {
    kind: 'set-reverse-name',
    allocationId: allocationId(0xe1),
    publicIp: publicIp(25),
    name: 'mail.example.com',
  };

  it.each([
    ['that it has none', '' as const],
    ['another', normalizeDnsName('old.example.com')],
  ])('is set when it was read %s', (_, present) => {
    const { changes } = anAddressCase([named], observed({ [allocationId(0xe1)]: present }), { records });

    expect(changes(1)).toEqual([setting]);
  });

  it.each<[why: string, reverseNames: Observed['network']['reverseNames']]>([
    ['it is set already', { [allocationId(0xe1)]: normalizeDnsName('mail.example.com') }],
    ['it was not read', {}],
    ['only those of others were read', { [allocationId(0xe2)]: '' }],
  ])('is left alone when %s', (_, reverseNames) => {
    expect(anAddressCase([named], observed(reverseNames), { records }).changes(1)).toEqual([]);
  });
});

describe('the reverse name of an Elastic IP of which the spec says nothing', () => {
  it('is left as somebody set it', () => {
    const reverseNames = { [allocationId(0xe1)]: normalizeDnsName('old.example.com') };
    const observed = {
      instances: [anInstance(1)],
      elasticIps: [anElasticIp(1)],
      network: aNetwork({ reverseNames }),
    };

    expect(anAddressCase([own], observed).changes(1)).toEqual([]);
  });
});

describe('associationsThere', () => {
  it('has what stands as an unsettled claim meant it', () => {
    const register = { kind: 'register-target' as const, targetGroupArn: targetGroupArn('web') };
    const others = [{ ...register, instanceId: instanceId(9) }];
    const slot = { ...anAddressCase([own], {}).context.slot, intent: [...others, intent] };

    expect(associationsThere(slot, [anElasticIp(9)])).toEqual([
      {
        allocationId: allocationId(0xe1),
        associationId: associationId(9),
        networkInterfaceId: networkInterfaceId(9),
        privateIp: privateIp(9),
      },
    ]);
    expect(associationsThere(slot, [anElasticIp(1)])).toEqual([]);
    expect(associationsThere(slot, [])).toEqual([]);
  });
});

import type { ResourceRecordSet } from '@aws-sdk/client-route-53';
import { expect } from 'vitest';
import {
  creating,
  type DnsZone,
  deleting,
  expectedError,
  failureOf,
  invalidChangeBatch,
  record,
  upserting,
  zoneCase,
} from './zone-case.ts';

const api = 'https://docs.aws.amazon.com/Route53/latest/APIReference/API_ResourceRecordSet.html';

function weighted(zone: DnsZone, SetIdentifier: string, value: string, host = 'web'): ResourceRecordSet {
  return { ...record(`${host}.${zone.name}.`, 'A', value), SetIdentifier, Weight: 10 };
}

function multivalue(zone: DnsZone, SetIdentifier: string, value: string): ResourceRecordSet {
  return { ...record(`web.${zone.name}.`, 'A', value), SetIdentifier, MultiValueAnswer: true };
}

zoneCase('record sets of one name and type live side by side by identifier', api, async (zone) => {
  const [one, two] = [weighted(zone, 'one', '10.0.0.1'), weighted(zone, 'two', '10.0.0.2')];

  await zone.change(creating(one), creating(two));

  expect(await zone.recordSets()).toEqual([one, two]);
});

zoneCase('a set identifier belongs to its name and type', api, async (zone) => {
  const web = weighted(zone, 'one', '10.0.0.1', 'web');
  const db = weighted(zone, 'one', '10.0.0.2', 'db');
  await zone.change(creating(web), creating(db));

  await zone.change(deleting(web));

  expect(await zone.recordSets()).toEqual([db]);
});

zoneCase(
  'CREATE of an identifier that exists is refused and named',
  'https://github.com/barnybug/cli53/issues/317',
  async (zone) => {
    await zone.change(creating(weighted(zone, 'one', '10.0.0.1')));

    const again = zone.change(creating(weighted(zone, 'one', '10.0.0.2')));

    const set = `[name='web.${zone.name}.', type='A', set-identifier='one']`;
    const reason = `Tried to create resource record set ${set} but it already exists`;
    await expect(again).rejects.toMatchObject(invalidChangeBatch(reason));
  },
);

zoneCase(
  'a simple record set is refused beside weighted ones, UPSERT included',
  'https://github.com/chef-boneyard/route53/issues/100',
  async (zone) => {
    await zone.change(creating(weighted(zone, 'one', '10.0.0.1')));

    const simple = zone.change(upserting(record(`web.${zone.name}`, 'A', '10.0.0.2')));

    const subject = `RRSet with DNS name web.${zone.name}., type A`;
    const reason = `${subject} cannot be created as other RRSets exist with the same name and type.`;
    await expect(simple).rejects.toMatchObject(invalidChangeBatch(reason));
    expect(await zone.recordSets()).toEqual([weighted(zone, 'one', '10.0.0.1')]);
  },
);

zoneCase(
  'a weighted record set is refused beside others',
  'https://github.com/kubernetes-sigs/external-dns/issues/4345',
  async (zone) => {
    await zone.change(creating(multivalue(zone, 'one', '10.0.0.1')));

    const mixed = zone.change(creating(weighted(zone, 'two', '10.0.0.2')));

    const reason = /cannot be created as a non-weighted set exists with the same name and type/;
    await expect(mixed).rejects.toMatchObject(expectedError('InvalidChangeBatch', reason, 400));
  },
);

zoneCase(
  'a multivalue record set is refused beside a simple one',
  'https://github.com/cert-manager/cert-manager/issues/5388',
  async (zone) => {
    await zone.change(creating(record(`web.${zone.name}`, 'A', '10.0.0.1')));

    const mixed = zone.change(creating(multivalue(zone, 'one', '10.0.0.2')));

    const reason =
      /cannot be created because a non multivalue answer rrset exists with the same name and type\./;
    await expect(mixed).rejects.toMatchObject(expectedError('InvalidChangeBatch', reason, 400));
  },
);

zoneCase(
  'a latency record set is refused beside others',
  'https://github.com/aws/aws-cli/issues/8241',
  async (zone) => {
    const name = `web.${zone.name}.`;
    await zone.change(creating(record(name, 'A', '10.0.0.1')));

    const latency = { ...record(name, 'A', '10.0.0.2'), SetIdentifier: 'east', Region: 'us-east-1' as const };
    const mixed = zone.change(creating(latency));

    const subject = `RRSet with DNS name ${name}, type A, SetIdentifier east, and Region Name=us-east-1`;
    const conflict = 'a non-latency RRSet with the same name and type already exists.';
    await expect(mixed).rejects.toMatchObject(
      invalidChangeBatch(`${subject} cannot be created because ${conflict}`),
    );
  },
);

zoneCase(
  'weighted record sets of one group have the same TTL',
  'https://github.com/hashicorp/terraform-provider-aws/issues/1961',
  async (zone) => {
    await zone.change(creating(weighted(zone, 'one', '10.0.0.1')));

    const unequal = zone.change(creating({ ...weighted(zone, 'two', '10.0.0.2'), TTL: 300 }));

    const subject = `RRSet with DNS name web.${zone.name}. and type A, SetIdentifier two`;
    const reason = `${subject} cannot be created as weighted sets must contain the same TTL.`;
    await expect(unequal).rejects.toMatchObject(invalidChangeBatch(reason));
  },
);

zoneCase('a weighted record set has one value', api, async (zone) => {
  const Two = [{ Value: '10.0.0.1' }, { Value: '10.0.0.2' }];

  const batch = zone.change(creating({ ...weighted(zone, 'one', ''), ResourceRecords: Two }));

  await expect(batch).rejects.toMatchObject({ name: 'InvalidChangeBatch' });
});

zoneCase(
  'a routing policy needs a set identifier',
  'https://github.com/ansible-collections/community.aws/issues/615',
  async (zone) => {
    const Name = `web.${zone.name}.`;

    const batch = zone.change(upserting({ ...record(Name, 'A', '10.0.0.1'), Weight: 1 }));

    const change = `[Action=UPSERT, Name=${Name}, Type=A, SetIdentifier=null]`;
    const reason = `Invalid request: Missing field 'SetIdentifier' in Change with ${change}`;
    await expect(batch).rejects.toMatchObject(expectedError('InvalidInput', reason, 400));
  },
);

zoneCase('a set identifier needs one routing policy', api, async (zone) => {
  const plain = record(`web.${zone.name}`, 'A', '10.0.0.1');

  const none = await failureOf(zone.change(creating({ ...plain, SetIdentifier: 'one' })));
  const two = await failureOf(
    zone.change(creating({ ...plain, SetIdentifier: 'one', Weight: 1, MultiValueAnswer: true })),
  );

  expect(none).toMatchObject({ name: 'InvalidInput' });
  expect(two).toMatchObject({ name: 'InvalidInput' });
});

zoneCase(
  'a failover primary with values of its own needs a health check',
  'https://github.com/kubernetes-sigs/external-dns/issues/2362',
  async (zone) => {
    const primary = { SetIdentifier: 'one', Failover: 'PRIMARY' as const };

    const batch = zone.change(creating({ ...record(`web.${zone.name}`, 'A', '10.0.0.1'), ...primary }));

    const reason = /A non-alias primary ResourceRecordSet must have an associated health check/;
    await expect(batch).rejects.toMatchObject(expectedError('InvalidChangeBatch', reason, 400));
  },
);

zoneCase('a health check that does not exist is refused', api, async (zone) => {
  const batch = zone.change(
    creating({
      ...weighted(zone, 'one', '10.0.0.1'),
      HealthCheckId: '11111111-2222-3333-4444-555555555555',
    }),
  );

  await expect(batch).rejects.toMatchObject({ name: 'NoSuchHealthCheck' });
});

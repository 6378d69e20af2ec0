import { randomUUID } from 'node:crypto';
import {
  CreateHostedZoneCommand,
  DeleteHostedZoneCommand,
  GetHostedZoneCommand,
  GetHostedZoneCountCommand,
  ListHostedZonesByNameCommand,
  ListHostedZonesCommand,
  ListResourceRecordSetsCommand,
  UpdateHostedZoneCommentCommand,
} from '@aws-sdk/client-route-53';
import { expect } from 'vitest';
import {
  bareId,
  createZone,
  creating,
  deleteZone,
  expectedError,
  newDomain,
  record,
  route53Case,
  zoneCase,
} from './zone-case.ts';

const api = (operation: string): string =>
  `https://docs.aws.amazon.com/Route53/latest/APIReference/API_${operation}.html`;

route53Case('a new public zone has its NS and SOA records', api('CreateHostedZone'), async ({ clients }) => {
  const name = newDomain();

  const created = await clients.route53.send(
    new CreateHostedZoneCommand({
      Name: name,
      CallerReference: randomUUID(),
      HostedZoneConfig: { Comment: 'a comment' },
    }),
  );

  const id = bareId(created.HostedZone?.Id);
  expect(created.HostedZone).toMatchObject({
    Id: `/hostedzone/${id}`,
    Name: `${name}.`,
    Config: { Comment: 'a comment', PrivateZone: false },
    ResourceRecordSetCount: 2,
  });
  expect(created.Location).toBe(`https://route53.amazonaws.com/2013-04-01/hostedzone/${id}`);
  expect(created.ChangeInfo?.Status).toBe('PENDING');
  const nameServers = created.DelegationSet?.NameServers ?? [];
  expect(nameServers.length).toBe(4);
  const listed = await clients.route53.send(new ListResourceRecordSetsCommand({ HostedZoneId: id }));
  expect(listed.ResourceRecordSets).toEqual(
    [
      record(`${name}.`, 'NS', ...nameServers.map((server) => `${server}.`)),
      record(`${name}.`, 'SOA', `${nameServers[0]}. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400`),
    ].map((recordSet, index) => ({ ...recordSet, TTL: index === 0 ? 172_800 : 900 })),
  );
  await clients.route53.send(new DeleteHostedZoneCommand({ Id: id }));
});

route53Case(
  'a caller reference is good for one zone',
  'https://github.com/saltstack/salt/issues/40655',
  async ({ clients }) => {
    const CallerReference = randomUUID();
    const create = () =>
      clients.route53.send(new CreateHostedZoneCommand({ Name: newDomain(), CallerReference }));
    const created = await create();

    const again = create();

    const reason = 'A hosted zone has already been created with the specified caller reference.';
    await expect(again).rejects.toMatchObject(expectedError('HostedZoneAlreadyExists', reason, 409));
    await clients.route53.send(new DeleteHostedZoneCommand({ Id: bareId(created.HostedZone?.Id) }));
    await expect(create()).rejects.toMatchObject({ name: 'HostedZoneAlreadyExists' });
  },
);

route53Case(
  'a public zone cannot be a top-level domain',
  'https://github.com/ansible/ansible/issues/23561',
  async ({ clients }) => {
    const creation = clients.route53.send(
      new CreateHostedZoneCommand({ Name: 'com', CallerReference: randomUUID() }),
    );

    await expect(creation).rejects.toMatchObject({ name: 'InvalidDomainName' });
  },
);

route53Case('a reverse zone holds PTR records', api('CreateHostedZone'), async ({ clients }) => {
  const zone = await createZone(clients.route53, '2.0.192.in-addr.arpa');

  await zone.change(creating(record(`1.${zone.name}`, 'PTR', 'db.example.com.')));

  expect(await zone.recordSets()).toEqual([record('1.2.0.192.in-addr.arpa.', 'PTR', 'db.example.com.')]);
  await deleteZone(zone);
});

zoneCase('several zones may have one name', api('CreateHostedZone'), async (zone) => {
  const twin = await createZone(zone.route53, zone.name);

  await twin.change(creating(record(`db.${zone.name}`, 'A', '10.0.0.1')));

  expect(twin.id).not.toBe(zone.id);
  expect(await zone.recordSets()).toEqual([]);
  await deleteZone(twin);
});

zoneCase('GetHostedZone counts the record sets', api('GetHostedZone'), async (zone) => {
  await zone.change(creating(record(`db.${zone.name}`, 'A', '10.0.0.1')));

  const got = await zone.route53.send(new GetHostedZoneCommand({ Id: `/hostedzone/${zone.id}` }));

  expect(got.HostedZone).toMatchObject({ Name: `${zone.name}.`, ResourceRecordSetCount: 3 });
  expect(got.DelegationSet?.NameServers?.length).toBe(4);
});

zoneCase(
  'a zone with records cannot be deleted',
  'https://github.com/hashicorp/terraform/issues/5345',
  async (zone) => {
    await zone.change(creating(record(`db.${zone.name}`, 'A', '10.0.0.1')));

    const deletion = zone.route53.send(new DeleteHostedZoneCommand({ Id: zone.id }));

    const reason =
      'The specified hosted zone contains non-required resource record sets  and so cannot be deleted.';
    await expect(deletion).rejects.toMatchObject(expectedError('HostedZoneNotEmpty', reason, 400));
  },
);

route53Case('a deleted zone is gone', api('DeleteHostedZone'), async ({ clients }) => {
  const zone = await createZone(clients.route53, newDomain());

  await clients.route53.send(new DeleteHostedZoneCommand({ Id: zone.id }));

  const got = clients.route53.send(new GetHostedZoneCommand({ Id: zone.id }));
  const reason = `No hosted zone found with ID: ${zone.id}`;
  await expect(got).rejects.toMatchObject(expectedError('NoSuchHostedZone', reason, 404));
  await expect(zone.change(creating(record(`db.${zone.name}`, 'A', '10.0.0.1')))).rejects.toMatchObject({
    name: 'NoSuchHostedZone',
  });
});

zoneCase('a comment can be changed and removed', api('UpdateHostedZoneComment'), async (zone) => {
  const changed = await zone.route53.send(
    new UpdateHostedZoneCommentCommand({ Id: zone.id, Comment: 'new' }),
  );
  const removed = await zone.route53.send(new UpdateHostedZoneCommentCommand({ Id: zone.id }));

  expect(changed.HostedZone?.Config?.Comment).toBe('new');
  expect(removed.HostedZone?.Config?.Comment).toBeUndefined();
});

zoneCase('GetHostedZoneCount counts a new zone', api('GetHostedZoneCount'), async (zone) => {
  const before = await zone.route53.send(new GetHostedZoneCountCommand({}));
  const added = await createZone(zone.route53, newDomain());

  const after = await zone.route53.send(new GetHostedZoneCountCommand({}));

  expect(after.HostedZoneCount).toBe(Number(before.HostedZoneCount) + 1);
  await deleteZone(added);
});

zoneCase('ListHostedZones goes through all zones page by page', api('ListHostedZones'), async (zone) => {
  const others = [await createZone(zone.route53, newDomain()), await createZone(zone.route53, newDomain())];

  const seen: string[] = [];
  for (let Marker: string | undefined = ''; Marker !== undefined; ) {
    const page: {
      NextMarker?: string | undefined;
      HostedZones?: { Id?: string | undefined }[] | undefined;
    } = await zone.route53.send(
      new ListHostedZonesCommand({ MaxItems: 1, ...(Marker !== '' && { Marker }) }),
    );
    seen.push(...(page.HostedZones ?? []).map(({ Id }) => bareId(Id)));
    Marker = page.NextMarker;
  }

  expect(seen).toEqual(expect.arrayContaining([zone.id, ...others.map(({ id }) => id)]));
  expect(new Set(seen).size).toBe(seen.length);
  await Promise.all(others.map(deleteZone));
});

zoneCase('ListHostedZonesByName orders by reversed labels', api('ListHostedZonesByName'), async (zone) => {
  const children = [
    await createZone(zone.route53, `b.${zone.name}`),
    await createZone(zone.route53, `z.a.${zone.name}`),
  ];

  const listed = await zone.route53.send(
    new ListHostedZonesByNameCommand({ DNSName: zone.name.toUpperCase() }),
  );

  const names = (listed.HostedZones ?? []).slice(0, 3).map(({ Name }) => Name);
  expect(names).toEqual([`${zone.name}.`, `z.a.${zone.name}.`, `b.${zone.name}.`]);
  await Promise.all(children.map(deleteZone));
});

zoneCase(
  'ListHostedZonesByName pages through zones of one name',
  api('ListHostedZonesByName'),
  async (zone) => {
    const twin = await createZone(zone.route53, zone.name);

    const first = await zone.route53.send(
      new ListHostedZonesByNameCommand({ DNSName: zone.name, MaxItems: 1 }),
    );
    const second = await zone.route53.send(
      new ListHostedZonesByNameCommand({
        DNSName: first.NextDNSName,
        HostedZoneId: first.NextHostedZoneId,
        MaxItems: 1,
      }),
    );

    const ids = [first, second].flatMap(({ HostedZones = [] }) => HostedZones.map(({ Id }) => bareId(Id)));
    expect(first).toMatchObject({ IsTruncated: true, NextDNSName: `${zone.name}.` });
    expect(ids.toSorted()).toEqual([zone.id, twin.id].toSorted());
    await deleteZone(twin);
  },
);

import { ListResourceRecordSetsCommand, type ListResourceRecordSetsRequest } from '@aws-sdk/client-route-53';
import { expect } from 'vitest';
import { creating, type DnsZone, expectedError, record, route53Case, zoneCase } from './zone-case.ts';

const source = 'https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListResourceRecordSets.html';

async function list(zone: DnsZone, request: Omit<ListResourceRecordSetsRequest, 'HostedZoneId'> = {}) {
  const listed = await zone.route53.send(
    new ListResourceRecordSetsCommand({ HostedZoneId: zone.id, ...request }),
  );
  const hosts = (listed.ResourceRecordSets ?? []).map(({ Name = '', Type, SetIdentifier }) =>
    [Name.replace(`${zone.name}.`, ''), Type, SetIdentifier].filter((part) => part !== undefined).join(' '),
  );
  return { ...listed, hosts };
}

zoneCase('record sets come by name with its labels reversed, then by type', source, async (zone) => {
  const names = ['b.a', 'b', 'a', 'a-1', 'c'].map((host) => record(`${host}.${zone.name}`, 'A', '10.0.0.1'));
  await zone.change(...names.map(creating), creating(record(`a.${zone.name}`, 'TXT', '"text"')));

  const { hosts } = await list(zone);

  // A hyphen sorts before the dot that follows `a`.
  expect(hosts).toEqual([' NS', ' SOA', 'a-1. A', 'a. A', 'a. TXT', 'b.a. A', 'b. A', 'c. A']);
});

zoneCase('a page begins at a name, or at the next one that exists', source, async (zone) => {
  const names = ['a', 'c', 'd'].map((host) => record(`${host}.${zone.name}`, 'A', '10.0.0.1'));
  await zone.change(...names.map(creating));

  const atName = await list(zone, { StartRecordName: `C.${zone.name}` });
  const afterName = await list(zone, { StartRecordName: `b.${zone.name}.` });

  expect(atName.hosts).toEqual(['c. A', 'd. A']);
  expect(afterName.hosts).toEqual(['c. A', 'd. A']);
});

zoneCase('a page begins at a type of a name, or at the next record set', source, async (zone) => {
  const name = `a.${zone.name}`;
  await zone.change(
    creating(record(name, 'A', '10.0.0.1')),
    creating(record(name, 'TXT', '"text"')),
    creating(record(`b.${zone.name}`, 'A', '10.0.0.1')),
  );

  const atType = await list(zone, { StartRecordName: name, StartRecordType: 'TXT' });
  const betweenTypes = await list(zone, { StartRecordName: name, StartRecordType: 'MX', MaxItems: 1 });

  expect(atType.hosts).toEqual(['a. TXT', 'b. A']);
  expect(betweenTypes.hosts).toEqual(['a. TXT']);
});

zoneCase('a wildcard begins a page either way', source, async (zone) => {
  await zone.change(creating(record(`*.${zone.name}`, 'A', '10.0.0.1')));

  const plain = await list(zone, { StartRecordName: `*.${zone.name}`, StartRecordType: 'A', MaxItems: 1 });
  const escaped = await list(zone, {
    StartRecordName: `\\052.${zone.name}`,
    StartRecordType: 'A',
    MaxItems: 1,
  });

  expect(plain.hosts).toEqual(['\\052. A']);
  expect(escaped.hosts).toEqual(['\\052. A']);
});

zoneCase('a type to begin at needs a name', source, async (zone) => {
  const listing = list(zone, { StartRecordType: 'A' });

  await expect(listing).rejects.toMatchObject({ name: 'InvalidInput' });
});

zoneCase('pages continue inside a group of set identifiers', source, async (zone) => {
  const group = ['a', 'b', 'c', 'd', 'e'].map((SetIdentifier) => ({
    ...record(`web.${zone.name}`, 'A', '10.0.0.1'),
    SetIdentifier,
    Weight: 1,
  }));
  await zone.change(...group.map(creating));

  const seen: string[] = [];
  let start: object | undefined = { StartRecordName: `web.${zone.name}` };
  for (let pages = 0; start !== undefined && pages < 10; pages++) {
    const page = await list(zone, { ...start, MaxItems: 2 });
    seen.push(...page.hosts);
    start = page.IsTruncated
      ? {
          StartRecordName: page.NextRecordName,
          StartRecordType: page.NextRecordType,
          StartRecordIdentifier: page.NextRecordIdentifier,
        }
      : undefined;
  }

  expect(seen).toEqual(['web. A a', 'web. A b', 'web. A c', 'web. A d', 'web. A e']);
});

zoneCase('a full page names the next record set', source, async (zone) => {
  await zone.change(...['a', 'b'].map((host) => creating(record(`${host}.${zone.name}`, 'A', '10.0.0.1'))));

  const page = await list(zone, { StartRecordName: `a.${zone.name}`, MaxItems: 1 });
  const last = await list(zone, { StartRecordName: `b.${zone.name}`, MaxItems: 1 });

  expect(page).toMatchObject({
    IsTruncated: true,
    NextRecordName: `b.${zone.name}.`,
    NextRecordType: 'A',
    MaxItems: 1,
  });
  expect(page.NextRecordIdentifier).toBeUndefined();
  expect(last.IsTruncated).toBe(false);
  expect(last.NextRecordName).toBeUndefined();
});

zoneCase('a page has at most 300 record sets', source, async (zone) => {
  const records = Array.from({ length: 310 }, (_, index) =>
    record(`r${index}.${zone.name}`, 'A', '10.0.0.1'),
  );
  await zone.change(...records.map(creating));

  const unasked = await list(zone);
  const asked = await list(zone, { MaxItems: 1000 });

  expect(unasked.hosts.length).toBe(300);
  expect(asked.hosts.length).toBe(300);
  await zone.change(
    ...records.slice(0, 20).map((ResourceRecordSet) => ({ Action: 'DELETE' as const, ResourceRecordSet })),
  );
});

route53Case('the record sets of an unknown zone are not found', source, async ({ clients }) => {
  const listing = clients.route53.send(new ListResourceRecordSetsCommand({ HostedZoneId: 'Z0000000000000' }));

  await expect(listing).rejects.toMatchObject(
    expectedError('NoSuchHostedZone', 'No hosted zone found with ID: Z0000000000000', 404),
  );
});

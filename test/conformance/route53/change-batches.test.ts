import { ListResourceRecordSetsCommand } from '@aws-sdk/client-route-53';
import { expect } from 'vitest';
import {
  creating,
  deleting,
  failureOf,
  invalidChangeBatch,
  record,
  upserting,
  zoneCase,
} from './zone-case.ts';

const api = 'https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html';
const limits = 'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html';
const cname =
  'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html#CNAMEFormat';

zoneCase('CREATE adds a record set', api, async (zone) => {
  const db = record(`db.${zone.name}.`, 'A', '10.0.0.1', '10.0.0.2');

  await zone.change(creating(db));

  expect(await zone.recordSets()).toEqual([db]);
});

zoneCase('CREATE of a record set that exists is refused, with any value', api, async (zone) => {
  const name = `db.${zone.name}`;
  await zone.change(creating(record(name, 'A', '10.0.0.1')));

  const again = zone.change(creating(record(name, 'A', '10.0.0.2')));

  const reason = `Tried to create resource record set [name='${name}.', type='A'] but it already exists`;
  await expect(again).rejects.toMatchObject(invalidChangeBatch(reason));
  expect(await zone.recordSets()).toEqual([record(`${name}.`, 'A', '10.0.0.1')]);
});

zoneCase('UPSERT adds a record set, then replaces it', api, async (zone) => {
  const name = `db.${zone.name}.`;

  await zone.change(upserting(record(name, 'A', '10.0.0.1')));
  await zone.change(upserting({ ...record(name, 'A', '10.0.0.2'), TTL: 300 }));

  expect(await zone.recordSets()).toEqual([{ ...record(name, 'A', '10.0.0.2'), TTL: 300 }]);
});

zoneCase('DELETE takes all values in any order', api, async (zone) => {
  const name = `db.${zone.name}`;
  await zone.change(creating(record(name, 'A', '10.0.0.1', '10.0.0.2')));

  await zone.change(deleting(record(name, 'A', '10.0.0.2', '10.0.0.1')));

  expect(await zone.recordSets()).toEqual([]);
});

zoneCase('DELETE with a former value is refused', api, async (zone) => {
  const name = `db.${zone.name}`;
  await zone.change(creating(record(name, 'A', '10.0.0.1')));
  await zone.change(upserting(record(name, 'A', '10.0.0.2')));

  const stale = zone.change(deleting(record(name, 'A', '10.0.0.1')));

  const tried = `Tried to delete resource record set [name='${name}.', type='A']`;
  const reason = `${tried} but the values provided do not match the current values`;
  await expect(stale).rejects.toMatchObject(invalidChangeBatch(reason));
  expect(await zone.recordSets()).toEqual([record(`${name}.`, 'A', '10.0.0.2')]);
});

zoneCase('DELETE with another TTL or with some of the values is refused', api, async (zone) => {
  const db = record(`db.${zone.name}.`, 'A', '10.0.0.1', '10.0.0.2');
  await zone.change(creating(db));

  const otherTtl = await failureOf(zone.change(deleting({ ...db, TTL: 61 })));
  const oneValue = await failureOf(zone.change(deleting(record(db.Name ?? '', 'A', '10.0.0.1'))));

  expect(otherTtl).toMatchObject({ name: 'InvalidChangeBatch' });
  expect(oneValue).toMatchObject({ name: 'InvalidChangeBatch' });
  expect(await zone.recordSets()).toEqual([db]);
});

zoneCase('DELETE of what does not exist is refused', api, async (zone) => {
  const name = `db.${zone.name}`;

  const missing = zone.change(deleting(record(name, 'A', '10.0.0.1')));

  const reason = `Tried to delete resource record set [name='${name}.', type='A'] but it was not found`;
  await expect(missing).rejects.toMatchObject(invalidChangeBatch(reason));
});

zoneCase('DELETE of the old with CREATE of the new replaces in one batch', api, async (zone) => {
  const name = `db.${zone.name}.`;
  await zone.change(creating(record(name, 'A', '10.0.0.1')));

  await zone.change(deleting(record(name, 'A', '10.0.0.1')), creating(record(name, 'A', '10.0.0.2')));

  expect(await zone.recordSets()).toEqual([record(name, 'A', '10.0.0.2')]);
});

zoneCase(
  'a replacement whose old value is gone fails and tells both halves',
  'https://github.com/aws/aws-sdk-kotlin/pull/1435',
  async (zone) => {
    const name = `db.${zone.name}.`;
    await zone.change(creating(record(name, 'A', '10.0.0.9')));

    const swap = zone.change(
      deleting(record(name, 'A', '10.0.0.1')),
      creating(record(name, 'A', '10.0.0.2')),
    );

    const set = `resource record set [name='${name}', type='A']`;
    await expect(swap).rejects.toMatchObject(
      invalidChangeBatch(
        `Tried to delete ${set} but the values provided do not match the current values`,
        `Tried to create ${set} but it already exists`,
      ),
    );
    expect(await zone.recordSets()).toEqual([record(name, 'A', '10.0.0.9')]);
  },
);

zoneCase('a batch with one bad change changes nothing', api, async (zone) => {
  const kept = record(`kept.${zone.name}.`, 'A', '10.0.0.1');
  await zone.change(creating(kept));

  const batch = zone.change(
    deleting(kept),
    creating(record(`new.${zone.name}`, 'A', '10.0.0.2')),
    upserting(record(`kept.${zone.name}`, 'TXT', '"text"')),
    deleting(record(`missing.${zone.name}`, 'A', '10.0.0.3')),
  );

  await expect(batch).rejects.toMatchObject({ name: 'InvalidChangeBatch' });
  expect(await zone.recordSets()).toEqual([kept]);
});

zoneCase('a batch with a name outside the zone changes nothing', api, async (zone) => {
  const batch = zone.change(
    upserting(record(`db.${zone.name}`, 'A', '10.0.0.1')),
    upserting(record(`db.not-${zone.name}`, 'A', '10.0.0.1')),
  );

  const reason = `RRSet with DNS name db.not-${zone.name}. is not permitted in zone ${zone.name}.`;
  await expect(batch).rejects.toMatchObject(invalidChangeBatch(reason));
  expect(await zone.recordSets()).toEqual([]);
});

zoneCase('deleting one record set twice in a batch is refused', api, async (zone) => {
  const db = record(`db.${zone.name}.`, 'A', '10.0.0.1');
  await zone.change(creating(db));

  const twice = zone.change(deleting(db), deleting(db));

  const what = `'A db.${zone.name}.'`;
  const reason = `The request contains an invalid set of changes for a resource record set ${what}`;
  await expect(twice).rejects.toMatchObject(invalidChangeBatch(reason));
  expect(await zone.recordSets()).toEqual([db]);
});

zoneCase(
  'creating one record set twice in a batch is refused',
  'https://github.com/schwamster/serverless-certificate-creator/issues/28',
  async (zone) => {
    const name = `db.${zone.name}`;

    const twice = zone.change(
      creating(record(name, 'A', '10.0.0.1')),
      creating(record(name, 'A', '10.0.0.2')),
    );

    const reason = `The request contains an invalid set of changes for a resource record set 'A ${name}.'`;
    await expect(twice).rejects.toMatchObject(invalidChangeBatch(reason));
  },
);

zoneCase('a CNAME is not permitted at the apex', cname, async (zone) => {
  const apex = zone.change(creating(record(zone.name, 'CNAME', 'www.example.com')));

  const subject = `RRSet of type CNAME with DNS name ${zone.name}.`;
  const reason = `${subject} is not permitted at apex in zone ${zone.name}.`;
  await expect(apex).rejects.toMatchObject(invalidChangeBatch(reason));
});

zoneCase('a CNAME is not permitted beside another record', cname, async (zone) => {
  const name = `www.${zone.name}`;
  await zone.change(creating(record(name, 'A', '10.0.0.1')));

  const beside = zone.change(creating(record(name, 'CNAME', 'www.example.com')));

  const subject = `RRSet of type CNAME with DNS name ${name}. is not permitted`;
  const reason = `${subject} as it conflicts with other records with the same DNS name in zone ${zone.name}.`;
  await expect(beside).rejects.toMatchObject(invalidChangeBatch(reason));
});

zoneCase('no record is permitted beside a CNAME', cname, async (zone) => {
  const name = `www.${zone.name}`;
  await zone.change(creating(record(name, 'CNAME', 'www.example.com')));

  const beside = zone.change(creating(record(name, 'TXT', '"text"')));

  const subject = `RRSet of type TXT with DNS name ${name}. is not permitted`;
  const conflict = 'because a conflicting RRSet of type  CNAME with the same DNS name already exists';
  await expect(beside).rejects.toMatchObject(
    invalidChangeBatch(`${subject} ${conflict} in zone ${zone.name}.`),
  );
});

zoneCase('a batch replaces a CNAME by an A record when it deletes first', api, async (zone) => {
  const alias = record(`www.${zone.name}.`, 'CNAME', 'www.example.com');
  const address = record(`www.${zone.name}.`, 'A', '10.0.0.1');
  await zone.change(creating(alias));

  await zone.change(deleting(alias), creating(address));

  expect(await zone.recordSets()).toEqual([address]);
});

zoneCase(
  'changes are checked in their order',
  'https://github.com/cookpad/roadworker/pull/89',
  async (zone) => {
    const address = record(`www.${zone.name}.`, 'A', '10.0.0.1');
    await zone.change(creating(address));

    const batch = zone.change(
      creating(record(`www.${zone.name}`, 'CNAME', 'www.example.com')),
      deleting(address),
    );

    await expect(batch).rejects.toMatchObject({ name: 'InvalidChangeBatch' });
    expect(await zone.recordSets()).toEqual([address]);
  },
);

zoneCase(
  'a zone keeps its SOA and NS records',
  'https://github.com/DNSControl/dnscontrol/pull/4402',
  async (zone) => {
    const listed = await zone.route53.send(new ListResourceRecordSetsCommand({ HostedZoneId: zone.id }));

    const batch = zone.change(...(listed.ResourceRecordSets ?? []).map(deleting));

    await expect(batch).rejects.toMatchObject(
      invalidChangeBatch(
        'A HostedZone must contain at least one NS record for the zone itself.',
        'A HostedZone must contain exactly one SOA record.',
      ),
    );
  },
);

zoneCase('a batch may hold 1,000 values, and an UPSERT counts twice', limits, async (zone) => {
  const records = Array.from({ length: 501 }, (_, index) =>
    record(`r${index}.${zone.name}`, 'A', '10.0.0.1'),
  );

  const upserts = zone.change(...records.map(upserting));

  await expect(upserts).rejects.toMatchObject(
    invalidChangeBatch('Number of records limit of 1000 exceeded.'),
  );
  await zone.change(...records.map(creating));
  expect((await zone.recordSets()).length).toBeGreaterThan(290);
});

zoneCase('a batch may hold 32,000 characters of values', limits, async (zone) => {
  const value = `"${'x'.repeat(250)}"`;
  const records = Array.from({ length: 127 }, (_, index) => record(`r${index}.${zone.name}`, 'TXT', value));

  const batch = zone.change(...records.map(creating));

  await expect(batch).rejects.toMatchObject(invalidChangeBatch('RDATA character limit of 32000 exceeded.'));
});

zoneCase('an empty batch is refused', api, async (zone) => {
  const empty = zone.change();

  await expect(empty).rejects.toMatchObject({ name: 'InvalidInput' });
});

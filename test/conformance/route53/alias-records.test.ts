import type { ResourceRecordSet } from '@aws-sdk/client-route-53';
import { expect } from 'vitest';
import {
  creating,
  type DnsZone,
  deleting,
  expectedError,
  invalidChangeBatch,
  record,
  zoneCase,
} from './zone-case.ts';

const api = 'https://docs.aws.amazon.com/Route53/latest/APIReference/API_AliasTarget.html';

function alias(zone: DnsZone, Name: string, DNSName: string): ResourceRecordSet {
  return { Name, Type: 'A', AliasTarget: { HostedZoneId: zone.id, DNSName, EvaluateTargetHealth: false } };
}

zoneCase('an alias points at a record set of its zone and type', api, async (zone) => {
  await zone.change(creating(record(`db.${zone.name}`, 'A', '10.0.0.1')));

  await zone.change(creating(alias(zone, zone.name, `DB.${zone.name}`)));

  expect(await zone.recordSets()).toMatchObject([
    {
      Name: `${zone.name}.`,
      Type: 'A',
      AliasTarget: { HostedZoneId: zone.id, DNSName: `db.${zone.name}.`, EvaluateTargetHealth: false },
    },
    { Name: `db.${zone.name}.` },
  ]);
});

zoneCase('DELETE of an alias must match its target', api, async (zone) => {
  const names = [`one.${zone.name}`, `two.${zone.name}`];
  await zone.change(...names.map((name) => creating(record(name, 'A', '10.0.0.1'))));
  await zone.change(creating(alias(zone, `www.${zone.name}`, `one.${zone.name}`)));

  const wrong = zone.change(deleting(alias(zone, `www.${zone.name}`, `two.${zone.name}`)));

  await expect(wrong).rejects.toMatchObject({ name: 'InvalidChangeBatch' });
  await zone.change(deleting(alias(zone, `www.${zone.name}`, `one.${zone.name}.`)));
  expect((await zone.recordSets()).length).toBe(2);
});

zoneCase(
  'an alias whose target does not exist is refused',
  'https://github.com/barnybug/cli53/issues/227',
  async (zone) => {
    await zone.change(creating(record(`db.${zone.name}`, 'AAAA', '2001:db8::1')));

    const missing = zone.change(creating(alias(zone, `www.${zone.name}`, `db.${zone.name}`)));

    const tried = `Tried to create an alias that targets db.${zone.name}., type A in zone ${zone.id}`;
    await expect(missing).rejects.toMatchObject(
      invalidChangeBatch(`${tried}, but that target was not found`),
    );
  },
);

zoneCase(
  'an alias whose target is outside its zone is refused',
  'https://github.com/harmony-one/harmony-ops/issues/491',
  async (zone) => {
    const outside = zone.change(creating(alias(zone, `www.${zone.name}`, 'db.example.com')));

    const tried = `Tried to create an alias that targets db.example.com., type A in zone ${zone.id}`;
    await expect(outside).rejects.toMatchObject(
      invalidChangeBatch(
        `${tried}, but the alias target name does not lie within the target zone`,
        `${tried}, but that target was not found`,
      ),
    );
  },
);

zoneCase(
  'an alias has no TTL',
  'https://github.com/ansible-collections/community.aws/issues/545',
  async (zone) => {
    const Name = `www.${zone.name}.`;

    const batch = zone.change(creating({ ...alias(zone, Name, `db.${zone.name}`), TTL: 60 }));

    const expected = '[AliasTarget, all of [TTL, and ResourceRecords], or TrafficPolicyInstanceId]';
    const change = `[Action=CREATE, Name=${Name}, Type=A, SetIdentifier=null]`;
    const found = 'but found more than one';
    const reason = `Invalid request: Expected exactly one of ${expected}, ${found} in Change with ${change}`;
    await expect(batch).rejects.toMatchObject(expectedError('InvalidInput', reason, 400));
  },
);

zoneCase('an alias cannot be multivalue', api, async (zone) => {
  await zone.change(creating(record(`db.${zone.name}`, 'A', '10.0.0.1')));

  const batch = zone.change(
    creating({
      ...alias(zone, `www.${zone.name}`, `db.${zone.name}`),
      SetIdentifier: 'one',
      MultiValueAnswer: true,
    }),
  );

  await expect(batch).rejects.toMatchObject({ $metadata: { httpStatusCode: 400 } });
});

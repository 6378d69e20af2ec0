import { CreateHealthCheckCommand, type ResourceRecordSet } from '@aws-sdk/client-route-53';
import { expect, test } from 'vitest';
import { createDnsWorld, creating, record, upserting } from './dns-world.ts';

const refused = (what: string): object => ({
  name: 'NotImplementedByLocalcloud',
  message: `localcloud does not model ${what}`,
  $metadata: { httpStatusCode: 501 },
});

test('an operation that is not modelled is refused by its name', async () => {
  const world = createDnsWorld();

  const creation = world.client.send(
    new CreateHealthCheckCommand({
      CallerReference: 'one',
      HealthCheckConfig: { Type: 'TCP', IPAddress: '203.0.113.1', Port: 80 },
    }),
  );

  await expect(creation).rejects.toMatchObject(refused('the route53 operation CreateHealthCheck'));
});

const unmodelled: readonly (readonly [string, ResourceRecordSet, string])[] = [
  ['a record type', record('sip.one.net', 'NAPTR', '100 50 "u" "E2U+sip" "" .'), 'records of type NAPTR'],
  [
    'an element',
    { ...record('a.one.net', 'A', '10.0.0.1'), TrafficPolicyInstanceId: 'x' },
    'the element Change.ResourceRecordSet.TrafficPolicyInstanceId',
  ],
  [
    'an alias into an unknown zone',
    {
      Name: 'a.one.net',
      Type: 'A',
      AliasTarget: { HostedZoneId: 'Z0', DNSName: 'x.example.com', EvaluateTargetHealth: false },
    },
    'aliases into the zone Z0',
  ],
];

for (const [what, recordSet, name] of unmodelled) {
  test(`${what} that is not modelled is refused by name, and nothing of its batch is done`, async () => {
    const world = createDnsWorld();
    const zone = await world.createZone('one.net');

    const batch = world.change(zone, upserting(record('b.one.net', 'A', '10.0.0.1')), creating(recordSet));

    await expect(batch).rejects.toMatchObject(refused(name));
    expect(await world.listed(zone)).toEqual([]);
  });
}

test('an alias to CloudFront is for public zones, without target health', async () => {
  const world = createDnsWorld();
  const [publicZone, privateZone] = [
    await world.createZone('one.net'),
    await world.createZone('one.net', 'vpc-1'),
  ];
  const alias = (EvaluateTargetHealth: boolean): ResourceRecordSet => ({
    Name: 'www.one.net',
    Type: 'A',
    AliasTarget: { HostedZoneId: 'Z2FDTNDATAQYW2', DNSName: 'd1.cloudfront.net', EvaluateTargetHealth },
  });

  const inPrivateZone = world.change(privateZone, creating(alias(false)));
  await expect(inPrivateZone).rejects.toMatchObject({ name: 'InvalidChangeBatch' });

  const withHealth = world.change(publicZone, creating(alias(true)));
  await expect(withHealth).rejects.toMatchObject({ name: 'InvalidChangeBatch' });

  await world.change(publicZone, creating(alias(false)));
  expect(await world.listed(publicZone)).toEqual(['www.one.net. A']);
});

test('an alias cannot reach into another zone of the account', async () => {
  const world = createDnsWorld();
  const [one, two] = [await world.createZone('one.net'), await world.createZone('two.net')];
  await world.change(two, creating(record('db.two.net', 'A', '10.0.0.1')));

  const AliasTarget = { HostedZoneId: two, DNSName: 'db.two.net', EvaluateTargetHealth: false };
  const batch = world.change(one, creating({ Name: 'db.one.net', Type: 'A', AliasTarget }));

  await expect(batch).rejects.toMatchObject({
    name: 'InvalidChangeBatch',
    message: `[Tried to create an alias that targets db.two.net., type A in zone ${two}, but that target was not found]`,
  });
});

import type { ResourceRecordSet, RRType } from '@aws-sdk/client-route-53';
import { expect } from 'vitest';
import { creating, expectedError, failureOf, invalidChangeBatch, record, zoneCase } from './zone-case.ts';

const types = 'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html';

const wellFormed: readonly (readonly [RRType, ...string[]])[] = [
  ['A', '192.0.2.1', '192.0.2.2'],
  ['AAAA', '2001:db8::1', '2001:0db8:85a3:0:0:8a2e:0370:7334'],
  ['CNAME', 'www.example.com'],
  ['PTR', 'db.example.com.'],
  ['NS', 'ns1.example.net.', 'ns2.example.net.'],
  ['MX', '10 mail.example.com.', '0 other.example.com'],
  ['SRV', '10 5 5060 sip.example.com.'],
  ['TXT', '"a string"', '"two" "strings"', '"with \\"quotes\\" and \\052"', `"${'x'.repeat(255)}"`],
  ['SPF', '"v=spf1 -all"'],
  ['CAA', '0 issue "letsencrypt.org"', '128 iodef "mailto:ca@example.com"'],
];

for (const [type, ...values] of wellFormed) {
  zoneCase(`values of ${type} records are kept as they were given`, types, async (zone) => {
    await zone.change(creating(record(`name.${zone.name}`, type, ...values)));

    expect(await recordValues(zone.recordSets(), type)).toEqual(values);
  });
}

async function recordValues(
  listed: Promise<readonly ResourceRecordSet[]>,
  type: RRType,
): Promise<readonly (string | undefined)[]> {
  const ofType = (await listed).filter(({ Type }) => Type === type);
  return ofType.flatMap(({ ResourceRecords = [] }) => ResourceRecords.map(({ Value }) => Value));
}

interface BadValue {
  readonly type: RRType;
  readonly value: string;
  /** What Route 53 calls it, where somebody has seen it; otherwise only that it is refused is expected. */
  readonly problem?: string;
  readonly source: string;
}

const badValues: readonly BadValue[] = [
  {
    type: 'A',
    value: 'ns-738.awsdns-28.net.',
    problem: 'ARRDATAIllegalIPv4Address (Value is not a valid IPv4 address)',
    source: 'https://github.com/gomodules/dns/issues/7',
  },
  {
    type: 'A',
    value: '192.0.2.1, 192.0.2.2',
    problem: 'ARRDATANotSingleField (Value contains spaces)',
    source: 'https://github.com/danpilch/aws-dyndns/issues/3',
  },
  {
    type: 'AAAA',
    value: '192.0.2.1',
    problem: 'AAAARRDATAIllegalIPv6Address (Value is not a valid IPv6 address)',
    source: 'https://github.com/sjmayotte/route53-dynamic-dns/issues/45',
  },
  {
    type: 'SRV',
    value: '1 1 32769 ip-10-0-6-110.testapi. eu-central-1.compute.internal.',
    problem: "SRVRRDATANotFourFields (SRV record doesn't have 4 fields)",
    source: 'https://github.com/amazon-archives/service-discovery-ecs-dns/issues/23',
  },
  {
    type: 'MX',
    value: 'mail.example.com.',
    problem: "MXRRDATANotTwoFields (MX record doesn't have 2 fields)",
    source: 'https://github.com/GSA-TTS/dns/pull/373',
  },
  {
    type: 'TXT',
    value: 'unquoted',
    problem: 'InvalidCharacterString (Value should be enclosed in quotation marks)',
    source: 'https://github.com/redhat-cop/infra-ansible/issues/376',
  },
  {
    type: 'TXT',
    value: `"${'x'.repeat(256)}"`,
    problem: 'CharacterStringTooLong (Value is too long)',
    source: 'https://github.com/boto/boto3/issues/1462',
  },
  { type: 'MX', value: 'ten mail.example.com.', source: `${types}#MXFormat` },
  { type: 'SRV', value: '1 1 65536 sip.example.com.', source: `${types}#SRVFormat` },
  { type: 'CAA', value: '0 issue letsencrypt.org', source: `${types}#CAAFormat` },
  { type: 'CNAME', value: 'two names', source: `${types}#CNAMEFormat` },
  { type: 'PTR', value: 'empty..label', source: `${types}#PTRFormat` },
];

for (const { type, value, problem, source } of badValues) {
  const article = ['A', 'AAAA', 'MX', 'SRV'].includes(type) ? 'an' : 'a';
  zoneCase(
    `the value ${value.slice(0, 30)} of ${article} ${type} record is refused`,
    source,
    async (zone) => {
      const batch = zone.change(creating(record(`name.${zone.name}`, type, value)));

      const reason = `Invalid Resource Record: 'FATAL problem: ${problem} encountered with '${value}''`;
      const expected = problem === undefined ? { name: 'InvalidChangeBatch' } : invalidChangeBatch(reason);
      await expect(batch).rejects.toMatchObject(expected);
      expect(await zone.recordSets()).toEqual([]);
    },
  );
}

zoneCase(
  'a value given twice is refused',
  'https://github.com/kubernetes-sigs/external-dns/pull/6019',
  async (zone) => {
    const batch = zone.change(creating(record(`db.${zone.name}`, 'A', '10.0.0.1', '10.0.0.1')));

    await expect(batch).rejects.toMatchObject(invalidChangeBatch("Duplicate Resource Record: '10.0.0.1'"));
  },
);

zoneCase('a CNAME has one value', `${types}#CNAMEFormat`, async (zone) => {
  const batch = zone.change(creating(record(`www.${zone.name}`, 'CNAME', 'a.example.com', 'b.example.com')));

  await expect(batch).rejects.toMatchObject({ name: 'InvalidChangeBatch' });
});

zoneCase('everything wrong with a batch is told at once', types, async (zone) => {
  const batch = zone.change(
    creating(record(`a.${zone.name}`, 'A', 'x')),
    creating(record(`b.${zone.name}`, 'A', '10.0.0.1', '10.0.0.1')),
    creating(record('elsewhere.net', 'A', '10.0.0.1')),
  );

  await expect(batch).rejects.toMatchObject(
    invalidChangeBatch(
      "Invalid Resource Record: 'FATAL problem: ARRDATAIllegalIPv4Address (Value is not a valid IPv4 address) encountered with 'x''",
      "Duplicate Resource Record: '10.0.0.1'",
      `RRSet with DNS name elsewhere.net. is not permitted in zone ${zone.name}.`,
    ),
  );
});

zoneCase(
  'a record set without a TTL is refused',
  'https://github.com/hashicorp/terraform-provider-aws/issues/42994',
  async (zone) => {
    const Name = `db.${zone.name}`;

    const batch = zone.change(creating({ Name, Type: 'A', ResourceRecords: [{ Value: '10.0.0.1' }] }));

    const expected = '[AliasTarget, all of [TTL, and ResourceRecords], or TrafficPolicyInstanceId]';
    const change = `[Action=CREATE, Name=${Name}, Type=A, SetIdentifier=null]`;
    const reason = `Invalid request: Expected exactly one of ${expected}, but found none in Change with ${change}`;
    await expect(batch).rejects.toMatchObject(expectedError('InvalidInput', reason, 400));
  },
);

zoneCase(
  'a TTL is between 0 and 2147483647',
  'https://docs.aws.amazon.com/Route53/latest/APIReference/API_ResourceRecordSet.html',
  async (zone) => {
    const shortest = { ...record(`shortest.${zone.name}.`, 'A', '10.0.0.1'), TTL: 0 };
    const longest = { ...record(`longest.${zone.name}.`, 'A', '10.0.0.1'), TTL: 2_147_483_647 };

    const tooLong = await failureOf(zone.change(creating({ ...shortest, TTL: 2_147_483_648 })));
    const negative = await failureOf(zone.change(creating({ ...shortest, TTL: -1 })));

    expect(tooLong).toMatchObject({ name: 'InvalidInput' });
    expect(negative).toMatchObject({ name: 'InvalidInput' });
    await zone.change(creating(shortest), creating(longest));
    expect(await zone.recordSets()).toEqual([longest, shortest]);
  },
);

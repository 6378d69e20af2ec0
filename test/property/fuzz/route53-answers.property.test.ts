import { Route53Client } from '@aws-sdk/client-route-53';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRoute53 } from '../../../shared/adapters/route53/route53.ts';
import { createZoneDirectory } from '../../../shared/adapters/route53/zone-directory.ts';
import { normalizeDnsName } from '../../../shared/model/dns-name.ts';
import { isControllerError } from '../../../shared/model/errors.ts';
import { noState } from '../../../shared/model/role-state.ts';
import { entityBomb, xmlOf } from '../../builders/aws-xml.ts';
import { longText, spoilt, spoiltText } from '../../builders/hostile-input.ts';
import { anInstance, aRole, zoneId } from '../../builders/observed.ts';
import { plan } from '../../builders/plan.ts';
import type { CannedAnswer } from '../../fakes/canned-aws.ts';
import { CannedAws } from '../../fakes/canned-aws.ts';

const names = ['db.corp.internal', 'db2.corp.internal'].map((name) => ({
  zoneId,
  name: normalizeDnsName(name),
}));

const goodListing = {
  ResourceRecordSets: {
    ResourceRecordSet: [
      {
        Name: 'db.corp.internal.',
        Type: 'A',
        TTL: 60,
        ResourceRecords: { ResourceRecord: [{ Value: '10.0.1.5' }] },
      },
      {
        Name: 'db.corp.internal.',
        Type: 'TXT',
        SetIdentifier: 'web-0',
        Weight: 10,
        TTL: 60,
        ResourceRecords: { ResourceRecord: [{ Value: '"a" "b\\052"' }, { Value: '"c"' }] },
      },
      {
        Name: '\\052.corp.internal.',
        Type: 'A',
        AliasTarget: { HostedZoneId: 'Z1', DNSName: 'lb.example.com.', EvaluateTargetHealth: true },
      },
      { Name: 'db2.corp.internal.', Type: 'A', SetIdentifier: 'x', Region: 'eu-west-1', TTL: 1 },
    ],
  },
  IsTruncated: false,
  MaxItems: 300,
};
const goodZones = {
  HostedZones: {
    HostedZone: [
      {
        Id: '/hostedzone/Z0PRIVATE',
        Name: '1.0.10.in-addr.arpa.',
        CallerReference: 'x',
        Config: { PrivateZone: true },
        ResourceRecordSetCount: 3,
      },
    ],
  },
  HostedZone: {
    Id: '/hostedzone/Z0PRIVATE',
    Name: '1.0.10.in-addr.arpa.',
    CallerReference: 'x',
    Config: { PrivateZone: true },
  },
  VPCs: { VPC: [{ VPCRegion: 'eu-west-1', VPCId: 'vpc-0123456789abcdef0' }] },
  IsTruncated: false,
  MaxItems: 100,
};

const listingXml = (listing: unknown) => xmlOf('ListResourceRecordSetsResponse', listing);
const zonesXml = (zones: unknown) => xmlOf('ListHostedZonesResponse', zones);

function route53Answering(...answers: readonly CannedAnswer[]) {
  const aws = new CannedAws((_, index) => answers[Math.min(index, answers.length - 1)] ?? { body: '' });
  return { aws, client: new Route53Client(aws.options) };
}

/** What was read; undefined where it was refused, in few words. */
async function readOrRefused<Value>(read: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await read();
  } catch (error) {
    if (!isControllerError(error)) throw error;
    expect(error.message.length).toBeLessThan(5_000);
    return undefined;
  }
}

describe('an answer of Route 53 that is not as it should be', () => {
  it('is records as they could be there, or refused; and a plan can be made from them', async () => {
    const arbitraryListing = fc.oneof(
      spoilt(goodListing).map(listingXml),
      spoiltText(listingXml(goodListing)),
      fc.constant(entityBomb('ListResourceRecordSetsResponse')),
    );
    await fc.assert(
      fc.asyncProperty(arbitraryListing, async (body) => {
        const { aws, client } = route53Answering({ body });

        const read = await readOrRefused(() => createRoute53(client).read(names));

        expect(aws.requests.length).toBeLessThanOrEqual(5);
        if (read === undefined) return;
        expect(read.map(({ name }) => name)).toEqual(names.map(({ name }) => name));
        for (const { foreign } of read) {
          for (const { description } of foreign) expect(description.length).toBeLessThan(500);
        }
        const seen = {
          role: aRole({ addresses: [] }),
          state: noState,
          instances: [anInstance(1)],
          names: read,
        };
        expect(plan(seen).kind).toMatch(/^(act|rest)$/);
      }),
      { numRuns: 120 },
    );
  });

  it('is hosted zones, or refused', async () => {
    const arbitraryZones = fc.oneof(spoilt(goodZones).map(zonesXml), spoiltText(zonesXml(goodZones)));
    await fc.assert(
      fc.asyncProperty(arbitraryZones, async (body) => {
        const { client } = route53Answering({ body }, { body: zonesXml(goodZones) });
        const directory = createZoneDirectory(client);

        const zones = await readOrRefused(() => directory.reverseZones());
        const byName = await readOrRefused(() => directory.byName(normalizeDnsName('1.0.10.in-addr.arpa')));

        for (const { id } of [...(zones ?? []), ...(byName ?? [])]) expect(id).toMatch(/^Z[A-Z0-9]{1,31}$/);
      }),
      { numRuns: 50 },
    );
  });

  it('is an error in few words, whatever stands in the error', async () => {
    const error = { Error: { Type: 'Sender', Code: 'NoSuchHostedZone', Message: 'none' }, RequestId: '1' };
    const status = fc.constantFrom(400, 403, 404, 429, 500, 503);
    await fc.assert(
      fc.asyncProperty(spoilt(error), status, async (body, code) => {
        const { client } = route53Answering({ status: code, body: xmlOf('ErrorResponse', body) });

        expect(await readOrRefused(() => createRoute53(client).read(names))).toBeUndefined();
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    ['the very same', { NextRecordName: 'db.corp.internal.', NextRecordType: 'A' }],
    ['another of the name, for ever', { NextRecordName: 'db.corp.internal.', NextRecordType: 'TXT' }],
  ])('is not followed in a circle, where each page leads to %s', async (_, next) => {
    const [first] = goodListing.ResourceRecordSets.ResourceRecordSet;
    const page = { ResourceRecordSets: { ResourceRecordSet: [first] }, IsTruncated: true, ...next };
    const { aws, client } = route53Answering({ body: listingXml(page) });

    const failure = createRoute53(client).read(names);

    await expect(failure).rejects.toMatchObject({ code: 'PagesRepeat', disposition: 'retryable' });
    expect(aws.requests.length).toBeLessThanOrEqual(3);
  });

  it('is told in few words where a record of somebody else has very many values', async () => {
    const record = {
      Name: 'db.corp.internal.',
      Type: 'A',
      TTL: 1,
      Region: 'eu-west-1',
      SetIdentifier: longText,
      ResourceRecords: { ResourceRecord: Array.from({ length: 400 }, () => ({ Value: '192.0.2.1' })) },
    };
    const { client } = route53Answering({
      body: listingXml({ ResourceRecordSets: { ResourceRecordSet: [record] } }),
    });

    const [read] = await createRoute53(client).read(names);

    expect(read?.foreign.map(({ description }) => description.length)).toEqual([401]);
  });
});

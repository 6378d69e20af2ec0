import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AwsError } from '../../../../localcloud/core/aws-error.ts';
import { VirtualClock } from '../../../../localcloud/core/clock.ts';
import { seededRandom } from '../../../../localcloud/core/random.ts';
import type { Call } from '../../../../localcloud/core/service.ts';
import { createRoute53, type Route53 } from '../../../../localcloud/route53/route53.ts';

const call: Call = { requestId: 'test', accessKeyId: 'test', traceId: undefined };

interface Listed {
  readonly ResourceRecordSets: readonly object[];
  readonly NextRecordName?: string;
  readonly NextRecordType?: string;
  readonly NextRecordIdentifier?: string;
}

function run(route53: Route53, name: string, input: object): unknown {
  const operation = route53.operations.get(name);
  if (operation === undefined) throw new Error(`no operation ${name}`);
  return (operation.run as (input: object, call: Call) => unknown)(input, call);
}

function emptyZone(): { readonly route53: Route53; readonly zoneId: string } {
  const route53 = createRoute53({
    clock: new VirtualClock(),
    random: seededRandom(1),
    accountId: '123456789012',
    region: 'us-east-1',
    partition: 'aws',
    lag: () => ({ describeMs: 0, route53SyncMs: 0 }),
    publish: () => undefined,
  });
  const created = run(route53, 'CreateHostedZone', { Name: 'one.net', CallerReference: 'one' });
  const { HostedZone } = created as { HostedZone: { Id: string } };
  return { route53, zoneId: HostedZone.Id.replace('/hostedzone/', '') };
}

function listAll(route53: Route53, HostedZoneId: string, MaxItems: number): readonly object[] {
  const listed: object[] = [];
  for (let start: object | undefined = {}; start !== undefined; ) {
    const page = run(route53, 'ListResourceRecordSets', { HostedZoneId, MaxItems, ...start }) as Listed;
    listed.push(...page.ResourceRecordSets);
    start =
      page.NextRecordName === undefined
        ? undefined
        : {
            StartRecordName: page.NextRecordName,
            StartRecordType: page.NextRecordType,
            StartRecordIdentifier: page.NextRecordIdentifier,
          };
  }
  return listed;
}

// Few names, types and values, so that changes meet each other often.
const recordSet = fc
  .record({
    host: fc.constantFrom('', 'a.', 'b.', 'a.b.', '*.', 'A-1.'),
    type: fc.constantFrom('A', 'TXT', 'CNAME'),
    value: fc.constantFrom(0, 1),
    identifier: fc.option(fc.constantFrom('x', 'y'), { nil: undefined }),
  })
  .map(({ host, type, value, identifier }) => ({
    Name: `${host}one.net`,
    Type: type,
    TTL: 60,
    ResourceRecords: [
      { Value: type === 'A' ? `10.0.0.${value}` : type === 'TXT' ? `"${value}"` : `${value}.net` },
    ],
    ...(identifier !== undefined && { SetIdentifier: identifier, Weight: 1 }),
  }));

const change = fc.record({
  Action: fc.constantFrom('CREATE', 'DELETE', 'UPSERT'),
  ResourceRecordSet: recordSet,
});

const batches = fc.array(fc.array(change, { minLength: 1, maxLength: 4 }), { maxLength: 30 });

test('whatever is asked, a batch is done whole or not at all and the zone never contradicts itself', () => {
  fc.assert(
    fc.property(batches, (asked) => {
      const { route53, zoneId } = emptyZone();

      for (const Changes of asked) {
        const before = listAll(route53, zoneId, 300);
        try {
          run(route53, 'ChangeResourceRecordSets', { HostedZoneId: zoneId, ChangeBatch: { Changes } });
        } catch (error) {
          if (!(error instanceof AwsError)) throw error;
          expect(error.code).toBe('InvalidChangeBatch');
          expect(listAll(route53, zoneId, 300)).toEqual(before);
        }
        route53.checkInvariants?.();
      }
    }),
  );
});

test('pages of any size hold the same record sets in the same order', () => {
  fc.assert(
    fc.property(batches, fc.integer({ min: 1, max: 7 }), (asked, pageSize) => {
      const { route53, zoneId } = emptyZone();
      for (const Changes of asked) {
        try {
          run(route53, 'ChangeResourceRecordSets', { HostedZoneId: zoneId, ChangeBatch: { Changes } });
        } catch (error) {
          if (!(error instanceof AwsError)) throw error;
        }
      }

      const paged = listAll(route53, zoneId, pageSize);

      expect(paged).toEqual(listAll(route53, zoneId, 300));
    }),
  );
});

import { Route53Client } from '@aws-sdk/client-route-53';
import { describe, expect, it } from 'vitest';
import { createRoute53 } from '../../../../../shared/adapters/route53/route53.ts';
import { normalizeDnsName } from '../../../../../shared/model/dns-name.ts';
import type { HostedZoneId } from '../../../../../shared/model/ids.ts';
import { hostedZoneIdSchema } from '../../../../../shared/model/ids.ts';
import type { ObservedName } from '../../../../../shared/model/observed.ts';
import type { RecordContent } from '../../../../../shared/model/record-set.ts';
import { aRecord, zoneId } from '../../../../builders/observed.ts';
import type { CannedAnswer, CannedRequest } from '../../../../fakes/canned-aws.ts';
import { CannedAws, route53Error } from '../../../../fakes/canned-aws.ts';

const otherZoneId = hostedZoneIdSchema.parse('Z0PUBLIC');

interface Row {
  readonly name: string;
  readonly type: string;
  readonly values: readonly string[];
  readonly setIdentifier?: string;
}

const a = (name: string, value: string): Row => ({ name, type: 'A', values: [value] });

function rowXml({ name, type, values, setIdentifier }: Row): string {
  const identifier =
    setIdentifier === undefined ? '' : `<SetIdentifier>${setIdentifier}</SetIdentifier><Weight>1</Weight>`;
  const records = values.map((value) => `<ResourceRecord><Value>${value}</Value></ResourceRecord>`).join('');
  return `<ResourceRecordSet><Name>${name}.</Name><Type>${type}</Type>${identifier}<TTL>60</TTL><ResourceRecords>${records}</ResourceRecords></ResourceRecordSet>`;
}

/**
 * A zone as ListResourceRecordSets pages through it: from the first record set at or after the start name, in the order
 * given, `pageSize` at a time; a listing may go on in the middle of a name.
 */
function aZone(rows: readonly Row[], pageSize: number): (request: CannedRequest) => CannedAnswer {
  return ({ query }) => {
    const start = sortKey(query['name'] ?? '');
    const begin = rows.findIndex(
      ({ name, type, setIdentifier }) =>
        sortKey(name) > start ||
        (sortKey(name) === start &&
          (query['type'] === undefined || query['type'] === type) &&
          (query['identifier'] === undefined || query['identifier'] === setIdentifier)),
    );
    const from = begin < 0 ? [] : rows.slice(begin);
    const page = from.slice(0, pageSize);
    const next = from[pageSize];
    const more =
      next === undefined
        ? ''
        : `<NextRecordName>${next.name}.</NextRecordName><NextRecordType>${next.type}</NextRecordType>${next.setIdentifier === undefined ? '' : `<NextRecordIdentifier>${next.setIdentifier}</NextRecordIdentifier>`}`;
    return {
      body: `<ListResourceRecordSetsResponse xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><ResourceRecordSets>${page.map(rowXml).join('')}</ResourceRecordSets><IsTruncated>${next !== undefined}</IsTruncated>${more}<MaxItems>${pageSize}</MaxItems></ListResourceRecordSetsResponse>`,
    };
  };
}

/** Route 53 orders by labels from the right. */
function sortKey(name: string): string {
  return `${name.replace('*', '\\052').split('.').toReversed().join('.')}.`;
}

function aBench(answer: (request: CannedRequest, index: number) => CannedAnswer) {
  const aws = new CannedAws(answer);
  return { aws, route53: createRoute53(new Route53Client(aws.options)) };
}

function at(...names: readonly string[]): { zoneId: HostedZoneId; name: ObservedName['name'] }[] {
  return names.map((name) => ({ zoneId, name: normalizeDnsName(name) }));
}

function valuesByName(names: readonly ObservedName[]): Record<string, readonly string[]> {
  return Object.fromEntries(
    names.map(({ name, records }) => [name, records.flatMap(({ content }) => valuesOf(content))]),
  );
}

function valuesOf(content: RecordContent): readonly string[] {
  return content.kind === 'values' ? content.values : [];
}

describe('read', () => {
  const rows = [
    a('corp.internal', '10.0.0.1'),
    a('a.corp.internal', '10.0.0.2'),
    a('b.corp.internal', '10.0.0.3'),
    { name: 'b.corp.internal', type: 'MX', values: ['10 mail.corp.internal'] },
    a('c.corp.internal', '10.0.0.4'),
  ];

  it('reads names that stand together in one call', async () => {
    const { aws, route53 } = aBench(aZone(rows, 300));

    const names = await route53.read(at('a.corp.internal', 'b.corp.internal', 'c.corp.internal'));

    expect(valuesByName(names)).toEqual({
      'a.corp.internal': ['10.0.0.2'],
      'b.corp.internal': ['10.0.0.3'],
      'c.corp.internal': ['10.0.0.4'],
    });
    expect(aws.requests).toHaveLength(1);
    expect(aws.requests[0]).toMatchObject({
      path: '/2013-04-01/hostedzone/Z0PRIVATE/rrset',
      query: { name: 'a.corp.internal' },
    });
  });

  it('tells what it could have written from what it could not', async () => {
    const { route53 } = aBench(aZone(rows, 300));

    const [name] = await route53.read(at('b.corp.internal'));

    expect(name?.records).toMatchObject([{ type: 'A', content: { values: ['10.0.0.3'] } }]);
    expect(name?.foreign).toMatchObject([{ description: 'b.corp.internal MX 10 mail.corp.internal' }]);
  });

  it('goes on where a page splits a name, so that none is seen in part', async () => {
    const { aws, route53 } = aBench(aZone(rows, 2));

    const names = await route53.read(at('a.corp.internal', 'b.corp.internal'));

    const b = names.find(({ name }) => name === 'b.corp.internal');
    expect(b?.records).toHaveLength(1);
    expect(b?.foreign).toHaveLength(1);
    expect(aws.requests.map(({ query }) => [query['name'], query['type']])).toEqual([
      ['a.corp.internal', undefined],
      ['b.corp.internal', 'MX'],
    ]);
  });

  it('reads a name that fills several pages to its end', async () => {
    const weighted = ['blue', 'green', 'red', 'white', 'yellow'].map((setIdentifier) => ({
      ...a('w.corp.internal', '192.0.2.1'),
      setIdentifier,
    }));
    const { aws, route53 } = aBench(aZone([...weighted, a('x.corp.internal', '10.0.0.1')], 2));

    const [w, x] = await route53.read(at('x.corp.internal', 'w.corp.internal'));

    expect(w?.records.map(({ routing }) => routing?.setIdentifier)).toEqual([
      'blue',
      'green',
      'red',
      'white',
      'yellow',
    ]);
    expect(x?.records).toHaveLength(1);
    expect(aws.requests.map(({ query }) => query['identifier'])).toEqual([undefined, 'red', 'yellow']);
  });

  it('does not read to its end a name that nobody asked for', async () => {
    const many = ['blue', 'green', 'red', 'white'].map((setIdentifier) => ({
      ...a('w.corp.internal', '192.0.2.1'),
      setIdentifier,
    }));
    const { aws, route53 } = aBench(aZone([a('a.corp.internal', '10.0.0.1'), ...many], 2));

    const names = await route53.read(at('a.corp.internal'));

    expect(valuesByName(names)).toEqual({ 'a.corp.internal': ['10.0.0.1'] });
    expect(aws.requests).toHaveLength(1);
  });

  it('knows from one page that names are not there, however many', async () => {
    const { aws, route53 } = aBench(aZone(rows, 300));
    const absent = Array.from({ length: 100 }, (_, slot) => `bb-${slot}.corp.internal`);

    const names = await route53.read(at(...absent, 'c.corp.internal'));

    expect(names.filter(({ records }) => records.length > 0).map(({ name }) => name)).toEqual([
      'c.corp.internal',
    ]);
    expect(aws.requests).toHaveLength(1);
  });

  it('looks again for a name that the page may not have reached', async () => {
    const { aws, route53 } = aBench(aZone(rows, 2));

    const names = await route53.read(at('a.corp.internal', 'c.corp.internal', 'bb.corp.internal'));

    expect(valuesByName(names)).toEqual({
      'a.corp.internal': ['10.0.0.2'],
      'bb.corp.internal': [],
      'c.corp.internal': ['10.0.0.4'],
    });
    expect(aws.requests.map(({ query }) => query['name'])).toEqual(['a.corp.internal', 'bb.corp.internal']);
  });

  it('has a name after the last record set empty', async () => {
    const { route53 } = aBench(aZone(rows, 300));

    expect(valuesByName(await route53.read(at('z.corp.internal')))).toEqual({ 'z.corp.internal': [] });
  });

  it('knows a wildcard by its escape', async () => {
    const { route53 } = aBench(aZone([a('\\052.corp.internal', '10.0.0.9')], 300));

    expect(valuesByName(await route53.read(at('*.corp.internal')))).toEqual({
      '*.corp.internal': ['10.0.0.9'],
    });
  });

  it('reads a name once however often it is asked for, and each zone by itself', async () => {
    const { aws, route53 } = aBench(aZone(rows, 300));
    const twice = at('a.corp.internal', 'a.corp.internal');

    const names = await route53.read([
      ...twice,
      { ...twice[0], zoneId: otherZoneId } as (typeof twice)[number],
    ]);

    expect(names.map((each) => each.zoneId)).toEqual([zoneId, otherZoneId]);
    expect(aws.requests.map(({ path }) => path.split('/')[3])).toEqual(['Z0PRIVATE', 'Z0PUBLIC']);
  });

  it('fails for good on a zone that is not there', async () => {
    const { route53 } = aBench(() => route53Error('NoSuchHostedZone', 404));

    await expect(route53.read(at('a.corp.internal'))).rejects.toMatchObject({
      code: 'NoSuchHostedZone',
      disposition: 'permanent',
      message: expect.stringContaining('Z0PRIVATE'),
    });
  });
});

describe('change', () => {
  const done: CannedAnswer = {
    body: '<ChangeResourceRecordSetsResponse xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><ChangeInfo><Id>/change/C1</Id><Status>PENDING</Status><SubmittedAt>2026-01-01T00:00:00Z</SubmittedAt></ChangeInfo></ChangeResourceRecordSetsResponse>',
  };
  const before = aRecord('10.0.1.1');
  const after = aRecord('10.0.1.2');

  function actionsOf({ body }: CannedRequest): string[] {
    const changes = body.matchAll(
      /<Action>(\w+)<\/Action>.*?<Name>([^<]+)<\/Name>.*?<TTL>(\d+)<\/TTL>.*?<Value>([^<]+)/g,
    );
    return [...changes].map(([, action, name, ttl, value]) => [action, name, ttl, value].join(' '));
  }

  it('replaces by the deletion of exactly the old and the creation of the new, all deletions first', async () => {
    const { aws, route53 } = aBench(() => done);

    await route53.change(
      zoneId,
      [
        { kind: 'change-record', before, after },
        { kind: 'change-record', after: { ...after, name: normalizeDnsName('new.corp.internal') } },
        { kind: 'change-record', before: { ...before, name: normalizeDnsName('old.corp.internal') } },
      ],
      'Understudy: db 3',
    );

    expect(aws.requests.map(actionsOf)).toEqual([
      [
        'DELETE db.corp.internal 60 10.0.1.1',
        'DELETE old.corp.internal 60 10.0.1.1',
        'CREATE db.corp.internal 60 10.0.1.2',
        'CREATE new.corp.internal 60 10.0.1.2',
      ],
    ]);
    expect(aws.requests[0]?.body).toContain('<Comment>Understudy: db 3</Comment>');
  });

  it('cuts the comment to what Route 53 takes', async () => {
    const { aws, route53 } = aBench(() => done);

    await route53.change(zoneId, [{ kind: 'change-record', before, after }], 'x'.repeat(300));

    expect(aws.requests[0]?.body).toContain(`<Comment>${'x'.repeat(256)}</Comment>`);
  });

  it.each([
    ['InvalidChangeBatch', 400, 'conflict'],
    ['PriorRequestNotComplete', 400, 'retryable'],
    ['Throttling', 400, 'retryable'],
    ['NoSuchHostedZone', 404, 'permanent'],
    ['AccessDenied', 403, 'permanent'],
  ])('fails with %s as its disposition says', async (code, status, disposition) => {
    const { route53 } = aBench(() => route53Error(code, status));

    const failing = route53.change(zoneId, [{ kind: 'change-record', before, after }], '');

    await expect(failing).rejects.toMatchObject({
      code,
      disposition,
      message: expect.stringContaining(zoneId),
    });
  });
});

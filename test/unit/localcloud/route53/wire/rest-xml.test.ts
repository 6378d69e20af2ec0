import { expect, test } from 'vitest';
import { AwsError } from '../../../../../localcloud/core/aws-error.ts';
import type { WireRequest } from '../../../../../localcloud/core/service.ts';
import { restXml } from '../../../../../localcloud/route53/wire/rest-xml.ts';

function request(method: string, pathAndQuery: string, body = ''): WireRequest {
  const [path = '', query = ''] = pathAndQuery.split('?');
  return { method, path: `/2013-04-01/${path}`, query: new URLSearchParams(query), headers: {}, body };
}

function refusalOf(given: WireRequest): object {
  try {
    return { decoded: restXml.decode(given) };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return { code: error.code, message: error.message };
  }
}

const rrset = 'hostedzone/Z1/rrset';
const inBatch = (recordSet: string): string =>
  `<ChangeResourceRecordSetsRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><ChangeBatch><Changes><Change><Action>CREATE</Action><ResourceRecordSet>${recordSet}</ResourceRecordSet></Change></Changes></ChangeBatch></ChangeResourceRecordSetsRequest>`;

test('elements are read in any order, with entities and blanks as they are', () => {
  const body = inBatch(
    '<TTL>60</TTL><ResourceRecords><ResourceRecord><Value>"a &lt;b&gt; &amp;&#x20; "</Value></ResourceRecord></ResourceRecords><Type>TXT</Type> <Name>t.one.net</Name>',
  );

  const decoded = restXml.decode(request('POST', `${rrset}/`, body));

  expect(decoded).toEqual({
    operation: 'ChangeResourceRecordSets',
    input: {
      HostedZoneId: 'Z1',
      ChangeBatch: {
        Changes: [
          {
            Action: 'CREATE',
            ResourceRecordSet: {
              TTL: 60,
              ResourceRecords: [{ Value: '"a <b> &  "' }],
              Type: 'TXT',
              Name: 't.one.net',
            },
          },
        ],
      },
    },
  });
});

test('parameters are read from the path and the query', () => {
  const decoded = restXml.decode(
    request('GET', 'hostedzone/%2Fhostedzone%2FZ1/rrset?name=%2A.one.net&type=A&maxitems=1'),
  );

  expect(decoded).toEqual({
    operation: 'ListResourceRecordSets',
    input: {
      HostedZoneId: '/hostedzone/Z1',
      StartRecordName: '*.one.net',
      StartRecordType: 'A',
      MaxItems: 1,
    },
  });
});

test('an operation that is not modelled is decoded to its name', () => {
  expect(restXml.decode(request('GET', 'testdnsanswer')).operation).toBe('TestDNSAnswer');
  expect(restXml.decode(request('POST', 'healthcheck/x')).operation).toBe('UpdateHealthCheck');
});

const refusals: readonly (readonly [string, WireRequest, string, RegExp])[] = [
  ['an unknown path', request('GET', 'nowhere'), 'NotImplementedByLocalcloud', /GET \/2013-04-01\/nowhere/],
  [
    'an unknown query parameter',
    request('GET', 'hostedzone?colour=red'),
    'NotImplementedByLocalcloud',
    /the query parameter colour of ListHostedZones/,
  ],
  ['a page size that is no number', request('GET', 'hostedzone?maxitems=many'), 'InvalidInput', /maxitems/],
  ['a path that is not percent-encoded', request('GET', 'hostedzone/%zz'), 'InvalidInput', /%zz/],
  ['broken XML', request('POST', rrset, '<a><b></a>'), 'MalformedInput', /Unable to parse XML/],
  [
    'another document',
    request('POST', rrset, '<ChangeBatch/>'),
    'MalformedInput',
    /^ChangeBatch is not valid, expected ChangeResourceRecordSetsRequest$/,
  ],
  [
    'an unknown element',
    request('POST', rrset, inBatch('<Colour>red</Colour>')),
    'InvalidInput',
    /Invalid content was found starting with element 'Colour'/,
  ],
  [
    'an element that is given twice',
    request('POST', rrset, inBatch('<Name>a</Name><Name>b</Name>')),
    'InvalidInput',
    /starting with element 'Name'/,
  ],
  [
    'an element inside a text',
    request('POST', rrset, inBatch('<Name><b/></Name>')),
    'InvalidInput',
    /starting with element 'b'. No child element is expected/,
  ],
  [
    'a number that is none',
    request('POST', rrset, inBatch('<TTL>soon</TTL>')),
    'InvalidInput',
    /'soon' is not a valid value for 'integer'/,
  ],
  [
    'an element that is not modelled',
    request('POST', rrset, inBatch('<CidrRoutingConfig/>')),
    'NotImplementedByLocalcloud',
    /CidrRoutingConfig/,
  ],
];

for (const [what, given, code, message] of refusals) {
  test(`${what} is refused and named`, () => {
    expect(refusalOf(given)).toEqual({ code, message: expect.stringMatching(message) });
  });
}

test('what the schema finds missing is told in the words of an XML schema', () => {
  const error = restXml.inputError?.({
    kind: 'missing',
    parameter: 'ChangeBatch.Changes.1.ResourceRecordSet.AliasTarget.EvaluateTargetHealth',
    detail: '',
  });

  // https://github.com/boto/boto/pull/2096
  expect(error?.code).toBe('InvalidInput');
  expect(error?.message).toBe(
    `Invalid XML ; cvc-complex-type.2.4.b: The content of element 'AliasTarget' is not complete. One of '{"https://route53.amazonaws.com/doc/2013-04-01/":EvaluateTargetHealth}' is expected.`,
  );
});

test('a bad value is told by its place', () => {
  const error = restXml.inputError?.({
    kind: 'invalid',
    parameter: 'ChangeBatch.Changes.1.ResourceRecordSet.Type',
    detail: 'Member must satisfy enum value set: [A, TXT]',
  });

  expect(error?.message).toBe(
    "1 validation error detected: Value at 'changeBatch.changes.1.member.resourceRecordSet.type' failed to satisfy constraint: Member must satisfy enum value set: [A, TXT]",
  );
});

test('answers escape what XML needs escaped', () => {
  const { body } = restXml.encode('GetHostedZone', { HostedZone: { Name: 'a<b>&"c"' } }, 'request');

  expect(body).toContain('<Name>a&lt;b&gt;&amp;&quot;c&quot;</Name>');
});

test('an error is a document with its type, code, message and request id', () => {
  const { status, headers, body } = restXml.encodeError(
    new AwsError('NoSuchChange', 'gone', 404),
    'request-1',
  );

  expect(status).toBe(404);
  expect(headers['x-amzn-requestid']).toBe('request-1');
  expect(body).toBe(
    '<?xml version="1.0"?><ErrorResponse xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><Error><Type>Sender</Type><Code>NoSuchChange</Code><Message>gone</Message></Error><RequestId>request-1</RequestId></ErrorResponse>',
  );
});

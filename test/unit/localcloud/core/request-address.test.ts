import { describe, expect, test } from 'vitest';
import { requestAddress } from '../../../../localcloud/core/request-address.ts';
import type { WireRequest } from '../../../../localcloud/core/service.ts';

function aRequest(changes: Partial<WireRequest> = {}): WireRequest {
  return { method: 'POST', path: '/', query: new URLSearchParams(), headers: {}, body: '', ...changes };
}

const credential = 'AKIAONE/20260101/eu-west-1/ec2/aws4_request';

describe('a signed request', () => {
  test.each([
    [
      'its header',
      aRequest({
        headers: {
          authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=0`,
        },
      }),
    ],
    ['its query', aRequest({ query: new URLSearchParams({ 'X-Amz-Credential': credential }) })],
  ])('is told by the credential scope in %s', (_where, request) => {
    const address = requestAddress(request);

    expect(address).toEqual({ service: 'ec2', region: 'eu-west-1', accessKeyId: 'AKIAONE' });
  });
});

describe('an unsigned request', () => {
  test.each([
    ['its target', aRequest({ headers: { 'x-amz-target': 'AWSEvents.PutRule' } }), 'events'],
    [
      'its target, which is not its service’s name',
      aRequest({ headers: { 'x-amz-target': 'GraniteServiceVersion20100801.SetAlarmState' } }),
      'monitoring',
    ],
    ['Route 53’s path', aRequest({ path: '/2013-04-01/hostedzone' }), 'route53'],
    ['the version in its form', aRequest({ body: 'Action=DescribeInstances&Version=2016-11-15' }), 'ec2'],
    [
      'the version that is its service’s alone',
      aRequest({ body: 'Action=RegisterTargets&Version=2015-12-01' }),
      'elasticloadbalancing',
    ],
    ['the version in its query', aRequest({ query: new URLSearchParams({ Version: '2011-06-15' }) }), 'sts'],
  ])('is told by %s', (_by, request, service) => {
    const address = requestAddress(request);

    expect(address).toEqual({ service, region: undefined, accessKeyId: 'anonymous' });
  });

  test('with nothing to tell it by has no service', () => {
    const address = requestAddress(aRequest({ body: 'hello' }));

    expect(address.service).toBeUndefined();
  });
});

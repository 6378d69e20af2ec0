import type { WireRequest } from './service.ts';

/** To whom a request goes and from whom it comes, as far as the request itself tells. */
export interface RequestAddress {
  readonly service: string | undefined;
  /** Undefined for an unsigned request. */
  readonly region: string | undefined;
  readonly accessKeyId: string;
}

/** Stands for the access key of an unsigned request. */
const anonymousAccessKeyId = 'anonymous';

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-signing-elements.html
const credentialPattern = /^([^/]+)\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request$/;
const headerPattern = /Credential=([^,\s]+)/;

const serviceByTarget: ReadonlyMap<string, string> = new Map([
  ['DynamoDB_20120810', 'dynamodb'],
  ['AWSEvents', 'events'],
  ['AmazonSQS', 'sqs'],
  ['GraniteServiceVersion20100801', 'monitoring'],
]);

const serviceByVersion: ReadonlyMap<string, string> = new Map([
  ['2016-11-15', 'ec2'],
  ['2011-06-15', 'sts'],
  ['2010-05-15', 'cloudformation'],
  ['2011-01-01', 'autoscaling'],
  ['2012-11-05', 'sqs'],
  ['2015-12-01', 'elasticloadbalancing'],
  ['2010-08-01', 'monitoring'],
]);

/**
 * Reads the credential scope of a signed request (header or presigned query). An unsigned one is told by its
 * `X-Amz-Target`, Route 53's path, or the API version in its form body.
 */
export function requestAddress(request: WireRequest): RequestAddress {
  const credential =
    headerPattern.exec(request.headers['authorization'] ?? '')?.[1] ?? request.query.get('X-Amz-Credential');
  const [, accessKeyId, region, service] = credentialPattern.exec(credential ?? '') ?? [];
  if (accessKeyId !== undefined) return { service, region, accessKeyId };
  return { service: unsignedService(request), region: undefined, accessKeyId: anonymousAccessKeyId };
}

function unsignedService(request: WireRequest): string | undefined {
  const target = request.headers['x-amz-target'];
  if (target !== undefined) return serviceByTarget.get(target.split('.', 1)[0] ?? '');
  if (request.path.startsWith('/2013-04-01/')) return 'route53';
  const version = request.query.get('Version') ?? new URLSearchParams(request.body).get('Version');
  return serviceByVersion.get(version ?? '');
}

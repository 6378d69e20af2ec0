import { AwsError } from '../core/aws-error.ts';
import type { Protocol, WireRequest, WireResponse } from '../core/service.ts';

/** What differs between the services that speak AWS JSON. */
export interface JsonProtocolSettings {
  readonly version: '1.0' | '1.1';
  /** What precedes the operation in `X-Amz-Target`: `AWSEvents`, `AmazonSQS`. */
  readonly targetPrefix: string;
  /** Prefix of error shapes in `__type`, e.g. `com.amazonaws.sqs`; errors are sent bare without it. */
  readonly errorNamespace?: string;
  /** Members whose JSON number is a time in epoch seconds. */
  readonly timestamps?: ReadonlySet<string>;
  /** Members whose JSON string is base64. */
  readonly blobs?: ReadonlySet<string>;
  /**
   * Codes of the older query protocol by error shape, sent as `x-amzn-query-error`.
   * @see https://smithy.io/2.0/aws/protocols/aws-query-protocol.html (awsQueryCompatible)
   */
  readonly queryErrorCodes?: ReadonlyMap<string, string>;
}

/**
 * AWS JSON 1.0 and 1.1: `POST /` with the operation in `X-Amz-Target`, JSON both ways, times as epoch seconds and
 * bytes as base64.
 * @see https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html
 */
export function jsonProtocol(settings: JsonProtocolSettings): Protocol {
  const contentType = `application/x-amz-json-${settings.version}`;
  const respond = (status: number, requestId: string, body: object, more = {}): WireResponse => ({
    status,
    headers: { 'content-type': contentType, 'x-amzn-requestid': requestId, ...more },
    body: JSON.stringify(body),
  });
  return {
    decode: (request) => ({
      operation: operationOf(request, settings.targetPrefix),
      input: fromJson(parseBody(request.body), settings, ''),
    }),
    encode: (_operation, output, requestId) => respond(200, requestId, toJson(output) as object),
    encodeError: (error, requestId) => {
      const { errorNamespace, queryErrorCodes } = settings;
      const type = errorNamespace === undefined ? error.code : `${errorNamespace}#${error.code}`;
      const queryError = `${queryErrorCodes?.get(error.code) ?? error.code};${error.status < 500 ? 'Sender' : 'Receiver'}`;
      const headers = queryErrorCodes === undefined ? {} : { 'x-amzn-query-error': queryError };
      return respond(error.status, requestId, { __type: type, message: error.message }, headers);
    },
  };
}

function operationOf(request: WireRequest, targetPrefix: string): string {
  const target = request.headers['x-amz-target'] ?? '';
  const [prefix, operation] = target.split('.');
  if (prefix !== targetPrefix || operation === undefined)
    throw new AwsError(
      'UnknownOperationException',
      `X-Amz-Target ${JSON.stringify(target)} names no operation`,
    );
  return operation;
}

function parseBody(body: string): unknown {
  try {
    return body === '' ? {} : JSON.parse(body);
  } catch (cause) {
    throw new AwsError('SerializationException', `the body is not JSON: ${(cause as Error).message}`);
  }
}

function fromJson(value: unknown, settings: JsonProtocolSettings, member: string): unknown {
  if (typeof value === 'number' && settings.timestamps?.has(member)) return new Date(value * 1000);
  if (typeof value === 'string' && settings.blobs?.has(member)) return Buffer.from(value, 'base64');
  if (Array.isArray(value)) return value.map((each) => fromJson(each, settings, member));
  if (typeof value !== 'object' || value === null) return value;
  // A member sent as null counts as absent, as it does for AWS's own parsers.
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== null)
      .map(([name, each]) => [name, fromJson(each, settings, name)]),
  );
}

function toJson(value: unknown): unknown {
  if (value instanceof Date) return value.getTime() / 1000;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, toJson(each)]));
}

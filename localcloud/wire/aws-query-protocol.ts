import type { AwsError } from '../core/aws-error.ts';
import type { Operation, Protocol, WireResponse } from '../core/service.ts';
import { escapeXml } from './escape-xml.ts';
import { queryRequestDecoder } from './query-request.ts';

/** What differs between the services that speak AWS's query protocol. */
export interface AwsQuerySettings {
  /** The one API version there is, e.g. `2011-01-01`. */
  readonly version: string;
  /** As the error for another version spells it, e.g. `AutoScaling`. */
  readonly serviceName: string;
  /** The XML namespace of answers. */
  readonly namespace: string;
}

/**
 * AWS's query protocol, of which EC2's is a dialect: form parameters in, XML out, list items in `member` both ways.
 * Source: https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
 */
export function awsQueryProtocol(
  operations: ReadonlyMap<string, Operation>,
  { version, serviceName, namespace }: AwsQuerySettings,
): Protocol {
  return {
    decode: queryRequestDecoder(operations, {
      version,
      serviceName,
      parameterName: (_owner, member) => member,
      hasWrappedLists: true,
    }),
    encode: (operation, output, requestId) =>
      respond(
        200,
        requestId,
        `<${operation}Response xmlns="${namespace}"><${operation}Result>${membersXml(output)}</${operation}Result>` +
          `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${operation}Response>`,
      ),
    encodeError: ({ status, code, message }: AwsError, requestId) =>
      respond(
        status,
        requestId,
        `<ErrorResponse xmlns="${namespace}"><Error><Type>${status < 500 ? 'Sender' : 'Receiver'}</Type>` +
          `<Code>${escapeXml(code)}</Code><Message>${escapeXml(message)}</Message></Error>` +
          `<RequestId>${requestId}</RequestId></ErrorResponse>`,
      ),
  };
}

function respond(status: number, requestId: string, body: string): WireResponse {
  return { status, headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId }, body };
}

/** A structure's members as XML elements of the same names; members that are undefined are left out. */
function membersXml(structure: object): string {
  let xml = '';
  for (const [name, value] of Object.entries(structure))
    if (value !== undefined) xml += `<${name}>${valueXml(value)}</${name}>`;
  return xml;
}

function valueXml(value: unknown): string {
  if (typeof value === 'string') return escapeXml(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if (value instanceof Date) return value.toISOString();
  if (!Array.isArray(value)) return membersXml(value);
  return value.map((item: unknown) => `<member>${valueXml(item)}</member>`).join('');
}

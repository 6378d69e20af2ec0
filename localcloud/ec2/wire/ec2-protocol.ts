import type { AwsError } from '../../core/aws-error.ts';
import type { Operation, Protocol, WireResponse } from '../../core/service.ts';
import { escapeXml } from '../../wire/escape-xml.ts';
import { queryRequestDecoder } from '../../wire/query-request.ts';
import { parameterName } from './parameter-names.ts';
import { encodeMembers } from './xml-encoder.ts';

const version = '2016-11-15';
const namespace = `http://ec2.amazonaws.com/doc/${version}/`;
const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';

/**
 * EC2's query protocol: form parameters in, XML out.
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/Query-Requests.html
 */
export function createEc2Protocol(operations: ReadonlyMap<string, Operation>): Protocol {
  return {
    decode: queryRequestDecoder(operations, {
      version,
      serviceName: 'AmazonEC2',
      parameterName,
      hasWrappedLists: false,
    }),
    encode: encodeOutput,
    encodeError,
  };
}

function encodeOutput(operation: string, output: object, requestId: string): WireResponse {
  const members = encodeMembers(operation, output);
  // Actions without output say so.
  const content = members === '' ? '<return>true</return>' : members;
  return {
    status: 200,
    headers: headersOf(requestId),
    body:
      `${declaration}<${operation}Response xmlns="${namespace}">` +
      `<requestId>${requestId}</requestId>${content}</${operation}Response>`,
  };
}

function encodeError({ code, message, status }: AwsError, requestId: string): WireResponse {
  return {
    status,
    headers: headersOf(requestId),
    body:
      `${declaration}<Response><Errors><Error><Code>${escapeXml(code)}</Code>` +
      `<Message>${escapeXml(message)}</Message></Error></Errors><RequestID>${requestId}</RequestID></Response>`,
  };
}

function headersOf(requestId: string): Readonly<Record<string, string>> {
  return { 'content-type': 'text/xml;charset=UTF-8', 'x-amzn-requestid': requestId };
}

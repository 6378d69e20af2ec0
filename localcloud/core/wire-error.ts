import type { AwsError } from './aws-error.ts';
import type { WireRequest, WireResponse } from './service.ts';

/** An error for a request whose service has no room, in the JSON or XML form that its client probably reads. */
export function wireError(request: WireRequest, error: AwsError, requestId: string): WireResponse {
  const isJson = request.headers['content-type']?.startsWith('application/x-amz-json') ?? false;
  return isJson ? jsonError(error, requestId) : xmlError(error, requestId);
}

/**
 * https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html#operation-error-serialization
 */
function jsonError(error: AwsError, requestId: string): WireResponse {
  return {
    status: error.status,
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': requestId },
    body: JSON.stringify({ __type: error.code, message: error.message }),
  };
}

/** The query protocols' form: https://smithy.io/2.0/aws/protocols/aws-query-protocol.html */
export function xmlError(error: AwsError, requestId: string): WireResponse {
  const type = error.status < 500 ? 'Sender' : 'Receiver';
  return {
    status: error.status,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
    body:
      `<ErrorResponse><Error><Type>${type}</Type><Code>${escapeXml(error.code)}</Code>` +
      `<Message>${escapeXml(error.message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
  };
}

/** Text as XML element content. */
export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

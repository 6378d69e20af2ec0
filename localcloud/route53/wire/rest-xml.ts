import { AwsError, notModelled } from '../../core/aws-error.ts';
import type { InputProblem, Protocol, WireRequest, WireResponse } from '../../core/service.ts';
import { readXml, xmlNamespace } from './read-xml.ts';
import type { Route } from './route.ts';
import { matchRoute, routeOf } from './routes.ts';
import { structure } from './shapes.ts';
import { writeErrorXml, writeXml } from './write-xml.ts';

/**
 * Route 53's REST and XML, version 2013-04-01. Strict where AWS is lenient: an unknown query parameter is refused.
 * https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html
 */
export const restXml: Protocol = { decode, encode, encodeError, inputError };

function decode(request: WireRequest): { readonly operation: string; readonly input: unknown } {
  const matched = matchRoute(request.method, request.path);
  if (matched === undefined) throw notModelled(`${request.method} ${request.path} of Route 53`);
  const { route, pathParameters } = matched;
  return {
    operation: route.operation,
    input: { ...pathParameters, ...readQuery(route, request.query), ...readBody(route, request.body) },
  };
}

// Clients send no body at all when none of its members is given.
function readBody({ operation, input }: Route, body: string): object {
  return input === undefined || body === '' ? {} : readXml(body, `${operation}Request`, input);
}

function readQuery(route: Route, query: URLSearchParams): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, text] of query) {
    const known = route.query?.[name];
    if (known === undefined) throw notModelled(`the query parameter ${name} of ${route.operation}`);
    values[known.parameter] = known.shape === 'integer' ? readInteger(name, text) : text;
  }
  return values;
}

function readInteger(name: string, text: string): number {
  if (/^-?\d+$/.test(text)) return Number(text);
  throw new AwsError('InvalidInput', `The value '${text}' of ${name} is not an integer.`);
}

function encode(operation: string, output: object, requestId: string): WireResponse {
  const route = routeOf(operation);
  const location: unknown = Reflect.get(output, 'Location');
  return {
    status: route?.status ?? 200,
    headers: { ...headers(requestId), ...(typeof location === 'string' && { location }) },
    body: writeXml(`${operation}Response`, output, route?.output ?? structure({})),
  };
}

function encodeError(error: AwsError, requestId: string): WireResponse {
  const { code, message, status } = error;
  const type = status < 500 ? 'Sender' : 'Receiver';
  return { status, headers: headers(requestId), body: writeErrorXml({ type, code, message }, requestId) };
}

function headers(requestId: string): Record<string, string> {
  return { 'content-type': 'text/xml', 'x-amzn-requestid': requestId };
}

/** InvalidInput in the words of Route 53's schema for missing elements, and of its validation for bad values. */
function inputError({ kind, parameter, detail }: InputProblem): AwsError {
  const path = parameter.split('.').filter((part) => !/^\d+$/.test(part));
  const [parent = '', name = ''] = path.length > 1 ? path.slice(-2) : ['Request', path[0]];
  switch (kind) {
    case 'missing':
      return new AwsError(
        'InvalidInput',
        `Invalid XML ; cvc-complex-type.2.4.b: The content of element '${parent}' is not complete. One of '{"${xmlNamespace}":${name}}' is expected.`,
      );
    case 'unknown':
      return new AwsError('InvalidInput', `The parameter ${parameter} is not known.`);
    case 'invalid':
      return new AwsError(
        'InvalidInput',
        `1 validation error detected: Value at '${memberPath(parameter)}' failed to satisfy constraint: ${detail}`,
      );
  }
}

// `ChangeBatch.Changes.1.Action` is `changeBatch.changes.1.member.action` in AWS's words.
function memberPath(parameter: string): string {
  return parameter
    .split('.')
    .map((part) => (/^\d+$/.test(part) ? `${part}.member` : part.charAt(0).toLowerCase() + part.slice(1)))
    .join('.');
}

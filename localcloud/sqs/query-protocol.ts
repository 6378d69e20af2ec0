import { AwsError } from '../core/aws-error.ts';
import type { Protocol, WireRequest, WireResponse } from '../core/service.ts';
import { escapeXml } from '../wire/escape-xml.ts';

/*
 * SQS's older wire format, which clients from before November 2023 speak (Debian 12's AWS CLI among them): parameters
 * in a form, lists and maps flattened, answers in XML.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-making-api-requests-xml.html
 */

const namespace = 'http://queue.amazonaws.com/doc/2012-11-05/';

const numbers: ReadonlySet<string> = new Set([
  'DelaySeconds',
  'MaxNumberOfMessages',
  'MaxNumberOfMessagesPerSecond',
  'MaxResults',
  'VisibilityTimeout',
  'WaitTimeSeconds',
]);

// How numbered parameters are called in the SDK: lists, and maps as the names of their key and value.
const listsIn: ReadonlyMap<string, string> = new Map([
  ['AttributeName', 'AttributeNames'],
  ['MessageAttributeName', 'MessageAttributeNames'],
  ['MessageSystemAttributeName', 'MessageSystemAttributeNames'],
  ['TagKey', 'TagKeys'],
  ['SendMessageBatchRequestEntry', 'Entries'],
  ['DeleteMessageBatchRequestEntry', 'Entries'],
  ['ChangeMessageVisibilityBatchRequestEntry', 'Entries'],
]);
const mapsIn: ReadonlyMap<string, { readonly member: string; readonly key: string }> = new Map([
  ['Attribute', { member: 'Attributes', key: 'Name' }],
  ['MessageAttribute', { member: 'MessageAttributes', key: 'Name' }],
  ['MessageSystemAttribute', { member: 'MessageSystemAttributes', key: 'Name' }],
  ['Tag', { member: 'Tags', key: 'Key' }],
]);

const listsOut: ReadonlyMap<string, string> = new Map([
  ['Messages', 'Message'],
  ['QueueUrls', 'QueueUrl'],
  ['queueUrls', 'QueueUrl'],
  ['Failed', 'BatchResultErrorEntry'],
  ['Results', 'ListMessageMoveTasksResultEntry'],
]);
const mapsOut: ReadonlyMap<string, { readonly element: string; readonly key: string }> = new Map(
  [...mapsIn].map(([element, { member, key }]) => [member, { element, key }]),
);

type Tree = { readonly [name: string]: Tree | string };

/** Whether a request speaks the query protocol: JSON has its operation in a header. */
export function isQueryRequest(request: WireRequest): boolean {
  return request.headers['x-amz-target'] === undefined;
}

/** `queryErrorCodes` are the codes of this protocol by those of the JSON one, where they differ. */
export function queryProtocol(queryErrorCodes: ReadonlyMap<string, string>): Protocol {
  return {
    decode: (request) => {
      const parameters = new URLSearchParams(request.body);
      for (const [name, value] of request.query) parameters.append(name, value);
      const { Action, Version: _version, ...members } = treeOf(parameters);
      if (typeof Action !== 'string')
        throw new AwsError('MissingAction', 'The request must contain the parameter Action.');
      return { operation: Action, input: inputOf(members, Action) };
    },
    encode: (operation, output, requestId) => {
      const members = membersXml(output, operation);
      const result = members === '' ? '' : element(`${operation}Result`, members);
      const metadata = element('ResponseMetadata', element('RequestId', requestId));
      return xml(200, requestId, operation, `${result}${metadata}`);
    },
    encodeError: (error, requestId) => {
      const fields = {
        Type: error.status < 500 ? 'Sender' : 'Receiver',
        Code: queryErrorCodes.get(error.code) ?? error.code,
        Message: error.message,
      };
      const content = `${element('Error', membersXml(fields, ''))}${element('RequestId', requestId)}`;
      return xml(error.status, requestId, 'Error', content);
    },
  };
}

function xml(status: number, requestId: string, name: string, content: string): WireResponse {
  return {
    status,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
    body: `<?xml version="1.0"?><${name}Response xmlns="${namespace}">${content}</${name}Response>`,
  };
}

/** `A.1.B=x` as `{ A: { 1: { B: 'x' } } }`. */
function treeOf(parameters: URLSearchParams): Tree {
  const root: Record<string, unknown> = Object.create(null);
  for (const [name, value] of parameters) {
    const steps = name.split('.');
    const last = steps.pop() ?? '';
    let node = root;
    for (const each of steps) {
      node[each] ??= Object.create(null);
      if (typeof node[each] !== 'object')
        throw new AwsError('InvalidParameterValue', `${name} is given twice.`);
      node = node[each] as Record<string, unknown>;
    }
    node[last] = value;
  }
  return root as Tree;
}

function inputOf(tree: Tree, operation: string): object {
  const input: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(tree)) {
    const list = listsIn.get(name);
    const map = mapsIn.get(name);
    if (typeof value === 'string') input[name] = scalar(name, value);
    else if (list !== undefined) input[list] = numbered(value).map((item) => itemOf(item, operation));
    else if (map === undefined) input[name] = inputOf(value, operation);
    else {
      const member = operation === 'CreateQueue' && name === 'Tag' ? 'tags' : map.member;
      input[member] = Object.fromEntries(numbered(value).map((entry) => entryOf(entry, map.key, operation)));
    }
  }
  return input;
}

function numbered(tree: Tree): readonly (Tree | string)[] {
  return Object.entries(tree)
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, item]) => item);
}

function itemOf(item: Tree | string, operation: string): unknown {
  return typeof item === 'string' ? item : inputOf(item, operation);
}

function entryOf(entry: Tree | string, key: string, operation: string): readonly [string, unknown] {
  const { [key]: name, Value = '' } = typeof entry === 'string' ? {} : entry;
  if (typeof name !== 'string')
    throw new AwsError('MissingParameter', `The request must contain the parameter ${key}.`);
  return [name, itemOf(Value, operation)];
}

function scalar(name: string, text: string): unknown {
  if (numbers.has(name) && /^-?\d+$/.test(text)) return Number(text);
  return name === 'BinaryValue' ? Buffer.from(text, 'base64') : text;
}

function membersXml(members: object, operation: string): string {
  return Object.entries(members)
    .map(([name, value]) => memberXml(name, value as unknown, operation))
    .join('');
}

function memberXml(name: string, value: unknown, operation: string): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) {
    const item = name === 'Successful' ? `${operation}ResultEntry` : (listsOut.get(name) ?? name);
    return value.map((each) => memberXml(item, each, operation)).join('');
  }
  if (value instanceof Uint8Array) return element(name, Buffer.from(value).toString('base64'));
  if (typeof value !== 'object') return element(name, escapeXml(String(value)));
  const map = mapsOut.get(name);
  if (map === undefined) return element(name, membersXml(value, operation));
  return Object.entries(value)
    .map(([key, each]) =>
      element(map.element, memberXml(map.key, key, '') + memberXml('Value', each, operation)),
    )
    .join('');
}

function element(name: string, content: string): string {
  return `<${name}>${content}</${name}>`;
}

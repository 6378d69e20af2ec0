import { AwsError } from '../core/aws-error.ts';
import type { Operation, Protocol } from '../core/service.ts';
import {
  compileDecoder,
  type Decoder,
  decodeTree,
  parameterTree,
  type QueryDialect,
} from './query-decoder.ts';

/** What differs between the services that are asked by form parameters. */
export interface QueryService extends QueryDialect {
  /** The one API version there is, e.g. `2016-11-15`. */
  readonly version: string;
  /** As the error for another version spells it, e.g. `AmazonEC2`. */
  readonly serviceName: string;
}

// Parameters that belong to the request, not to the action, and those of the older signatures in the query string.
const commonParameters: ReadonlySet<string> = new Set([
  'Action',
  'Version',
  'AWSAccessKeyId',
  'Signature',
  'SignatureMethod',
  'SignatureVersion',
  'Timestamp',
  'Expires',
  'SecurityToken',
  'X-Amz-Algorithm',
  'X-Amz-Credential',
  'X-Amz-Date',
  'X-Amz-Expires',
  'X-Amz-Security-Token',
  'X-Amz-Signature',
  'X-Amz-SignedHeaders',
]);

/**
 * Reads form parameters, in the body or the query string: `Action` is the operation, the others are its input, typed
 * by its schema. Throws MissingAction and NoSuchVersion.
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/Query-Requests.html
 */
export function queryRequestDecoder(
  operations: ReadonlyMap<string, Operation>,
  service: QueryService,
): Protocol['decode'] {
  const decoders = new Map<string, Decoder>();
  for (const [name, { input }] of operations) decoders.set(name, compileDecoder(name, input, service));
  return ({ query, body }) => {
    const parameters = new Map<string, string>(query);
    for (const [name, value] of new URLSearchParams(body)) parameters.set(name, value);
    const operation = parameters.get('Action');
    if (operation === undefined || operation === '')
      throw new AwsError('MissingAction', 'The request must contain the parameter Action');
    const asked = parameters.get('Version');
    if (asked !== service.version)
      throw new AwsError(
        'NoSuchVersion',
        `The requested version (${asked ?? 'none'}) of service ${service.serviceName} does not exist; there is ${service.version}`,
      );
    const own = [...parameters].filter(([name]) => !commonParameters.has(name));
    return {
      operation,
      input: decodeTree(decoders.get(operation) ?? structureOfUnknowns, parameterTree(own)),
    };
  };
}

const structureOfUnknowns: Decoder = { kind: 'structure', members: new Map() };

import type { ZodType } from 'zod';
import type { AwsError } from './aws-error.ts';

/** An HTTP request as both fronts (the loopback server and the SDK request handler) hand it over. */
export interface WireRequest {
  readonly method: string;
  /** Path without the query string, percent-encoded as received. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface WireResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Who calls: read from the access key of the request's credential scope; signatures are not checked. */
export interface Call {
  readonly requestId: string;
  readonly accessKeyId: string;
  /** Lambda sends it as `X-Amzn-Trace-Id`; it tells one invocation's calls from another's. */
  readonly traceId: string | undefined;
}

/** Documented per operation, shown in localcloud's README table. */
export interface Honesty {
  /** What is modelled, one sentence each. */
  readonly modelled: readonly string[];
  /** What AWS does and localcloud does not. */
  readonly notModelled?: readonly string[];
  /** Where each rule comes from: a documentation page or API reference name; `unverified` marks what AWS leaves open. */
  readonly sources: readonly string[];
}

export interface Operation<Input = never> {
  /** AWS's own name, e.g. `AssociateAddress`. */
  readonly name: string;
  /** `write` when it can change the world; the call log counts by this. */
  readonly effect: 'read' | 'write';
  /** Shape of the input in the SDK's names (PascalCase), strict: an unknown parameter fails, naming itself. */
  readonly input: ZodType<Input>;
  /** Returns the output in the SDK's names; throws AwsError. */
  readonly run: (input: Input, call: Call) => object | Promise<object>;
  readonly honesty: Honesty;
}

/** What is wrong with one parameter, before a protocol words it as its service does. */
export interface InputProblem {
  readonly kind: 'missing' | 'unknown' | 'invalid';
  /** The parameter in the SDK's names, list positions from 1: `Filters.1.Name`. */
  readonly parameter: string;
  /** What was expected or found, for an `invalid` one; a sentence without a full stop. */
  readonly detail: string;
}

/** The wire format of one service: nothing but translation, no behaviour. */
export interface Protocol {
  /** Throws AwsError when the request is not of this protocol's form. */
  decode(request: WireRequest): { readonly operation: string; readonly input: unknown };
  encode(operation: string, output: object, requestId: string): WireResponse;
  encodeError(error: AwsError, requestId: string): WireResponse;
  /** The service's own code and words for input that fails its schema; without it, EC2's are used. */
  inputError?(problem: InputProblem): AwsError;
}

export interface Service {
  /** As in the credential scope of a signed request: `ec2`, `route53`, `dynamodb`, `events`, `sqs`, … */
  readonly name: string;
  readonly protocol: Protocol;
  /** For a service that some clients speak to in an older wire format: the one of this request. */
  readonly protocolOf?: (request: WireRequest) => Protocol;
  readonly operations: ReadonlyMap<string, Operation>;
  /** Throws when the room's invariants do not hold; asked after every write in tests. */
  readonly checkInvariants?: () => void;
  /** The room's world as plain data, without lag: for people who look, not for programs. */
  readonly dump?: () => object;
}

/** Keeps each operation's own input type while the map holds them side by side. */
export function operation<Input>(definition: Operation<Input>): Operation {
  return definition as unknown as Operation;
}

export function operationMap(operations: readonly Operation[]): ReadonlyMap<string, Operation> {
  return new Map(operations.map((each) => [each.name, each]));
}

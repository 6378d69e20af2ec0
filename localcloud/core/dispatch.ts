import { AwsError, notModelled } from './aws-error.ts';
import type { CallLog } from './call-log.ts';
import { ConnectionLost } from './connection-lost.ts';
import type { Fault, Faults } from './faults.ts';
import { defaultInputError, inputProblem } from './input-error.ts';
import { InvariantViolation } from './invariant-violation.ts';
import { type LatencyModel, pause, roundTripMs } from './latency.ts';
import type { RecordedCall } from './recorded-call.ts';
import { type RequestAddress, requestAddress } from './request-address.ts';
import type { Call, Operation, Service, WireRequest, WireResponse } from './service.ts';
import type { Surroundings } from './surroundings.ts';
import type { Throttles } from './throttle.ts';
import { wireError } from './wire-error.ts';

/** What a call passes on its way. */
interface DispatchParts {
  readonly services: ReadonlyMap<string, Service>;
  readonly surroundings: Surroundings;
  readonly callLog: CallLog;
  readonly faults: Faults;
  readonly throttles: Throttles;
  readonly latency: LatencyModel;
  /** Throws the service's own error when the caller may not make the call; without it, everybody may do everything. */
  readonly authorize?: (call: Call, service: string, operation: string, input: unknown) => Promise<void>;
  /** Told of every call that was understood, once it has its answer. */
  readonly record?: (recorded: RecordedCall) => void;
  /** Ends the function invocation that makes the call, if one does. */
  readonly killCaller: (call: Call) => void;
  /** Whether all rooms are asked for their invariants after every write. */
  readonly isCheckingInvariants: boolean;
}

/** One AWS request to one AWS response. */
export type Dispatch = (request: WireRequest) => Promise<WireResponse>;

// Global services are signed for us-east-1 wherever they are called from.
const globalServices: ReadonlySet<string> = new Set(['route53', 'sts']);

/**
 * The way of every call: service, decode, operation, schema, throttles, permissions, faults, run, call log, encode.
 * What AWS would refuse comes back as an encoded error. The promise rejects with ConnectionLost when a fault breaks
 * the connection, with InvariantViolation when a room contradicts itself, and with the room's own exception when
 * there is a bug in it.
 */
export function createDispatch(parts: DispatchParts): Dispatch {
  const requestIds = parts.surroundings.random.fork('request-ids');
  return async (request) => {
    const requestId = requestIds.uuid();
    const address = requestAddress(request);
    const service = parts.services.get(address.service ?? '');
    if (service === undefined) {
      return wireError(
        request,
        notModelled(`the service ${address.service ?? 'of this request'}`),
        requestId,
      );
    }
    const protocol = service.protocolOf?.(request) ?? service.protocol;
    try {
      requireOwnRegion(address, service.name, parts.surroundings.region);
      const { operation, input } = protocol.decode(request);
      const call = {
        requestId,
        accessKeyId: address.accessKeyId,
        traceId: request.headers['x-amzn-trace-id'],
      };
      const output = await recorded(parts, request, service, operation, call, input);
      return protocol.encode(operation, output, requestId);
    } catch (error) {
      if (error instanceof AwsError) return protocol.encodeError(error, requestId);
      throw error;
    }
  };
}

/** A cloud is one region; another one would be another, empty world, which localcloud does not pretend to be. */
function requireOwnRegion(address: RequestAddress, service: string, ownRegion: string): void {
  if (address.region === undefined || address.region === ownRegion || globalServices.has(service)) return;
  throw notModelled(`the region ${address.region} (this cloud is ${ownRegion})`);
}

/** A call whose answer is lost has had its effect, and is recorded like one that succeeded. */
async function recorded(
  parts: DispatchParts,
  { headers }: WireRequest,
  service: Service,
  operation: string,
  call: Call,
  input: unknown,
): Promise<object> {
  const userAgent = headers['user-agent'];
  const record = (error: AwsError | undefined): void =>
    parts.record?.({ call, service: service.name, operation, input, userAgent, error });
  try {
    const output = await logged(parts, service, operation, call, input);
    record(undefined);
    return output;
  } catch (error) {
    if (error instanceof AwsError) record(error);
    else if (error instanceof ConnectionLost && error.when === 'ResponseLost') record(undefined);
    throw error;
  }
}

async function logged(
  parts: DispatchParts,
  service: Service,
  name: string,
  call: Call,
  input: unknown,
): Promise<object> {
  const operation = service.operations.get(name);
  const end = parts.callLog.begin({
    ...call,
    service: service.name,
    operation: name,
    effect: operation?.effect ?? 'read',
  });
  try {
    if (operation === undefined) throw notModelled(`the ${service.name} operation ${name}`);
    const output = await perform(parts, service, operation, call, input);
    end();
    return output;
  } catch (error) {
    end(errorCodeOf(error));
    throw error;
  }
}

async function perform(
  parts: DispatchParts,
  service: Service,
  operation: Operation,
  call: Call,
  rawInput: unknown,
): Promise<object> {
  const parsed = operation.input.safeParse(rawInput, { reportInput: true });
  if (!parsed.success) {
    const problem = inputProblem(parsed.error);
    throw service.protocol.inputError?.(problem) ?? defaultInputError(problem);
  }
  parts.throttles.admit(service.name, operation.name, parsed.data);
  await parts.authorize?.(call, service.name, operation.name, parsed.data);
  const { clock } = parts.surroundings;
  const halfTripMs = roundTripMs(parts.latency, service.name, operation.name) / 2;
  const striking = parts.faults.strike({ ...call, service: service.name, operation: operation.name });
  await pause(clock, halfTripMs, call);
  for (const fault of striking) await suffer(fault, parts, call);
  const output = await run(parts, operation, parsed.data, call);
  for (const fault of striking) sufferAfterwards(fault, parts, call);
  await pause(clock, halfTripMs, call);
  return output;
}

async function run(parts: DispatchParts, operation: Operation, input: never, call: Call): Promise<object> {
  try {
    return await operation.run(input, call);
  } finally {
    // After a refused write too: it must have left nothing half done.
    if (parts.isCheckingInvariants && operation.effect === 'write') checkInvariants(parts.services.values());
  }
}

async function suffer(fault: Fault, { surroundings, killCaller }: DispatchParts, call: Call): Promise<void> {
  switch (fault.kind) {
    case 'latency':
      return pause(surroundings.clock, fault.delayMs, call);
    case 'error':
      throw new AwsError(fault.code, fault.message ?? `${fault.code} by a fault rule`, fault.status);
    case 'connection-reset':
      throw new ConnectionLost('ConnectionReset');
    case 'caller-killed':
      if (fault.when === 'after-effect') return;
      killCaller(call);
      throw new ConnectionLost('CallerKilled');
    case 'response-lost':
      return;
  }
}

function sufferAfterwards(fault: Fault, { killCaller }: DispatchParts, call: Call): void {
  if (fault.kind === 'response-lost') throw new ConnectionLost('ResponseLost');
  if (fault.kind !== 'caller-killed') return;
  killCaller(call);
  throw new ConnectionLost('CallerKilled');
}

/** Throws InvariantViolation naming the first room that contradicts itself. */
export function checkInvariants(services: Iterable<Service>): void {
  for (const service of services) {
    try {
      service.checkInvariants?.();
    } catch (error) {
      throw new InvariantViolation(service.name, error);
    }
  }
}

function errorCodeOf(error: unknown): string {
  if (error instanceof ConnectionLost) return error.when;
  return error instanceof AwsError ? error.code : error instanceof Error ? error.name : String(error);
}

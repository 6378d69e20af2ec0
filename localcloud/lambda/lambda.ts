import { AwsError } from '../core/aws-error.ts';
import { VirtualClock } from '../core/clock.ts';
import { clockWaitsOf } from '../core/clock-waits.ts';
import type { Random } from '../core/random.ts';
import type { Surroundings } from '../core/surroundings.ts';
import type { Sqs } from '../sqs/sqs.ts';
import { AsynchronousInvocation } from './asynchronous-invocation.ts';
import { errorPayload } from './error-payload.ts';
import { configureMapping, EventSourceMapping, type MappingInput } from './event-source-mapping.ts';
import { ExecutionRoles, type Roles } from './execution-role.ts';
import {
  configureFunction,
  type FunctionConfiguration,
  type FunctionInput,
  reconfigureFunction,
} from './function-configuration.ts';
import { FunctionPermissions } from './function-permissions.ts';
import {
  type FunctionSurroundings,
  type InvocationRecord,
  LambdaFunction,
  type LogLine,
} from './lambda-function.ts';
import { keptUsually, type LambdaKeeping } from './lambda-keeping.ts';
import { Quiescence } from './quiescence.ts';
import { VirtualNow } from './virtual-now.ts';

/** Settings of the Lambda runtime. */
export interface LambdaSettings extends LambdaKeeping {
  /** Where functions send their AWS calls: `http://127.0.0.1:4566`. Read when an environment starts. */
  readonly endpointUrl: () => string;
  readonly sqs: Pick<Sqs, 'queueByArn' | 'sendTo'>;
  /** Where the roles of functions are; without it, functions may do everything. */
  readonly roles?: Roles;
  /** From a message's arrival in a queue to the invocation; 16 ms is the median that has been measured on AWS. */
  readonly pollDelayMs?: number;
  /** From an asynchronous invocation's acceptance to its first attempt. */
  readonly asynchronousDelayMs?: number;
}

/** What a synchronous invocation returns, in the API's terms. */
export interface InvocationResult {
  readonly requestId: string;
  readonly statusCode: 200;
  readonly functionError?: 'Unhandled';
  /** JSON text: the function's result, or its error. */
  readonly payload: string;
}

/** Names running invocations; every field narrows. */
export interface InvocationSelector {
  readonly functionName?: string;
  readonly requestId?: string;
  readonly traceId?: string;
}

/**
 * The Lambda runtime. With a VirtualClock, functions live in virtual time.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */
export function createLambdaRuntime(surroundings: Surroundings, settings: LambdaSettings): Lambda {
  return new Lambda(surroundings, settings);
}

/** Functions made of bundles, each execution environment a worker of its own. */
export class Lambda {
  readonly #surroundings: Surroundings;
  readonly #random: Random;
  readonly #settings: LambdaSettings;
  readonly #shared: FunctionSurroundings;
  readonly #quiescence: Quiescence;
  readonly #functions = new Map<string, LambdaFunction>();
  readonly #mappings = new Map<string, EventSourceMapping>();
  readonly #mappingIds: Random;
  readonly #roles: ExecutionRoles;
  /** Who may invoke functions. */
  readonly permissions = new FunctionPermissions();
  readonly #records = new Map<string, InvocationRecord>();
  readonly #listeners = new Set<(record: InvocationRecord) => void>();

  constructor(surroundings: Surroundings, settings: LambdaSettings) {
    const { clock, region, random } = surroundings;
    this.#surroundings = surroundings;
    this.#random = random.fork('lambda');
    this.#mappingIds = this.#random.fork('mappings');
    this.#roles = new ExecutionRoles(settings.roles, surroundings);
    this.#settings = settings;
    this.#quiescence = new Quiescence(clock, () => this.#functions.values());
    const virtualNow = clock instanceof VirtualClock ? new VirtualNow(clock) : undefined;
    // A call that has waited is about to be answered: its caller must find the time that has come.
    clockWaitsOf(clock).onChange(() => virtualNow?.update());
    this.#shared = {
      clock,
      logLinesMax: settings.logLinesMax ?? keptUsually,
      random: this.#random,
      region,
      endpointUrl: settings.endpointUrl,
      virtualNow,
      onChange: () => this.#quiescence.change(),
      onInvocation: (record) => this.#note(record),
      mayLog: (configuration, logStreamName) => this.#roles.mayLog(configuration, logStreamName),
    };
  }

  /** Throws InvalidParameterValueException, or ResourceConflictException when the name is taken. */
  createFunction(input: FunctionInput): FunctionConfiguration {
    if (this.#functions.has(input.name))
      throw new AwsError('ResourceConflictException', `Function already exist: ${input.name}`, 409);
    const configuration = configureFunction(input, this.#surroundings, this.#random);
    this.#roles.assume(configuration);
    this.#functions.set(input.name, new LambdaFunction(configuration, this.#shared));
    return configuration;
  }

  /**
   * Changes code and configuration. Invocations under way end with the old ones; warm environments are not used again.
   * Throws ResourceNotFoundException and InvalidParameterValueException.
   */
  updateFunction(name: string, change: Partial<Omit<FunctionInput, 'name'>>): FunctionConfiguration {
    const found = this.#find(name);
    const changed = reconfigureFunction(found.configuration, change, this.#surroundings, this.#random);
    this.#roles.assume(changed);
    found.update(changed);
    return changed;
  }

  /** Changes what becomes of asynchronous invocations, and nothing else. Throws as updateFunction does. */
  configureAsynchronousInvocation(
    name: string,
    change: Pick<
      FunctionInput,
      'onFailureDestinationArn' | 'maximumRetryAttempts' | 'maximumEventAgeSeconds'
    >,
  ): void {
    const found = this.#find(name);
    const changed = reconfigureFunction(found.configuration, change, this.#surroundings, this.#random);
    this.#roles.requireSending(changed);
    found.configure(changed);
  }

  /** Throws ResourceNotFoundException. Environments of the function end. */
  async deleteFunction(name: string): Promise<void> {
    const found = this.#find(name);
    this.#functions.delete(name);
    this.permissions.removeAll(found.configuration.arn);
    await found.close();
  }

  functions(): readonly FunctionConfiguration[] {
    return [...this.#functions.values()].map(({ configuration }) => configuration);
  }

  /** Execution environments of all functions, running or warm: each is a worker. */
  get environmentCount(): number {
    return [...this.#functions.values()].reduce((sum, each) => sum + each.environmentCount, 0);
  }

  /** Waits for the result. Throws ResourceNotFoundException or TooManyRequestsException. */
  async invoke(name: string, event: unknown): Promise<InvocationResult> {
    const target = this.#find(name);
    const requestId = this.#random.uuid();
    const outcome = await target.invoke(JSON.stringify(event), requestId);
    if (outcome.kind === 'success') return { requestId, statusCode: 200, payload: outcome.payload };
    const error = errorPayload(outcome, requestId, target.configuration.timeoutSeconds);
    return { requestId, statusCode: 200, functionError: 'Unhandled', payload: JSON.stringify(error) };
  }

  /** Accepts an event (JSON text) and returns at once. Takes a name or an ARN; throws ResourceNotFoundException. */
  invokeAsynchronously(nameOrArn: string, payload: string): void {
    const { sqs, asynchronousDelayMs = 50 } = this.#settings;
    const target = this.#find(nameOrArn);
    new AsynchronousInvocation(target, payload, this.#random.uuid(), {
      clock: this.#surroundings.clock,
      delayMs: asynchronousDelayMs,
      sendTo: (arn, body) => {
        if (this.#roles.maySend(target.configuration, arn))
          sqs.sendTo(arn, { body, senderId: 'AROALOCALCLOUDLAMBDA:awslambda' });
      },
    });
  }

  /** Throws ResourceNotFoundException, QueueDoesNotExist or InvalidParameterValueException. */
  createEventSourceMapping(input: MappingInput): EventSourceMapping {
    return this.#openMapping(this.#mappingIds.uuid(), input);
  }

  /** Polls as `input` says from now on; throws as createEventSourceMapping does, and then polls as before. */
  updateEventSourceMapping(id: string, input: MappingInput): EventSourceMapping {
    const former = this.#findMapping(id);
    const updated = this.#openMapping(id, input);
    former.disable();
    return updated;
  }

  /** Stops polling; throws ResourceNotFoundException. */
  deleteEventSourceMapping(id: string): void {
    this.#findMapping(id).disable();
    this.#mappings.delete(id);
  }

  /** What a function wrote, oldest first. */
  logLines(name: string): readonly LogLine[] {
    return this.#find(name).logLines;
  }

  /** Invocations under way and the last ended ones, oldest first. */
  invocations(): readonly InvocationRecord[] {
    return [...this.#records.values()];
  }

  /** Called at the start and at the end of each invocation, until the returned function is called. */
  onInvocation(listener: (record: InvocationRecord) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Kills running invocations wherever they are; they end as a crash. Returns how many. */
  kill(which: InvocationSelector): number {
    const running = this.invocations().filter(
      (record) => record.outcome === undefined && isMeant(record, which),
    );
    return running.filter(({ functionName, requestId }) => this.#find(functionName).kill(requestId)).length;
  }

  /** Settles when nothing runs that does not wait for time to pass; with a real clock, when nothing runs. */
  whenParked(): Promise<void> {
    return this.#quiescence.whenParked();
  }

  /** Stops all mappings and ends all workers. */
  async close(): Promise<void> {
    for (const mapping of this.#mappings.values()) mapping.disable();
    await Promise.all([...this.#functions.values()].map((each) => each.close()));
  }

  #openMapping(id: string, input: MappingInput): EventSourceMapping {
    const configuration = configureMapping(input);
    const { sqs, pollDelayMs = 16 } = this.#settings;
    const queue = sqs.queueByArn(configuration.eventSourceArn);
    const target = this.#find(configuration.functionName);
    this.#roles.requirePolling(target.configuration, queue.arn);
    const mapping = new EventSourceMapping(configuration, {
      id,
      clock: this.#surroundings.clock,
      queue,
      target,
      pollDelayMs,
      newRequestId: () => this.#random.uuid(),
    });
    this.#mappings.set(id, mapping);
    return mapping;
  }

  #findMapping(id: string): EventSourceMapping {
    const found = this.#mappings.get(id);
    if (found !== undefined) return found;
    throw new AwsError('ResourceNotFoundException', 'The resource you requested does not exist.', 404);
  }

  #find(nameOrArn: string): LambdaFunction {
    const name = nameOrArn.startsWith('arn:') ? (nameOrArn.split(':')[6] ?? '') : nameOrArn;
    const found = this.#functions.get(name);
    if (found === undefined) throw notFound(this.#surroundings, name);
    return found;
  }

  #note(record: InvocationRecord): void {
    keep(this.#records, record, this.#settings.recordsMax ?? keptUsually);
    for (const listener of this.#listeners) listener(record);
  }
}

function keep(records: Map<string, InvocationRecord>, record: InvocationRecord, recordsMax: number): void {
  records.set(record.requestId, record);
  if (records.size <= recordsMax) return;
  for (const [requestId, { outcome }] of records) {
    if (outcome === undefined) continue;
    records.delete(requestId);
    break;
  }
}

function isMeant(record: InvocationRecord, which: InvocationSelector): boolean {
  return (
    (which.functionName === undefined || which.functionName === record.functionName) &&
    (which.requestId === undefined || which.requestId === record.requestId) &&
    (which.traceId === undefined || which.traceId === record.traceId)
  );
}

function notFound({ partition, region, accountId }: Surroundings, name: string): AwsError {
  const arn = `arn:${partition}:lambda:${region}:${accountId}:function:${name}`;
  return new AwsError('ResourceNotFoundException', `Function not found: ${arn}`, 404);
}

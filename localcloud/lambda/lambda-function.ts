import { AwsError } from '../core/aws-error.ts';
import type { Clock } from '../core/clock.ts';
import type { Random } from '../core/random.ts';
import { ExecutionEnvironment, type Outcome } from './execution-environment.ts';
import { environmentVariables, type FunctionConfiguration } from './function-configuration.ts';
import type { VirtualNow } from './virtual-now.ts';

/** One line that a function wrote to its output. */
export interface LogLine {
  readonly timeMs: number;
  /** Undefined for what was written while the module was loaded. */
  readonly requestId: string | undefined;
  readonly text: string;
}

/** One invocation, under way or ended. */
export interface InvocationRecord {
  readonly functionName: string;
  readonly requestId: string;
  /** What the SDK sends as `X-Amzn-Trace-Id` with each of the invocation's calls. */
  readonly traceId: string;
  readonly startMs: number;
  readonly endMs: number | undefined;
  readonly outcome: Outcome | undefined;
}

/** What all functions of a runtime share. */
export interface FunctionSurroundings {
  readonly clock: Clock;
  readonly random: Random;
  readonly region: string;
  readonly endpointUrl: () => string;
  readonly virtualNow: VirtualNow | undefined;
  readonly onChange: () => void;
  readonly onInvocation: (record: InvocationRecord) => void;
  /** Lines of the log that are kept, at the least. */
  readonly logLinesMax: number;
  /** Whether what a new environment writes reaches the function's logs. */
  readonly mayLog: (configuration: FunctionConfiguration, logStreamName: string) => boolean;
}

/** A function with its execution environments: a free one is used again, otherwise one more is started. */
export class LambdaFunction {
  readonly #surroundings: FunctionSurroundings;
  #configuration: FunctionConfiguration;
  readonly #environments = new Set<ExecutionEnvironment>();
  /** Still running what was there before an update; not used again. */
  readonly #outdated = new WeakSet<ExecutionEnvironment>();
  readonly #free: ExecutionEnvironment[] = [];
  readonly #busy = new Map<string, ExecutionEnvironment>();
  #logLines: LogLine[] = [];
  #isClosed = false;

  constructor(configuration: FunctionConfiguration, surroundings: FunctionSurroundings) {
    this.#configuration = configuration;
    this.#surroundings = surroundings;
  }

  get configuration(): FunctionConfiguration {
    return this.#configuration;
  }

  /** Changes how Lambda treats invocations; environments stay as they are. */
  configure(configuration: FunctionConfiguration): void {
    this.#configuration = configuration;
  }

  /** Changes code or configuration: invocations under way end as they began, the next ones get new environments. */
  update(configuration: FunctionConfiguration): void {
    this.#configuration = configuration;
    for (const environment of this.#busy.values()) this.#outdated.add(environment);
    for (const environment of this.#free.splice(0)) {
      this.#environments.delete(environment);
      void environment.kill();
    }
  }

  /** Environments that there are, running or warm. */
  get environmentCount(): number {
    return this.#environments.size;
  }

  get runningCount(): number {
    return this.#busy.size;
  }

  /** Environments that run an invocation now. */
  get busyEnvironments(): readonly ExecutionEnvironment[] {
    return [...this.#busy.values()];
  }

  /** What the function wrote last, oldest first. */
  get logLines(): readonly LogLine[] {
    return this.#logLines;
  }

  /**
   * Runs one invocation to its end; never rejects for what the function does. Throws TooManyRequestsException at once
   * when the reserved concurrency is used up, ResourceNotFoundException when the function has been closed.
   * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
   */
  async invoke(payload: string, requestId: string): Promise<Outcome> {
    const { clock, onInvocation } = this.#surroundings;
    if (this.#isClosed)
      throw new AwsError('ResourceNotFoundException', `Function not found: ${this.configuration.arn}`, 404);
    const limit = this.configuration.reservedConcurrency ?? Number.POSITIVE_INFINITY;
    if (this.#busy.size >= limit) throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429);
    const started = {
      functionName: this.configuration.name,
      requestId,
      traceId: this.#newTraceId(),
      startMs: clock.now(),
      endMs: undefined,
      outcome: undefined,
    };
    const environment = this.#takeEnvironment();
    this.#busy.set(requestId, environment);
    onInvocation(started);
    const outcome = await environment.invoke({ requestId, traceId: started.traceId, payload });
    this.#busy.delete(requestId);
    if (environment.isDead || outcome.kind === 'crash' || outcome.kind === 'timeout')
      this.#environments.delete(environment);
    else if (this.#outdated.has(environment)) {
      this.#environments.delete(environment);
      void environment.kill();
    } else this.#free.push(environment);
    onInvocation({ ...started, endMs: clock.now(), outcome });
    return outcome;
  }

  /** Kills the environment that runs this invocation; false when none does. */
  kill(requestId: string): boolean {
    const environment = this.#busy.get(requestId);
    void environment?.kill();
    return environment !== undefined;
  }

  /** Ends all environments and runs nothing from now on. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#free.length = 0;
    await Promise.all([...this.#environments].map((environment) => environment.kill()));
    this.#environments.clear();
  }

  #takeEnvironment(): ExecutionEnvironment {
    for (let free = this.#free.pop(); free !== undefined; free = this.#free.pop()) {
      if (!free.isDead) return free;
      this.#environments.delete(free);
    }
    const { clock, random, region, endpointUrl, virtualNow, onChange, mayLog } = this.#surroundings;
    const logStreamName = `${new Date(clock.now()).toISOString().slice(0, 10).replaceAll('-', '/')}/[$LATEST]${random.hex(32)}`;
    const isLogging = mayLog(this.configuration, logStreamName);
    const environment = new ExecutionEnvironment({
      configuration: this.configuration,
      variables: environmentVariables(this.configuration, region, endpointUrl(), logStreamName),
      clock,
      virtualNow,
      onChange,
      onLog: (requestId, text) => {
        if (isLogging) this.#keepLog(requestId, text);
      },
    });
    this.#environments.add(environment);
    return environment;
  }

  #keepLog(requestId: string | undefined, text: string): void {
    const { clock, logLinesMax } = this.#surroundings;
    const timeMs = clock.now();
    for (const line of text.replace(/\n$/, '').split('\n'))
      this.#logLines.push({ timeMs, requestId, text: line });
    // Trimmed rarely, so that each line costs little.
    if (this.#logLines.length > 2 * logLinesMax) this.#logLines = this.#logLines.slice(-logLinesMax);
  }

  /** https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader */
  #newTraceId(): string {
    const { clock, random } = this.#surroundings;
    const seconds = Math.floor(clock.now() / 1000)
      .toString(16)
      .padStart(8, '0');
    return `Root=1-${seconds}-${random.hex(24)};Parent=${random.hex(16)};Sampled=0`;
  }
}

import { Worker } from 'node:worker_threads';
import type { Clock, Timer } from '../core/clock.ts';
import type { FunctionConfiguration } from './function-configuration.ts';
import type { VirtualNow } from './virtual-now.ts';
import type {
  FromWorker,
  FunctionError,
  IdleMessage,
  InvokeMessage,
  ToWorker,
  WorkerStart,
} from './worker/messages.ts';

/** How one invocation ended. `crash` and `timeout` end the environment too. */
export type Outcome =
  | { readonly kind: 'success'; readonly payload: string }
  | { readonly kind: 'failure'; readonly error: FunctionError }
  | { readonly kind: 'crash'; readonly error: FunctionError }
  | { readonly kind: 'timeout' };

/** What an environment needs to know and whom it tells. */
export interface EnvironmentParts {
  readonly configuration: FunctionConfiguration;
  readonly variables: Record<string, string>;
  readonly clock: Clock;
  /** Where workers read virtual time; undefined when time is real. */
  readonly virtualNow: VirtualNow | undefined;
  readonly onLog: (requestId: string | undefined, text: string) => void;
  /** Something happened that can make the environment idle, busy or gone. */
  readonly onChange: () => void;
}

/** An invocation for the worker; the environment adds the rest of the message. */
export type Invocation = Omit<InvokeMessage, 'kind' | 'sequence' | 'functionArn' | 'timeoutMs'>;

/**
 * A worker that has loaded a function's module and runs one invocation at a time.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */
export class ExecutionEnvironment {
  readonly #parts: EnvironmentParts;
  readonly #worker: Worker;
  #sequence = 0;
  #idle: IdleMessage | undefined;
  #wakeTimer: Timer | undefined;
  #timeoutTimer: Timer | undefined;
  #running:
    | { readonly requestId: string; readonly traceId: string; readonly end: (outcome: Outcome) => void }
    | undefined;
  readonly #traceIds = new Set<string>();
  #crashError: FunctionError | undefined;
  #isDead = false;

  constructor(parts: EnvironmentParts) {
    this.#parts = parts;
    const { modulePath, exportName } = parts.configuration;
    const workerData: WorkerStart = {
      modulePath,
      exportName,
      ...(parts.virtualNow && { virtualNow: parts.virtualNow.shared }),
    };
    this.#worker = new Worker(new URL('./worker/bootstrap.ts', import.meta.url), {
      workerData,
      env: parts.variables,
      execArgv: [],
      argv: [],
    });
    // The program may end while environments wait for their next invocation.
    this.#worker.unref();
    this.#worker.on('message', (message: FromWorker) => this.#hear(message));
    this.#worker.on('error', (error) => {
      this.#crashError ??= { errorType: 'Runtime.ExitError', errorMessage: String(error) };
    });
    this.#worker.on('exit', (exitCode) => this.#end(exitCode));
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  get requestId(): string | undefined {
    return this.#running?.requestId;
  }

  /** Of the running invocation, and of former ones that may have left a request open: thawed, the worker goes on with it. */
  get traceIds(): ReadonlySet<string> {
    return this.#traceIds;
  }

  /** Forgets the former invocations that have left none. */
  forgetFormer(hasOpenRequest: (traceId: string) => boolean): void {
    for (const traceId of this.#traceIds)
      if (traceId !== this.#running?.traceId && !hasOpenRequest(traceId)) this.#traceIds.delete(traceId);
  }

  /** HTTP requests without a response yet, when the worker has nothing else to do; undefined while it has. */
  get openRequestsWhenIdle(): number | undefined {
    return this.#idle?.sequence === this.#sequence ? this.#idle.openRequests : undefined;
  }

  /** The environment must be free. Never rejects. */
  invoke(invocation: Invocation): Promise<Outcome> {
    const { configuration } = this.#parts;
    this.#traceIds.add(invocation.traceId);
    return new Promise((resolve) => {
      this.#running = { requestId: invocation.requestId, traceId: invocation.traceId, end: resolve };
      this.#worker.ref();
      this.#post({
        ...invocation,
        kind: 'invoke',
        functionArn: configuration.arn,
        timeoutMs: configuration.timeoutSeconds * 1000,
      });
    });
  }

  /** Asks the worker to tell when it is idle. */
  probe(): void {
    this.#post({ kind: 'probe' });
  }

  /** Ends the worker wherever it is; a running invocation ends with `outcome`, by default as a crash. */
  async kill(outcome?: Outcome): Promise<void> {
    this.#isDead = true;
    if (outcome !== undefined) this.#finish(outcome);
    await this.#worker.terminate();
  }

  #post(message: DistributiveOmit<ToWorker, 'sequence'>): void {
    this.#parts.virtualNow?.update();
    this.#sequence += 1;
    this.#worker.postMessage({ ...message, sequence: this.#sequence });
  }

  #hear(message: FromWorker): void {
    switch (message.kind) {
      case 'started':
        this.#startTimeout();
        break;
      case 'result':
        this.#finish({ kind: 'success', payload: message.payload });
        break;
      case 'failure':
        this.#finish({ kind: 'failure', error: message.error });
        break;
      case 'crash':
        this.#crashError = message.error;
        break;
      case 'log':
        this.#parts.onLog(message.requestId, message.text);
        break;
      case 'idle':
        this.#hearIdle(message);
        break;
    }
  }

  #startTimeout(): void {
    const { clock, configuration } = this.#parts;
    this.#timeoutTimer = clock.after(
      configuration.timeoutSeconds * 1000,
      () => void this.kill({ kind: 'timeout' }),
    );
  }

  /** Between invocations an environment is frozen: its timers wait for the next one. */
  #hearIdle(message: IdleMessage): void {
    this.#idle = message;
    this.#wakeTimer?.cancel();
    const { clock } = this.#parts;
    if (this.#running !== undefined && message.nextTimerMs !== undefined)
      this.#wakeTimer = clock.after(message.nextTimerMs - clock.now(), () => this.#post({ kind: 'wake' }));
    this.#parts.onChange();
  }

  #end(exitCode: number): void {
    this.#isDead = true;
    const error = this.#crashError ?? {
      errorType: 'Runtime.ExitError',
      errorMessage: `RequestId: ${this.requestId} Error: Runtime exited with error: exit status ${exitCode}`,
    };
    this.#finish({ kind: 'crash', error });
  }

  #finish(outcome: Outcome): void {
    this.#timeoutTimer?.cancel();
    this.#wakeTimer?.cancel();
    this.#worker.unref();
    const running = this.#running;
    this.#running = undefined;
    running?.end(outcome);
    this.#parts.onChange();
  }
}

type DistributiveOmit<Union, Key extends PropertyKey> = Union extends unknown ? Omit<Union, Key> : never;

/** What a worker is started with. */
export interface WorkerStart {
  /** Absolute path of the module that exports the handler. */
  readonly modulePath: string;
  /** The exported name of the handler. */
  readonly exportName: string;
  /** The virtual clock's time: one 64-bit integer of milliseconds since the epoch. Absent when time is real. */
  readonly virtualNow?: SharedArrayBuffer;
}

/** One invocation as the worker gets it. */
export interface InvokeMessage {
  readonly kind: 'invoke';
  readonly sequence: number;
  readonly requestId: string;
  readonly traceId: string;
  readonly functionArn: string;
  readonly timeoutMs: number;
  /** JSON text. */
  readonly payload: string;
}

/** From the runtime to a worker. `sequence` grows with each message and comes back in `idle`. */
export type ToWorker =
  | InvokeMessage
  /** Virtual time has moved: run the timers that are due. */
  | { readonly kind: 'wake'; readonly sequence: number }
  /** Answer with `idle` as soon as there is nothing to do. */
  | { readonly kind: 'probe'; readonly sequence: number };

/** An error as Lambda tells it: https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/** The worker can do nothing before time passes, a response arrives or a message comes. */
export interface IdleMessage {
  readonly kind: 'idle';
  /** Of the last message that the worker has taken in. */
  readonly sequence: number;
  /** HTTP requests whose response has not ended. */
  readonly openRequests: number;
  /** When the next timer is due, in virtual milliseconds since the epoch. */
  readonly nextTimerMs: number | undefined;
}

/** From a worker to the runtime. */
export type FromWorker =
  /** The handler begins: its timeout counts from here. */
  | { readonly kind: 'started'; readonly requestId: string }
  | { readonly kind: 'result'; readonly requestId: string; readonly payload: string }
  /** The handler threw; the worker can be used again. */
  | { readonly kind: 'failure'; readonly requestId: string; readonly error: FunctionError }
  /** The module could not be loaded or an error escaped; the worker ends. */
  | { readonly kind: 'crash'; readonly error: FunctionError }
  | { readonly kind: 'log'; readonly requestId: string | undefined; readonly text: string }
  | IdleMessage;

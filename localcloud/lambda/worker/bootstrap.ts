import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { Idleness } from './idleness.ts';
import type { FromWorker, FunctionError, InvokeMessage, ToWorker, WorkerStart } from './messages.ts';

/*
 * One execution environment: loads the function's module once, then runs one invocation at a time.
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */

type Handler = (event: unknown, context: object) => unknown;

const { modulePath, exportName, virtualNow } = workerData as WorkerStart;
const port = parentPort;
let requestId: string | undefined;

const tell = (message: FromWorker): void => port?.postMessage(message);
const idleness = virtualNow && new Idleness(virtualNow, tell);

captureOutput();
process.on('uncaughtException', (error) => crash(functionError(error)));
process.on('unhandledRejection', (reason) =>
  crash({ ...functionError(reason), errorType: 'Runtime.UnhandledPromiseRejection' }),
);
const handler = loadHandler();
port?.on('message', (message: ToWorker) => {
  idleness?.takeIn(message.sequence);
  if (message.kind === 'invoke') void handler.then((handle) => invoke(handle, message));
});

async function loadHandler(): Promise<Handler> {
  try {
    const module = (await import(pathToFileURL(modulePath).href)) as Record<string, unknown>;
    const handle =
      module[exportName] ?? (module['default'] as Record<string, unknown> | undefined)?.[exportName];
    if (typeof handle === 'function') return handle as Handler;
    return crash({
      errorType: 'Runtime.HandlerNotFound',
      errorMessage: `index.${exportName} is undefined or not exported`,
    });
  } catch (error) {
    const { code } = error as { code?: unknown };
    const isMissing = code === 'ERR_MODULE_NOT_FOUND';
    return crash({ ...functionError(error), ...(isMissing && { errorType: 'Runtime.ImportModuleError' }) });
  } finally {
    idleness?.endLoading();
  }
}

async function invoke(handle: Handler, message: InvokeMessage): Promise<void> {
  requestId = message.requestId;
  // biome-ignore lint/style/noProcessEnv: where Lambda puts it and where the SDK looks for it
  process.env['_X_AMZN_TRACE_ID'] = message.traceId;
  tell({ kind: 'started', requestId: message.requestId });
  try {
    const result = await handle(JSON.parse(message.payload), contextOf(message));
    tell({ kind: 'result', requestId: message.requestId, payload: JSON.stringify(result) ?? 'null' });
  } catch (error) {
    tell({ kind: 'failure', requestId: message.requestId, error: functionError(error) });
  }
}

/** https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html */
function contextOf({ requestId: awsRequestId, functionArn, timeoutMs }: InvokeMessage): object {
  const { env } = process;
  const deadlineMs = Date.now() + timeoutMs;
  return {
    awsRequestId,
    invokedFunctionArn: functionArn,
    functionName: env['AWS_LAMBDA_FUNCTION_NAME'],
    functionVersion: env['AWS_LAMBDA_FUNCTION_VERSION'],
    memoryLimitInMB: env['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'],
    logGroupName: env['AWS_LAMBDA_LOG_GROUP_NAME'],
    logStreamName: env['AWS_LAMBDA_LOG_STREAM_NAME'],
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadlineMs - Date.now()),
  };
}

function functionError(error: unknown): FunctionError {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') };
}

/** Tells the error and ends the worker. */
function crash(error: FunctionError): never {
  tell({ kind: 'crash', error });
  process.exit(1);
}

/** Output becomes log lines, in order with the results, instead of being printed. */
function captureOutput(): void {
  const write = (chunk: unknown, ...rest: unknown[]): boolean => {
    const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk as Uint8Array).toString();
    tell({ kind: 'log', requestId, text });
    const done = rest.at(-1);
    if (typeof done === 'function') process.nextTick(done);
    return true;
  };
  process.stdout.write = write;
  process.stderr.write = write;
}

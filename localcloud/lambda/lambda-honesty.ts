import type { Honesty } from '../core/service.ts';

const guide = 'https://docs.aws.amazon.com/lambda/latest/dg';

/** What the Lambda runtime models, by subject: it has no operations of its own to tell it. */
export const lambdaHonesty: ReadonlyMap<string, Honesty> = new Map([
  [
    'execution environments',
    {
      modelled: [
        'One worker thread for each; a warm one is used again, one invocation at a time in each.',
        "Lambda's variables, context object, credentials of the function's own, trace id of the invocation.",
        'Timeouts and crashes end the environment; errors have the type, message and trace that Lambda gives.',
        'Reserved concurrency, with TooManyRequestsException above it.',
        'With a virtual clock: Date, performance, process.hrtime, all timers and AbortSignal.timeout follow it.',
      ],
      notModelled: [
        'The memory limit, the 10 seconds limit of the init phase, and the read-only file system.',
        'Freezing: promises left behind by an invocation go on; only virtual timers wait for the next one.',
        'Environments that Lambda ends for their age; the account limit of 1,000.',
        'Layers, extensions, versions and aliases; response streaming.',
        'With a virtual clock: the time that computing takes; waiting for child processes or raw sockets counts as idle.',
      ],
      sources: [
        `${guide}/lambda-runtime-environment.html`,
        `${guide}/configuration-envvars.html`,
        `${guide}/nodejs-context.html`,
        `${guide}/nodejs-exceptions.html`,
        'unverified: the payload of a timeout',
      ],
    },
  ],
  [
    'execution roles',
    {
      modelled: [
        'A function with a role calls as that role, which must trust Lambda. One without a role may do everything.',
        'Without permission for its log group, what a function writes is lost.',
        'Its destination on failure needs sqs:SendMessage, when it is set and when it is used.',
        'Resource-based permissions: who may invoke a function.',
        'xray:PutTraceSegments and xray:PutTelemetryRecords of a traced function are asked for, so that they count as used.',
      ],
      notModelled: [
        'Traces. That polling ends when its permission is taken away later.',
        'Log groups: one that a function names is taken to exist.',
        'That the log format JSON wraps what is written as plain text.',
      ],
      sources: [
        `${guide}/lambda-intro-execution-role.html`,
        `${guide}/access-control-resource-based.html`,
        `${guide}/monitoring-cloudwatchlogs.html`,
      ],
    },
  ],
  [
    'asynchronous invocation',
    {
      modelled: [
        'Two more attempts, one and then two minutes later, with the same request id.',
        'Throttled events wait from 1 second to 5 minutes, up to the maximum age.',
        'The on-failure destination (SQS) with the record of the invocation.',
      ],
      notModelled: [
        'Duplicates without an error.',
        'Function dead-letter queues; other destinations; on-success.',
      ],
      sources: [
        `${guide}/invocation-async-error-handling.html`,
        `${guide}/invocation-async-retain-records.html`,
      ],
    },
  ],
  [
    'event source mappings of SQS',
    {
      modelled: [
        'Batch size, batch window, maximum concurrency, enabling and disabling.',
        'ReportBatchItemFailures with its rules for responses that are not valid.',
        'A queue whose visibility timeout is shorter than the function is refused, and so is a role that may not poll it.',
      ],
      notModelled: [
        'More than five batches at once without a maximum concurrency.',
        'The limit of 6 MB for a batch; filters; backing off after function errors.',
      ],
      sources: [
        `${guide}/with-sqs.html`,
        `${guide}/services-sqs-errorhandling.html`,
        `${guide}/services-sqs-scaling.html`,
      ],
    },
  ],
]);

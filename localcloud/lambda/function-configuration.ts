import { statSync } from 'node:fs';
import { devNull } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { AwsError } from '../core/aws-error.ts';
import type { Random } from '../core/random.ts';
import type { Surroundings } from '../core/surroundings.ts';

const functionInput = z.strictObject({
  name: z.string().regex(/^[\w-]{1,64}$/),
  /** A bundle (`.mjs`, `.js`, `.cjs`) or a folder that holds the handler's module. */
  codePath: z.string(),
  /** `module.export`, as in a template: `index.handler`. */
  handler: z
    .string()
    .regex(/^[^\s.]+\.[^\s.]+$/)
    .default('index.handler'),
  environment: z.record(z.string().regex(/^[A-Za-z]\w+$/), z.string()).default({}),
  timeoutSeconds: z.number().int().min(1).max(900).default(3),
  memoryMb: z.number().int().min(128).max(10_240).default(128),
  /** How many invocations may run at once; without it, the account's limit. */
  reservedConcurrency: z.number().int().min(0).optional(),
  /** Where an asynchronous invocation goes after its last attempt: the ARN of a queue. */
  onFailureDestinationArn: z.string().optional(),
  /** Attempts after the first of an asynchronous invocation. */
  maximumRetryAttempts: z.number().int().min(0).max(2).default(2),
  maximumEventAgeSeconds: z.number().int().min(60).max(21_600).default(21_600),
  /** The execution role; a function without one may do everything. */
  roleArn: z.string().optional(),
  /** Another log group than Lambda's own for the function. */
  logGroupName: z.string().optional(),
  logFormat: z.enum(['Text', 'JSON']).default('Text'),
  /** With the log format JSON: the least level that a logger should write. */
  applicationLogLevel: z.enum(['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL']).default('INFO'),
  /** Active tracing with X-Ray. */
  isTraced: z.boolean().default(false),
});

/** What a function is made of. @see https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
export type FunctionInput = z.input<typeof functionInput>;

/** A function as the runtime knows it. */
export interface FunctionConfiguration extends z.output<typeof functionInput> {
  readonly arn: string;
  /** Of its credentials: no other function has it, so that the call log can tell whose call it was. */
  readonly accessKeyId: string;
  readonly modulePath: string;
  readonly exportName: string;
}

const reservedVariables =
  /^(AWS_LAMBDA_|AWS_REGION$|AWS_DEFAULT_REGION$|AWS_ACCESS_KEY|AWS_SECRET_ACCESS_KEY$|AWS_SESSION_TOKEN$|AWS_EXECUTION_ENV$|_HANDLER$|_X_AMZN_TRACE_ID$|LAMBDA_)/;

/** Throws InvalidParameterValueException, with the parameter's name, for what Lambda would refuse. */
export function configureFunction(
  input: FunctionInput,
  { accountId, region, partition }: Surroundings,
  random: Random,
): FunctionConfiguration {
  const parsed = functionInput.safeParse(input);
  if (!parsed.success) throw invalidParameter(z.prettifyError(parsed.error));
  const { name, codePath, handler, environment } = parsed.data;
  const reserved = Object.keys(environment).find((variable) => reservedVariables.test(variable));
  if (reserved !== undefined)
    throw invalidParameter(
      `Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${reserved}`,
    );
  const [moduleName = '', exportName = ''] = handler.split('.');
  return {
    ...parsed.data,
    arn: `arn:${partition}:lambda:${region}:${accountId}:function:${name}`,
    accessKeyId: `ASIA${random.hex(16).toUpperCase()}`,
    modulePath: findModule(resolve(codePath), moduleName),
    exportName,
  };
}

/** A function with other settings; it stays who it is. Throws InvalidParameterValueException. */
export function reconfigureFunction(
  current: FunctionConfiguration,
  change: Partial<FunctionInput>,
  surroundings: Surroundings,
  random: Random,
): FunctionConfiguration {
  const { arn, accessKeyId, modulePath: _modulePath, exportName: _exportName, ...input } = current;
  const changed = configureFunction({ ...input, ...change } as FunctionInput, surroundings, random);
  return { ...changed, arn, accessKeyId };
}

/** Lambda's variables: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
export function environmentVariables(
  configuration: FunctionConfiguration,
  region: string,
  endpointUrl: string,
  logStreamName: string,
): Record<string, string> {
  return {
    ...configuration.environment,
    PATH: '/var/lang/bin:/usr/local/bin:/usr/bin:/bin',
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: configuration.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(configuration.memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: configuration.logGroupName ?? `/aws/lambda/${configuration.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: logStreamName,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: configuration.accessKeyId,
    AWS_SECRET_ACCESS_KEY: 'localcloud',
    AWS_SESSION_TOKEN: 'localcloud',
    AWS_ENDPOINT_URL: endpointUrl,
    AWS_EC2_METADATA_DISABLED: 'true',
    // No home folder: the machine's own AWS configuration must not reach a function.
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    _HANDLER: configuration.handler,
    ...(configuration.logFormat === 'JSON' && {
      AWS_LAMBDA_LOG_FORMAT: 'JSON',
      AWS_LAMBDA_LOG_LEVEL: configuration.applicationLogLevel,
    }),
  };
}

function findModule(codePath: string, moduleName: string): string {
  const stats = statSync(codePath, { throwIfNoEntry: false });
  if (stats === undefined) throw invalidParameter(`codePath ${codePath} does not exist`);
  if (!stats.isDirectory()) return codePath;
  const candidates = ['.mjs', '.js', '.cjs'].map((extension) => join(codePath, moduleName + extension));
  const found = candidates.find((path) => statSync(path, { throwIfNoEntry: false }) !== undefined);
  if (found === undefined) throw invalidParameter(`codePath ${codePath} holds no module ${moduleName}`);
  return found;
}

function invalidParameter(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message);
}

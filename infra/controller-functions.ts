import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  CfnEventInvokeConfig,
  Code,
  EventSourceMapping,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { type FunctionDefinition, functions } from './functions.ts';
import { metricsNamespace } from './metrics.ts';
import type { Names } from './names.ts';
import type { Parameters } from './parameters.ts';
import { pascalCase } from './pascal-case.ts';
import { ownPermissions, reconcilePermissions } from './permissions/controller.ts';
import { acknowledgeWildcards, type Permission, policyOf } from './permissions/permission.ts';
import type { Queues } from './queues.ts';
import { wiring } from './wiring.ts';

/** Everything that the functions are made of and work on. */
export interface FunctionParts {
  readonly names: Names;
  readonly parameters: Parameters;
  readonly table: Table;
  readonly queues: Queues;
  /** Folder of a function's bundle. */
  readonly bundleOf: (name: string) => string;
}

export type ControllerFunctions = Readonly<Record<FunctionDefinition['name'], LambdaFunction>>;

/**
 * The functions, with what feeds them.
 *
 * Neither has reserved concurrency. `on-events` is bounded by its mapping, which leaves messages in the queue instead of
 * throttling them; two passes of `resync` side by side do no harm, as claims keep them apart; and a new account, with a
 * quota of 10, could not deploy it.
 */
export function createFunctions(scope: Construct, parts: FunctionParts): ControllerFunctions {
  const own = ownPermissions(parts.table, parts.queues);
  const entries = functions.map(
    (definition) =>
      [definition.name, createFunction(scope, definition, parts, own[definition.name])] as const,
  );
  const made = Object.fromEntries(entries) as ControllerFunctions;
  feedFromQueue(scope, made['on-events'], parts.queues);
  reportFailures(scope, made.resync, parts);
  return made;
}

function createFunction(
  scope: Construct,
  { name, timeoutSeconds, memoryMb }: FunctionDefinition,
  { names, parameters, table, bundleOf }: FunctionParts,
  own: readonly Permission[],
): LambdaFunction {
  const id = pascalCase(name);
  const logGroup = new LogGroup(scope, `${id}Logs`, {
    logGroupName: names.logGroupOf(name),
    retention: parameters.logRetentionDays,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const permissions = [...reconcilePermissions(parameters, table, logGroup), ...own];
  const role = new Role(scope, `${id}Role`, {
    description: `What ${names.functionOf(name)} may do`,
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    inlinePolicies: { controller: policyOf(permissions) },
  });
  acknowledgeWildcards(role, permissions);
  return new LambdaFunction(scope, id, {
    functionName: names.functionOf(name),
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    code: Code.fromAsset(bundleOf(name), { exclude: ['metafile.json'] }),
    handler: 'index.handler',
    timeout: Duration.seconds(timeoutSeconds),
    memorySize: memoryMb,
    environment: environmentOf(table, parameters),
    // Nothing is added to the role behind our back: what it may do stands in its policy.
    role: role.withoutPolicyUpdates(),
    logGroup,
    loggingFormat: LoggingFormat.JSON,
    tracing: Tracing.ACTIVE,
  });
}

function environmentOf(table: Table, parameters: Parameters): Record<string, string> {
  return {
    TABLE_NAME: table.tableName,
    ROLE_TAG_KEY: parameters.roleTagKey,
    LEASE_DURATION_SECONDS: String(parameters.leaseDurationSeconds),
    HISTORY_RETENTION_DAYS: String(parameters.historyRetentionDays),
    GONE_INSTANCE_RETENTION_DAYS: String(parameters.goneInstanceRetentionDays),
    POWERTOOLS_METRICS_NAMESPACE: metricsNamespace,
    // A dimension of every metric: it keeps several stacks of an account apart.
    POWERTOOLS_SERVICE_NAME: parameters.name,
    POWERTOOLS_LOG_LEVEL: 'INFO',
    NODE_OPTIONS: '--enable-source-maps',
  };
}

function feedFromQueue(scope: Construct, onEvents: LambdaFunction, { events }: Queues): void {
  new EventSourceMapping(scope, 'OnEventsFromQueue', {
    target: onEvents,
    eventSourceArn: events.queueArn,
    batchSize: wiring.eventSource.batchSize,
    maxBatchingWindow: Duration.seconds(0),
    maxConcurrency: wiring.eventSource.maximumConcurrency,
    reportBatchItemFailures: true,
  });
}

/**
 * A pass that fails is not tried again: the next is the retry. What failed, and why, is kept for a person.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
function reportFailures(
  scope: Construct,
  resync: LambdaFunction,
  { parameters, queues }: FunctionParts,
): void {
  new CfnEventInvokeConfig(scope, 'ResyncFailures', {
    functionName: resync.functionName,
    qualifier: '$LATEST',
    maximumRetryAttempts: 0,
    maximumEventAgeInSeconds: parameters.resyncMinutes * 60,
    destinationConfig: { onFailure: { destination: queues.failedResyncs.queueArn } },
  });
}

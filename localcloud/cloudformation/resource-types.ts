import type { ResourceType } from './resource-type.ts';
import { cloudWatchAlarm, cloudWatchDashboard } from './types/cloudwatch.ts';
import { dynamodbTable } from './types/dynamodb-table.ts';
import { eventsArchive, eventsRule } from './types/events.ts';
import { iamManagedPolicy, iamPolicy, iamRole } from './types/iam.ts';
import { cdkMetadata, logGroup, snsSubscription, snsTopic, snsTopicPolicy } from './types/kept-only.ts';
import { lambdaFunction } from './types/lambda-function.ts';
import {
  lambdaEventInvokeConfig,
  lambdaEventSourceMapping,
  lambdaPermission,
} from './types/lambda-invocation.ts';
import { sqsQueue, sqsQueuePolicy } from './types/sqs.ts';

/** Every resource type that can be deployed, by name. */
export const resourceTypes: ReadonlyMap<string, ResourceType> = new Map(
  [
    cdkMetadata,
    cloudWatchAlarm,
    cloudWatchDashboard,
    dynamodbTable,
    eventsArchive,
    eventsRule,
    iamManagedPolicy,
    iamPolicy,
    iamRole,
    lambdaEventInvokeConfig,
    lambdaEventSourceMapping,
    lambdaFunction,
    lambdaPermission,
    logGroup,
    snsSubscription,
    snsTopic,
    snsTopicPolicy,
    sqsQueue,
    sqsQueuePolicy,
  ].map((type) => [type.name, type]),
);

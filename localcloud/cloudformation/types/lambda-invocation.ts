import { z } from 'zod';
import type { MappingInput } from '../../lambda/event-source-mapping.ts';
import { flag, resourceType, type Workshop, wholeNumber } from '../resource-type.ts';

const mappingShape = {
  FunctionName: z.string(),
  EventSourceArn: z.string(),
  BatchSize: wholeNumber.optional(),
  MaximumBatchingWindowInSeconds: wholeNumber.optional(),
  Enabled: flag.optional(),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).optional(),
  ScalingConfig: z.strictObject({ MaximumConcurrency: wholeNumber.optional() }).optional(),
};

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventsourcemapping.html */
export const lambdaEventSourceMapping = resourceType({
  name: 'AWS::Lambda::EventSourceMapping',
  shape: mappingShape,
  withoutEffect: ['Tags'],
  attributeNames: ['Id', 'EventSourceMappingArn'],
  replacedBy: ['EventSourceArn'],
  create: ({ properties, workshop }) => {
    const { id } = workshop.lambda.createEventSourceMapping(mappingInput(properties));
    const { partition, region, accountId } = workshop.surroundings;
    const EventSourceMappingArn = `arn:${partition}:lambda:${region}:${accountId}:event-source-mapping:${id}`;
    return { ref: id, attributes: { Id: id, EventSourceMappingArn } };
  },
  update: ({ properties, workshop }, current) => {
    workshop.lambda.updateEventSourceMapping(current.ref, mappingInput(properties));
    return current;
  },
  remove: ({ workshop }, { ref }) => workshop.lambda.deleteEventSourceMapping(ref),
});

function mappingInput(properties: z.output<z.ZodObject<typeof mappingShape>>): MappingInput {
  const { BatchSize, MaximumBatchingWindowInSeconds, ScalingConfig } = properties;
  return {
    functionName: properties.FunctionName,
    eventSourceArn: properties.EventSourceArn,
    isEnabled: properties.Enabled ?? true,
    reportBatchItemFailures: properties.FunctionResponseTypes?.includes('ReportBatchItemFailures') ?? false,
    ...(BatchSize !== undefined && { batchSize: BatchSize }),
    ...(MaximumBatchingWindowInSeconds !== undefined && {
      maximumBatchingWindowSeconds: MaximumBatchingWindowInSeconds,
    }),
    ...(ScalingConfig?.MaximumConcurrency !== undefined && {
      maximumConcurrency: ScalingConfig.MaximumConcurrency,
    }),
  };
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-permission.html */
export const lambdaPermission = resourceType({
  name: 'AWS::Lambda::Permission',
  shape: {
    Action: z.literal('lambda:InvokeFunction'),
    FunctionName: z.string(),
    Principal: z.string().regex(/\.amazonaws\.com$/, 'localcloud knows permissions of AWS services only'),
    SourceArn: z.string().optional(),
    SourceAccount: z.string().optional(),
  },
  attributeNames: ['Id'],
  create: ({ logicalId, properties, workshop }) => {
    const statementId = workshop.nameFor(logicalId, 100);
    workshop.lambda.permissions.add(functionArn(workshop, properties.FunctionName), {
      statementId,
      principal: properties.Principal,
      action: properties.Action,
      sourceArn: properties.SourceArn,
      sourceAccount: properties.SourceAccount,
    });
    return { ref: statementId, attributes: { Id: statementId } };
  },
  remove: ({ properties, workshop }, { ref }) =>
    workshop.lambda.permissions.remove(functionArn(workshop, properties.FunctionName), ref),
});

const invokeConfigShape = {
  FunctionName: z.string(),
  Qualifier: z.literal('$LATEST'),
  MaximumEventAgeInSeconds: wholeNumber.optional(),
  MaximumRetryAttempts: wholeNumber.optional(),
  DestinationConfig: z
    .strictObject({ OnFailure: z.strictObject({ Destination: z.string() }).optional() })
    .optional(),
};

type InvokeConfig = z.output<z.ZodObject<typeof invokeConfigShape>>;

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventinvokeconfig.html */
export const lambdaEventInvokeConfig = resourceType({
  name: 'AWS::Lambda::EventInvokeConfig',
  shape: invokeConfigShape,
  replacedBy: ['FunctionName', 'Qualifier'],
  create: ({ logicalId, properties, workshop }) => {
    configure(workshop, properties);
    return { ref: workshop.nameFor(logicalId, 255) };
  },
  update: ({ properties, workshop }, current) => {
    configure(workshop, properties);
    return current;
  },
  remove: ({ properties, workshop }) => {
    const { FunctionName, Qualifier } = properties;
    configure(workshop, { FunctionName, Qualifier });
  },
});

function configure({ lambda }: Workshop, properties: InvokeConfig): void {
  const onFailureDestinationArn = properties.DestinationConfig?.OnFailure?.Destination;
  lambda.configureAsynchronousInvocation(properties.FunctionName, {
    onFailureDestinationArn,
    maximumRetryAttempts: properties.MaximumRetryAttempts ?? 2,
    maximumEventAgeSeconds: properties.MaximumEventAgeInSeconds ?? 21_600,
  });
}

function functionArn(
  { surroundings: { partition, region, accountId } }: Workshop,
  nameOrArn: string,
): string {
  return nameOrArn.startsWith('arn:')
    ? nameOrArn
    : `arn:${partition}:lambda:${region}:${accountId}:function:${nameOrArn}`;
}

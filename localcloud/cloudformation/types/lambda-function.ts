import { z } from 'zod';
import { AwsError } from '../../core/aws-error.ts';
import type { FunctionInput } from '../../lambda/function-configuration.ts';
import { resourceType, type Workshop, wholeNumber } from '../resource-type.ts';

const level = z.enum(['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL']);

const shape = {
  FunctionName: z.string().optional(),
  Code: z.strictObject({ S3Bucket: z.string(), S3Key: z.string() }),
  Handler: z.string(),
  Role: z.string(),
  Runtime: z.string().regex(/^nodejs\d+\.x$/, 'localcloud runs functions on Node.js only'),
  Environment: z.strictObject({ Variables: z.record(z.string(), z.coerce.string()).default({}) }).optional(),
  Timeout: wholeNumber.optional(),
  MemorySize: wholeNumber.optional(),
  ReservedConcurrentExecutions: wholeNumber.optional(),
  TracingConfig: z.strictObject({ Mode: z.enum(['Active', 'PassThrough']) }).optional(),
  LoggingConfig: z
    .strictObject({
      LogGroup: z.string().optional(),
      LogFormat: z.enum(['Text', 'JSON']).optional(),
      ApplicationLogLevel: level.optional(),
      SystemLogLevel: z.enum(['DEBUG', 'INFO', 'WARN']).optional(),
    })
    .optional(),
};

type FunctionProperties = z.output<z.ZodObject<typeof shape>>;

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html */
export const lambdaFunction = resourceType({
  name: 'AWS::Lambda::Function',
  shape,
  withoutEffect: [
    'Architectures',
    'Description',
    'EphemeralStorage',
    'RecursiveLoop',
    'RuntimeManagementConfig',
    'Tags',
  ],
  attributeNames: ['Arn'],
  replacedBy: ['FunctionName'],
  create: ({ logicalId, properties, workshop }) => {
    const name = properties.FunctionName ?? workshop.nameFor(logicalId, 64);
    const { arn } = workshop.lambda.createFunction({ ...inputOf(properties, workshop), name });
    return { ref: name, attributes: { Arn: arn } };
  },
  update: ({ properties, workshop }, current) => {
    // What the template no longer says must lose its former value: undefined takes it away.
    const unset = { reservedConcurrency: undefined, logGroupName: undefined };
    const change = { ...unset, ...inputOf(properties, workshop) } as Partial<FunctionInput>;
    workshop.lambda.updateFunction(current.ref, change);
    return current;
  },
  remove: async ({ workshop }, { ref }) => {
    await workshop.lambda.deleteFunction(ref);
  },
});

function inputOf(properties: FunctionProperties, { assetPath }: Workshop): Omit<FunctionInput, 'name'> {
  const { Code, LoggingConfig = {}, ReservedConcurrentExecutions } = properties;
  const codePath = assetPath(Code.S3Bucket, Code.S3Key);
  if (codePath === undefined)
    throw new AwsError(
      'InvalidParameterValueException',
      `Error occurred while GetObject. S3 Error Code: NoSuchKey: the assembly has no asset ${Code.S3Bucket}/${Code.S3Key}`,
    );
  return {
    codePath,
    handler: properties.Handler,
    roleArn: properties.Role,
    environment: properties.Environment?.Variables ?? {},
    timeoutSeconds: properties.Timeout ?? 3,
    memoryMb: properties.MemorySize ?? 128,
    isTraced: properties.TracingConfig?.Mode === 'Active',
    logFormat: LoggingConfig.LogFormat ?? 'Text',
    applicationLogLevel: LoggingConfig.ApplicationLogLevel ?? 'INFO',
    ...(LoggingConfig.LogGroup !== undefined && { logGroupName: LoggingConfig.LogGroup }),
    ...(ReservedConcurrentExecutions !== undefined && { reservedConcurrency: ReservedConcurrentExecutions }),
  };
}

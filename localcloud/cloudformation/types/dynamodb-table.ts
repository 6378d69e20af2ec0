import { z } from 'zod';
import { AwsError } from '../../core/aws-error.ts';
import { flag, type Made, resourceType, type Subject, tagList, type Workshop } from '../resource-type.ts';

const shape = {
  TableName: z.string().optional(),
  AttributeDefinitions: z.array(z.unknown()),
  KeySchema: z.array(z.unknown()),
  BillingMode: z.enum(['PAY_PER_REQUEST', 'PROVISIONED']).default('PROVISIONED'),
  ProvisionedThroughput: z.unknown().optional(),
  GlobalSecondaryIndexes: z.array(z.unknown()).optional(),
  LocalSecondaryIndexes: z.array(z.unknown()).optional(),
  TimeToLiveSpecification: z.strictObject({ AttributeName: z.string(), Enabled: flag }).optional(),
  DeletionProtectionEnabled: flag.default(false),
  Tags: tagList.optional(),
};

type TableSubject = Subject<z.output<z.ZodObject<typeof shape>>>;

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html */
export const dynamodbTable = resourceType({
  name: 'AWS::DynamoDB::Table',
  shape,
  withoutEffect: [
    'ContributorInsightsSpecification',
    'OnDemandThroughput',
    'PointInTimeRecoverySpecification',
    'SSESpecification',
    'TableClass',
    'WarmThroughput',
  ],
  attributeNames: ['Arn'],
  replacedBy: [
    'TableName',
    'AttributeDefinitions',
    'KeySchema',
    'GlobalSecondaryIndexes',
    'LocalSecondaryIndexes',
  ],
  create: async ({ logicalId, properties, workshop }) => {
    const { TimeToLiveSpecification, DeletionProtectionEnabled: _protected, Tags, ...table } = properties;
    const TableName = properties.TableName ?? workshop.nameFor(logicalId, 255);
    await workshop.call('dynamodb', 'CreateTable', { ...table, TableName });
    const Arn = arnOf(workshop, TableName);
    if (TimeToLiveSpecification?.Enabled)
      await workshop.call('dynamodb', 'UpdateTimeToLive', { TableName, TimeToLiveSpecification });
    if (Tags !== undefined) await workshop.call('dynamodb', 'TagResource', { ResourceArn: Arn, Tags });
    return { ref: TableName, attributes: { Arn } };
  },
  update: async ({ properties, workshop }, current, former) => {
    const TableName = current.ref;
    await updateTimeToLive(
      workshop,
      TableName,
      properties.TimeToLiveSpecification,
      former.TimeToLiveSpecification,
    );
    if (properties.BillingMode !== former.BillingMode)
      await workshop.call('dynamodb', 'UpdateTable', {
        TableName,
        BillingMode: properties.BillingMode,
        ...(properties.ProvisionedThroughput !== undefined && {
          ProvisionedThroughput: properties.ProvisionedThroughput,
        }),
      });
    return current;
  },
  remove: async ({ properties, workshop }: TableSubject, { ref }: Made) => {
    if (properties.DeletionProtectionEnabled)
      throw new AwsError(
        'ValidationException',
        `Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.`,
      );
    await workshop.call('dynamodb', 'DeleteTable', { TableName: ref });
  },
});

type TimeToLive = TableSubject['properties']['TimeToLiveSpecification'];

async function updateTimeToLive(
  workshop: Workshop,
  TableName: string,
  wanted: TimeToLive,
  former: TimeToLive,
): Promise<void> {
  const [isWanted, wasThere] = [wanted?.Enabled === true, former?.Enabled === true];
  if (isWanted === wasThere && wanted?.AttributeName === former?.AttributeName) return;
  if (wasThere)
    await workshop.call('dynamodb', 'UpdateTimeToLive', {
      TableName,
      TimeToLiveSpecification: { AttributeName: former?.AttributeName, Enabled: false },
    });
  if (isWanted)
    await workshop.call('dynamodb', 'UpdateTimeToLive', { TableName, TimeToLiveSpecification: wanted });
}

function arnOf({ surroundings: { partition, region, accountId } }: Workshop, tableName: string): string {
  return `arn:${partition}:dynamodb:${region}:${accountId}:table/${tableName}`;
}

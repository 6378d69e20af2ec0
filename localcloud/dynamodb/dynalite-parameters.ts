const conditionParameters = [
  'TableName',
  'ConditionExpression',
  'ExpressionAttributeNames',
  'ExpressionAttributeValues',
  'ConditionalOperator',
  'Expected',
  'ReturnValues',
  'ReturnConsumedCapacity',
  'ReturnItemCollectionMetrics',
  'ReturnValuesOnConditionCheckFailure',
];

const readParameters = [
  'TableName',
  'AttributesToGet',
  'ProjectionExpression',
  'ExpressionAttributeNames',
  'ConsistentRead',
  'ReturnConsumedCapacity',
];

const searchParameters = [
  ...readParameters,
  'IndexName',
  'Select',
  'Limit',
  'ExclusiveStartKey',
  'ConditionalOperator',
  'FilterExpression',
  'ExpressionAttributeValues',
];

/** An operation that dynalite runs, and the parameters that it acts on; it drops all others without a word. */
export interface DynaliteOperation {
  readonly effect: 'read' | 'write';
  readonly parameters: readonly string[];
  readonly modelled?: readonly string[];
  readonly notModelled?: readonly string[];
}

const eventual = ['Without ConsistentRead it may show the table of up to `lag.dynamodbReadMs` before.'];
const blocker = ['ReturnValuesOnConditionCheckFailure tells the item that failed the condition.'];
const noTransactions = ['Transactions and PartiQL.'];
const bareTables = [
  'A table is ACTIVE as soon as its creation is answered (AWS takes seconds).',
  'Streams, table classes, encryption and deletion protection settings, tags at creation.',
];

/** From the `types` of dynalite 4.0.0's `validations/`; Scan's ConsistentRead is ours. */
export const dynaliteOperations: Readonly<Record<string, DynaliteOperation>> = {
  GetItem: { effect: 'read', parameters: [...readParameters, 'Key'], modelled: eventual },
  BatchGetItem: {
    effect: 'read',
    parameters: ['RequestItems', 'ReturnConsumedCapacity'],
    modelled: eventual,
  },
  Query: {
    effect: 'read',
    parameters: [
      ...searchParameters,
      'KeyConditionExpression',
      'KeyConditions',
      'QueryFilter',
      'ScanIndexForward',
    ],
    modelled: eventual,
  },
  Scan: {
    effect: 'read',
    parameters: [...searchParameters, 'ScanFilter', 'Segment', 'TotalSegments'],
    modelled: eventual,
  },
  PutItem: {
    effect: 'write',
    parameters: [...conditionParameters, 'Item'],
    modelled: blocker,
    notModelled: noTransactions,
  },
  UpdateItem: {
    effect: 'write',
    parameters: [...conditionParameters, 'Key', 'UpdateExpression', 'AttributeUpdates'],
    modelled: blocker,
    notModelled: noTransactions,
  },
  DeleteItem: {
    effect: 'write',
    parameters: [...conditionParameters, 'Key'],
    modelled: blocker,
    notModelled: noTransactions,
  },
  BatchWriteItem: {
    effect: 'write',
    parameters: ['RequestItems', 'ReturnConsumedCapacity', 'ReturnItemCollectionMetrics'],
  },
  CreateTable: {
    effect: 'write',
    parameters: [
      'TableName',
      'AttributeDefinitions',
      'KeySchema',
      'BillingMode',
      'ProvisionedThroughput',
      'GlobalSecondaryIndexes',
      'LocalSecondaryIndexes',
    ],
    notModelled: bareTables,
  },
  UpdateTable: {
    effect: 'write',
    parameters: ['TableName', 'BillingMode', 'ProvisionedThroughput', 'GlobalSecondaryIndexUpdates'],
  },
  DeleteTable: { effect: 'write', parameters: ['TableName'] },
  DescribeTable: { effect: 'read', parameters: ['TableName'] },
  ListTables: { effect: 'read', parameters: ['ExclusiveStartTableName', 'Limit'] },
  TagResource: { effect: 'write', parameters: ['ResourceArn', 'Tags'] },
  UntagResource: { effect: 'write', parameters: ['ResourceArn', 'TagKeys'] },
  ListTagsOfResource: { effect: 'read', parameters: ['ResourceArn'] },
};

import type { SoakStage } from './stage.ts';

/**
 * Deletes what has expired, as DynamoDB does by itself within days: localcloud's tables keep it.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/howitworks-ttl.html
 */
export async function expireItems({ ask, cloud, deployment }: SoakStage): Promise<void> {
  const { tableName: TableName } = deployment;
  const { TimeToLiveDescription } = await ask('dynamodb', 'DescribeTimeToLive', { TableName });
  const attribute: unknown = Reflect.get(Object(TimeToLiveDescription), 'AttributeName');
  let ExclusiveStartKey: unknown;
  do {
    const page = await ask('dynamodb', 'Scan', {
      TableName,
      ExclusiveStartKey,
      ProjectionExpression: 'pk, sk',
      FilterExpression: '#expiry < :now',
      ExpressionAttributeNames: { '#expiry': attribute },
      ExpressionAttributeValues: { ':now': { N: String(Math.floor(cloud.clock.now() / 1_000)) } },
    });
    for (const Key of page['Items'] as readonly object[])
      await ask('dynamodb', 'DeleteItem', { TableName, Key });
    ExclusiveStartKey = page['LastEvaluatedKey'];
  } while (ExclusiveStartKey !== undefined);
}

import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import { Route53Client } from '@aws-sdk/client-route-53';
import { countCalls } from '../../functions/middleware/count-calls.ts';
import type { Telemetry } from '../../functions/middleware/telemetry.ts';
import { type CannedAnswer, CannedAws, jsonAnswer } from './canned-aws.ts';

/** A client whose calls are counted as those of the functions are; after the answers given, each call succeeds. */
export function countedClient({ metrics }: Telemetry, answers: readonly CannedAnswer[]): DynamoDBClient {
  const left = [...answers];
  const aws = new CannedAws(() => left.shift() ?? jsonAnswer({ TableNames: [] }));
  const dynamodb = new DynamoDBClient({ ...aws.options, maxAttempts: 3 });
  const clients = {
    autoScaling: new AutoScalingClient({}),
    dynamodb,
    ec2: new EC2Client({}),
    elasticLoadBalancing: () => Promise.reject(new Error('nobody asked for it')),
    route53: new Route53Client({}),
  };
  countCalls(clients, metrics);
  return dynamodb;
}

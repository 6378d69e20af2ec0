import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { Route53Client } from '@aws-sdk/client-route-53';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Cloud } from '../localcloud/cloud.ts';
import { createRequestHandler } from '../localcloud/front/request-handler.ts';

/** Clients of the people in the story: the same that anybody would point at AWS. */
export interface StageClients {
  readonly dynamodb: DynamoDBClient;
  readonly ec2: EC2Client;
  readonly events: EventBridgeClient;
  readonly route53: Route53Client;
  readonly sqs: SQSClient;
}

/** Clients that reach the cloud without a socket. */
export function clientsOf(cloud: Cloud): StageClients {
  const options = {
    region: cloud.surroundings.region,
    credentials: { accessKeyId: 'AKIASTAGE', secretAccessKey: 'not-checked' },
    requestHandler: createRequestHandler(cloud.handle),
  };
  return {
    dynamodb: new DynamoDBClient(options),
    ec2: new EC2Client(options),
    events: new EventBridgeClient(options),
    route53: new Route53Client(options),
    // The requests reach the cloud without a socket, whatever host a queue URL names.
    sqs: new SQSClient({ ...options, useQueueUrlAsEndpoint: false }),
  };
}

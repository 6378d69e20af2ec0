import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { Route53Client } from '@aws-sdk/client-route-53';
import type { Clients } from '../../../functions/compose.ts';
import { ec2AttemptsMax } from '../../../functions/compose.ts';
import type { WireRequest, WireResponse } from '../../../localcloud/core/service.ts';
import { createRequestHandler } from '../../../localcloud/front/request-handler.ts';
import { region } from './rooms.ts';

/** Tries of a call but those to EC2, as the functions' own clients make them. */
const maxAttempts = 5;

/** What the clients do with each call beside making it: it costs a third of a call, and nobody here looks at it. */
const unneeded = ['loggerMiddleware', 'getUserAgentMiddleware', 'recursionDetectionMiddleware'];

/**
 * The SDK's clients, with nothing of them replaced but the way to the network. Their requests are not signed: that is half
 * of what a call costs, and nobody here checks it.
 */
export function simulatedClients(handle: (request: WireRequest) => Promise<WireResponse>): Clients {
  const options = {
    region,
    maxAttempts,
    credentials: { accessKeyId: 'AKIASIMULATION', secretAccessKey: 'not-checked' },
    requestHandler: createRequestHandler(handle),
    signer: { sign: async <Request>(request: Request): Promise<Request> => request },
  };
  // The document client of DynamoDB puts up with no cache.
  const cached = { ...options, cacheMiddleware: true };
  const elasticLoadBalancing = new ElasticLoadBalancingV2Client(cached);
  const clients = {
    autoScaling: new AutoScalingClient(cached),
    dynamodb: new DynamoDBClient(options),
    ec2: new EC2Client({ ...cached, maxAttempts: ec2AttemptsMax }),
    route53: new Route53Client(cached),
  };
  for (const { middlewareStack } of [...Object.values(clients), elasticLoadBalancing]) {
    for (const name of unneeded) middlewareStack.remove(name);
  }
  return { ...clients, elasticLoadBalancing: async () => elasticLoadBalancing };
}

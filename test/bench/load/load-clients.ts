import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { Route53Client } from '@aws-sdk/client-route-53';
import type { Clients } from '../../../functions/compose.ts';
import type { WireRequest, WireResponse } from '../../../localcloud/core/service.ts';
import { createRequestHandler } from '../../../localcloud/front/request-handler.ts';
import { region } from '../../simulation/engine/rooms.ts';
import type { LoadSettings } from './settings.ts';

/** The SDK's clients of one machine; requests are not signed, which is half of what a call costs and of no interest. */
export function loadClients(
  handle: (request: WireRequest) => Promise<WireResponse>,
  { ec2AttemptsMax }: Pick<LoadSettings, 'ec2AttemptsMax'>,
): Clients {
  const options = {
    region,
    maxAttempts: 5,
    credentials: { accessKeyId: 'AKIALOAD', secretAccessKey: 'not-checked' },
    requestHandler: createRequestHandler(handle),
    signer: { sign: async <Request>(request: Request): Promise<Request> => request },
  };
  return {
    autoScaling: new AutoScalingClient(options),
    dynamodb: new DynamoDBClient(options),
    ec2: new EC2Client({ ...options, maxAttempts: ec2AttemptsMax }),
    elasticLoadBalancing: async () => new ElasticLoadBalancingV2Client(options),
    route53: new Route53Client(options),
  };
}

import * as autoScaling from '@aws-sdk/client-auto-scaling';
import * as cloudWatch from '@aws-sdk/client-cloudwatch';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as ec2 from '@aws-sdk/client-ec2';
import * as elasticLoadBalancing from '@aws-sdk/client-elastic-load-balancing-v2';
import * as events from '@aws-sdk/client-eventbridge';
import * as route53 from '@aws-sdk/client-route-53';
import * as sqs from '@aws-sdk/client-sqs';
import type { Answer, Ask } from '../simulation/engine/ask.ts';
import { region } from '../simulation/engine/rooms.ts';

/** What all SDK clients have in common. */
interface AnyClient {
  send(command: unknown): Promise<unknown>;
  destroy(): void;
}

type Command = new (input: object) => object;

/** The SDK's clients of everybody who is not the controller, over HTTP. */
export interface SoakClients {
  readonly ask: Ask;
  readonly dynamodb: dynamodb.DynamoDBClient;
  readonly sqs: sqs.SQSClient;
  readonly close: () => void;
}

export function openClients(endpoint: string): SoakClients {
  const settings = {
    endpoint,
    region,
    credentials: { accessKeyId: 'AKIASOMEBODY', secretAccessKey: 'not-checked' },
  };
  const documents = new dynamodb.DynamoDBClient(settings);
  const queues = new sqs.SQSClient(settings);
  const services: Readonly<Record<string, { readonly client: AnyClient; readonly commands: object }>> = {
    autoscaling: { client: new autoScaling.AutoScalingClient(settings), commands: autoScaling },
    monitoring: { client: new cloudWatch.CloudWatchClient(settings), commands: cloudWatch },
    dynamodb: { client: documents, commands: dynamodb },
    ec2: { client: new ec2.EC2Client(settings), commands: ec2 },
    elasticloadbalancing: {
      client: new elasticLoadBalancing.ElasticLoadBalancingV2Client(settings),
      commands: elasticLoadBalancing,
    },
    events: { client: new events.EventBridgeClient(settings), commands: events },
    route53: { client: new route53.Route53Client(settings), commands: route53 },
    sqs: { client: queues, commands: sqs },
  };
  return {
    ask: async (name, operation, input) => {
      const service = services[name];
      const SdkCommand = Reflect.get(service?.commands ?? {}, `${operation}Command`) as Command | undefined;
      if (service === undefined || SdkCommand === undefined)
        throw new Error(`no SDK for ${name}:${operation}`);
      return { ...(await (service.client.send(new SdkCommand(input)) as Promise<Answer>)) };
    },
    dynamodb: documents,
    sqs: queues,
    close: () => {
      documents.destroy();
      for (const { client } of Object.values(services)) client.destroy();
    },
  };
}

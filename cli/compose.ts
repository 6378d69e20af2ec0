import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { Route53Client } from '@aws-sdk/client-route-53';
import { SQSClient } from '@aws-sdk/client-sqs';
import { STSClient } from '@aws-sdk/client-sts';
import type { Clients, Controller } from '../functions/compose.ts';
import { compose } from '../functions/compose.ts';
import { createDocumentClient } from '../shared/adapters/dynamodb/document-client.ts';
import { createRoleCatalogue } from '../shared/adapters/dynamodb/role-catalogue.ts';
import { Table } from '../shared/adapters/dynamodb/table.ts';
import { createZoneDirectory } from '../shared/adapters/route53/zone-directory.ts';
import { readConfig } from '../shared/config.ts';
import type { RoleCatalogue, Surroundings, ZoneDirectory } from '../shared/reconcile/ports.ts';
import { callerArn } from './caller.ts';
import type { Connection } from './connection.ts';
import type { AwsServiceName } from './environment.ts';
import type { EventsQueue } from './wake-roles.ts';

/** The clients of the controller, and those that only operators need. */
export interface OperatorClients extends Omit<Clients, 'elasticLoadBalancing'> {
  readonly elasticLoadBalancing: ElasticLoadBalancingV2Client;
  readonly eventBridge: EventBridgeClient;
  readonly sqs: SQSClient;
  readonly sts: STSClient;
}

/** What commands work on: the controller, of which they use the reading half, and what only operators do. */
export interface Aws extends Pick<Controller, 'ports' | 'settings'> {
  readonly catalogue: RoleCatalogue;
  readonly zones: ZoneDirectory;
  readonly clients: OperatorClients;
  /** The names of its parts begin with it, and the table has no other. */
  readonly stackName: string;
  /** By which `wakeRoles` wakes the controller. */
  readonly eventsQueue: EventsQueue;
  /** Who runs the command; asked once. Rejects with CliError `CallerUnknown`. */
  readonly caller: () => Promise<string>;
  /** Closes the connections; nothing is to be called afterwards. */
  readonly close: () => void;
}

/** A person waits: shorter than the SDK's own patience, with its own number of tries. */
const requestHandler = { connectionTimeout: 2_000, requestTimeout: 10_000 };

/** Puts everything together for the connection. Rejects when there is no region to be found. */
export async function composeAws(connection: Connection, surroundings: Surroundings): Promise<Aws> {
  const clients = createClients(connection);
  const { tableName, queueName, roleTagKey } = connection;
  const region = await clients.ec2.config.region();
  const config = readConfig({ TABLE_NAME: tableName, AWS_REGION: region, ROLE_TAG_KEY: roleTagKey });
  const documents = createDocumentClient(clients.dynamodb);
  let caller: Promise<string> | undefined;
  return {
    ...compose(
      config,
      { ...clients, elasticLoadBalancing: async () => clients.elasticLoadBalancing },
      surroundings,
    ),
    catalogue: createRoleCatalogue(new Table(documents, tableName, surroundings.sleep)),
    zones: createZoneDirectory(clients.route53),
    clients,
    stackName: tableName,
    eventsQueue: { sqs: clients.sqs, queueName, surroundings },
    caller: () => {
      caller ??= callerArn(clients.sts);
      return caller;
    },
    close: () => {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}

function createClients({ region, profile, credentials, endpointUrls }: Connection): OperatorClients {
  const settingsOf = (service: AwsServiceName) => {
    const endpoint = endpointUrls[service];
    return {
      requestHandler,
      ...(region === undefined ? {} : { region }),
      ...(profile === undefined ? {} : { profile }),
      ...(credentials === undefined ? {} : { credentials }),
      ...(endpoint === undefined ? {} : { endpoint }),
    };
  };
  return {
    autoScaling: new AutoScalingClient(settingsOf('autoScaling')),
    dynamodb: new DynamoDBClient(settingsOf('dynamodb')),
    ec2: new EC2Client(settingsOf('ec2')),
    elasticLoadBalancing: new ElasticLoadBalancingV2Client(settingsOf('elasticLoadBalancing')),
    eventBridge: new EventBridgeClient(settingsOf('eventBridge')),
    route53: new Route53Client(settingsOf('route53')),
    sqs: new SQSClient(settingsOf('sqs')),
    sts: new STSClient(settingsOf('sts')),
  };
}

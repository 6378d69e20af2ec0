import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import { Route53Client } from '@aws-sdk/client-route-53';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Clients, Controller } from '../functions/compose.ts';
import { compose, realSurroundings } from '../functions/compose.ts';
import { createRoleCatalogue } from '../shared/adapters/dynamodb/role-catalogue.ts';
import { Table } from '../shared/adapters/dynamodb/table.ts';
import { createZoneDirectory } from '../shared/adapters/route53/zone-directory.ts';
import { readConfig } from '../shared/config.ts';
import type { RoleCatalogue, ZoneDirectory } from '../shared/reconcile/ports.ts';
import type { Connection } from './connection.ts';
import type { AwsServiceName } from './environment.ts';

/** What commands work on: the controller, of which they use the reading half, and what only operators do. */
export interface Aws extends Pick<Controller, 'ports' | 'settings'> {
  readonly catalogue: RoleCatalogue;
  readonly zones: ZoneDirectory;
  /** Closes the connections; nothing is to be called afterwards. */
  readonly close: () => void;
}

/** A person waits: shorter than the SDK's own patience, with its own number of tries. */
const requestHandler = { connectionTimeout: 2_000, requestTimeout: 10_000 };

/** Puts everything together for the connection. Rejects when there is no region to be found. */
export async function composeAws(connection: Connection): Promise<Aws> {
  const clients = createClients(connection);
  const { tableName, roleTagKey } = connection;
  const region = await clients.ec2.config.region();
  const config = readConfig({ TABLE_NAME: tableName, AWS_REGION: region, ROLE_TAG_KEY: roleTagKey });
  const documents = DynamoDBDocumentClient.from(clients.dynamodb, {
    marshallOptions: { removeUndefinedValues: true },
  });
  return {
    ...compose(config, clients),
    catalogue: createRoleCatalogue(new Table(documents, tableName, realSurroundings.sleep)),
    zones: createZoneDirectory(clients.route53),
    close: () => {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}

function createClients({ region, profile, credentials, endpointUrls }: Connection): Clients {
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
    dynamodb: new DynamoDBClient(settingsOf('dynamodb')),
    ec2: new EC2Client(settingsOf('ec2')),
    route53: new Route53Client(settingsOf('route53')),
  };
}

import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import { Route53Client } from '@aws-sdk/client-route-53';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createResyncCursor } from '../shared/adapters/dynamodb/resync-cursor.ts';
import { createRoleStore } from '../shared/adapters/dynamodb/role-store.ts';
import { Table } from '../shared/adapters/dynamodb/table.ts';
import { createEc2 } from '../shared/adapters/ec2/ec2.ts';
import { createRoute53 } from '../shared/adapters/route53/route53.ts';
import type { Config } from '../shared/config.ts';
import type { Ports, ResyncCursor, Settings, Surroundings } from '../shared/reconcile/ports.ts';

/** The bare clients that everything is made of. */
export interface Clients {
  readonly dynamodb: DynamoDBClient;
  readonly ec2: EC2Client;
  readonly route53: Route53Client;
}

/** The controller, put together. */
export interface Controller {
  readonly ports: Ports;
  readonly settings: Settings;
  readonly cursor: ResyncCursor;
}

/**
 * How long a call may take and how often it is tried. The SDK's own defaults wait a minute and more, which is longer than
 * a failover should take; it classes Route 53's PriorRequestNotComplete as throttling, and that wants more than 3 tries.
 */
const clientOptions = {
  maxAttempts: 5,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 5_000 },
};

/** Clients for the region; endpoint, credentials and the rest come from where every AWS client takes them. */
export function createClients(region: string): Clients {
  return {
    dynamodb: new DynamoDBClient({ region, ...clientOptions }),
    ec2: new EC2Client({ region, ...clientOptions }),
    route53: new Route53Client({ region, ...clientOptions }),
  };
}

/** Wall-clock time and real chance. */
export const realSurroundings: Surroundings = {
  now: () => Date.now(),
  sleep: async (durationMs) => {
    await sleep(durationMs);
  },
  uniqueName: () => randomUUID(),
};

/** The one place where the controller is put together. */
export function compose(
  config: Config,
  clients: Clients,
  surroundings: Surroundings = realSurroundings,
): Controller {
  const documents = DynamoDBDocumentClient.from(clients.dynamodb, {
    marshallOptions: { removeUndefinedValues: true },
  });
  const table = new Table(documents, config.tableName, surroundings.sleep);
  return {
    ports: {
      store: createRoleStore(table, config.retention, surroundings.now),
      ec2: createEc2(clients.ec2, config.roleTagKey),
      route53: createRoute53(clients.route53),
      surroundings,
    },
    settings: {
      region: config.region,
      roleTagKey: config.roleTagKey,
      leaseDurationMs: config.leaseDurationMs,
    },
    cursor: createResyncCursor(table),
  };
}

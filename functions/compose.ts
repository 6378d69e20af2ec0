import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import type { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { Route53Client } from '@aws-sdk/client-route-53';
import { createLifecycleHooks } from '../shared/adapters/auto-scaling/lifecycle-hooks.ts';
import { createDocumentClient } from '../shared/adapters/dynamodb/document-client.ts';
import { createResyncCursor } from '../shared/adapters/dynamodb/resync-cursor.ts';
import { createRoleStore } from '../shared/adapters/dynamodb/role-store.ts';
import { Table } from '../shared/adapters/dynamodb/table.ts';
import { createEc2 } from '../shared/adapters/ec2/ec2.ts';
import type { LoadBalancing } from '../shared/adapters/elastic-load-balancing/load-balancing.ts';
import { createRoute53 } from '../shared/adapters/route53/route53.ts';
import type { Config } from '../shared/config.ts';
import type { Ports, ResyncCursor, Settings, Surroundings } from '../shared/reconcile/ports.ts';

/** The bare clients that everything is made of. */
export interface Clients {
  readonly autoScaling: AutoScalingClient;
  readonly dynamodb: DynamoDBClient;
  readonly ec2: EC2Client;
  /** Made when it is first wanted: few roles have a target group, and every start would pay for it. */
  readonly elasticLoadBalancing: () => Promise<ElasticLoadBalancingV2Client>;
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

/**
 * Tries of a call to EC2. Their pauses, of one and two seconds at the most when EC2 has no room, end within the margin that
 * a lease has for a call: EC2 cannot be fenced, so no try may begin once the lease is over. Whoever holds the lease tries on.
 */
export const ec2AttemptsMax = 3;

/** Clients for the region; endpoint, credentials and the rest come from where every AWS client takes them. */
export function createClients(region: string): Clients {
  return {
    autoScaling: new AutoScalingClient({ region, ...clientOptions }),
    dynamodb: new DynamoDBClient({ region, ...clientOptions }),
    ec2: new EC2Client({ region, ...clientOptions, maxAttempts: ec2AttemptsMax }),
    elasticLoadBalancing: async () => {
      const { ElasticLoadBalancingV2Client } = await import('@aws-sdk/client-elastic-load-balancing-v2');
      return new ElasticLoadBalancingV2Client({ region, ...clientOptions });
    },
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
  const documents = createDocumentClient(clients.dynamodb);
  const table = new Table(documents, config.tableName, surroundings.sleep);
  return {
    ports: {
      store: createRoleStore(table, config.retention, surroundings.now),
      ec2: createEc2(clients.ec2, config.roleTagKey, {
        surroundings,
        loadBalancing: once(() => loadBalancingOf(clients)),
      }),
      route53: createRoute53(clients.route53),
      hooks: createLifecycleHooks(clients.autoScaling),
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

async function loadBalancingOf(clients: Clients): Promise<LoadBalancing> {
  const { createLoadBalancing } = await import('../shared/adapters/elastic-load-balancing/load-balancing.ts');
  return createLoadBalancing(await clients.elasticLoadBalancing());
}

/** Makes the thing when it is first asked for, and gives the same one ever after. */
function once<Thing>(make: () => Promise<Thing>): () => Promise<Thing> {
  let made: Promise<Thing> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

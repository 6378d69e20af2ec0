import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { Route53Client } from '@aws-sdk/client-route-53';
import { describe, expect, it } from 'vitest';
import { compose, createClients, realSurroundings } from '../../../functions/compose.ts';
import { readConfig } from '../../../shared/config.ts';
import { aRole, instanceId, roleName } from '../../builders/observed.ts';
import { CannedAws, ec2Answer, jsonAnswer } from '../../fakes/canned-aws.ts';

const config = readConfig({ TABLE_NAME: 'my-table', AWS_REGION: 'eu-north-1', ROLE_TAG_KEY: 'duty' });

describe('compose', () => {
  it('joins the configuration to the adapters', async () => {
    const ec2 = new CannedAws(() => ec2Answer('DescribeTags', '<tagSet/>'));
    const dynamodb = new CannedAws(() => jsonAnswer({ Responses: { 'my-table': [] } }));
    const { ports, settings } = compose(config, {
      ec2: new EC2Client(ec2.options),
      autoScaling: new AutoScalingClient({}),
      elasticLoadBalancing: async () => new ElasticLoadBalancingV2Client({}),
      dynamodb: new DynamoDBClient(dynamodb.options),
      route53: new Route53Client(new CannedAws(() => jsonAnswer({})).options),
    });

    await ports.ec2.roleTags([instanceId(1)]);
    await ports.store.readRoles([roleName('db')]);

    expect(settings).toEqual({ region: 'eu-north-1', roleTagKey: 'duty', leaseDurationMs: 30_000 });
    expect(new URLSearchParams(ec2.requests[0]?.body).get('Filter.2.Value.1')).toBe('duty');
    expect(JSON.parse(dynamodb.requests[0]?.body ?? '{}')).toHaveProperty('RequestItems.my-table');
  });

  it('writes what is undefined as nothing', async () => {
    const dynamodb = new CannedAws(() => jsonAnswer({ UnprocessedItems: {} }));
    const { ports } = compose(config, {
      ec2: new EC2Client({}),
      autoScaling: new AutoScalingClient({}),
      elasticLoadBalancing: async () => new ElasticLoadBalancingV2Client({}),
      dynamodb: new DynamoDBClient(dynamodb.options),
      route53: new Route53Client({}),
    });
    const entry = {
      role: aRole().name,
      slot: 0,
      timeMs: 0,
      generation: 1,
      outcome: 'vacant' as const,
      cause: '',
      from: undefined,
      to: undefined,
      changes: [],
      refusals: [],
      verdicts: [],
      steps: { observeMs: 0, claimMs: 0, applyMs: 0 },
    };

    await ports.store.remember({ asked: [], gone: [], history: [entry] });

    expect(dynamodb.requests[0]?.body).not.toContain('"from"');
  });
});

describe('createClients', () => {
  it('makes clients of one region; what EC2 refuses is tried less often, as every try has to end within a lease', async () => {
    const { dynamodb, ec2, route53 } = createClients('eu-north-1');

    const settings = [dynamodb, ec2, route53].map(async ({ config: { region, maxAttempts } }) => [
      await region(),
      await maxAttempts(),
    ]);

    expect(await Promise.all(settings)).toEqual([
      ['eu-north-1', 5],
      ['eu-north-1', 3],
      ['eu-north-1', 5],
    ]);
  });
});

describe('the real surroundings', () => {
  it('have a clock that goes on while they sleep, and a new name each time', async () => {
    const startMs = realSurroundings.now();

    await realSurroundings.sleep(2);

    expect(realSurroundings.now()).toBeGreaterThan(startMs);
    expect(realSurroundings.uniqueName()).not.toBe(realSurroundings.uniqueName());
  });
});

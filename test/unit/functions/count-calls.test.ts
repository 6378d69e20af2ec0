import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import { Route53Client } from '@aws-sdk/client-route-53';
import { afterEach, expect, it, vi } from 'vitest';
import { countCalls } from '../../../functions/middleware/count-calls.ts';
import type { CannedAnswer } from '../../fakes/canned-aws.ts';
import { CannedAws, dynamodbError, jsonAnswer } from '../../fakes/canned-aws.ts';
import { captureTelemetry } from '../../fakes/captured-telemetry.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

function aClient(answers: readonly CannedAnswer[]) {
  const captured = captureTelemetry();
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
  countCalls(clients, captured.telemetry.metrics);
  return { ...captured, dynamodb };
}

it('counts each attempt of a call, and those that were throttled', async () => {
  const { dynamodb, telemetry, valuesOf } = aClient([dynamodbError('ThrottlingException')]);

  await dynamodb.send(new ListTablesCommand({}));
  telemetry.metrics.publishStoredMetrics();

  expect(valuesOf('DynamodbCalls')).toEqual([1, 1]);
  expect(valuesOf('ThrottledCalls')).toEqual([1]);
});

it('passes on what failed otherwise, uncounted as throttled', async () => {
  const { dynamodb, telemetry, valuesOf } = aClient([dynamodbError('ValidationException')]);

  await expect(dynamodb.send(new ListTablesCommand({}))).rejects.toThrow();
  telemetry.metrics.publishStoredMetrics();

  expect(valuesOf('DynamodbCalls')).toEqual([1]);
  expect(valuesOf('ThrottledCalls')).toEqual([]);
});

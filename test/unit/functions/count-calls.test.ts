import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, expect, it, vi } from 'vitest';
import { dynamodbError } from '../../fakes/canned-aws.ts';
import { captureTelemetry } from '../../fakes/captured-telemetry.ts';
import { countedClient } from '../../fakes/counted-client.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

it('counts each attempt of a call, and those that were throttled', async () => {
  const { telemetry, valuesOf } = captureTelemetry();
  const dynamodb = countedClient(telemetry, [dynamodbError('ThrottlingException')]);

  await dynamodb.send(new ListTablesCommand({}));
  telemetry.metrics.publishStoredMetrics();

  expect(valuesOf('DynamodbCalls')).toEqual([1, 1]);
  expect(valuesOf('ThrottledCalls')).toEqual([1]);
});

it('passes on what failed otherwise, uncounted as throttled', async () => {
  const { telemetry, valuesOf } = captureTelemetry();
  const dynamodb = countedClient(telemetry, [dynamodbError('ValidationException')]);

  await expect(dynamodb.send(new ListTablesCommand({}))).rejects.toThrow();
  telemetry.metrics.publishStoredMetrics();

  expect(valuesOf('DynamodbCalls')).toEqual([1]);
  expect(valuesOf('ThrottledCalls')).toEqual([]);
});

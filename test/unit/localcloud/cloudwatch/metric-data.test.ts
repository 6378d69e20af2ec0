import { type MetricDatum, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { expect, test } from 'vitest';
import { type AlarmRoom, anAlarmRoom } from './alarm-room.ts';

async function put({ client }: AlarmRoom, ...MetricData: MetricDatum[]): Promise<void> {
  await client.send(new PutMetricDataCommand({ Namespace: 'Understudy', MetricData }));
}

function metricsOf({ cloud }: AlarmRoom): unknown {
  return Reflect.get(cloud.services.get('monitoring')?.dump?.() ?? {}, 'metrics');
}

test('data is kept by namespace, name and dimensions', async () => {
  const room = anAlarmRoom();
  const Dimensions = [{ Name: 'role', Value: 'web' }];

  await put(
    room,
    { MetricName: 'Moves', Value: 1, Unit: 'Count', Dimensions },
    { MetricName: 'Moves', Value: 2 },
  );
  await put(room, { MetricName: 'Moves', Values: [3, 4], Counts: [1, 2], Dimensions });

  const Timestamp = new Date(room.clock.now());
  expect(metricsOf(room)).toMatchObject([
    {
      namespace: 'Understudy',
      name: 'Moves',
      dimensions: Dimensions,
      data: [
        { Value: 1, Unit: 'Count', Timestamp },
        { Values: [3, 4], Counts: [1, 2], Timestamp },
      ],
    },
    { dimensions: [], data: [{ Value: 2 }] },
  ]);
});

test('a request that the SDK compresses is read all the same', async () => {
  const room = anAlarmRoom();
  const data = Array.from({ length: 500 }, (_, index) => ({ MetricName: `metric-${index}`, Value: index }));

  await put(room, ...data);

  expect(metricsOf(room)).toHaveLength(500);
});

test.each<MetricDatum>([
  { MetricName: 'Moves' },
  { MetricName: 'Moves', Value: 1, Values: [1] },
  { MetricName: 'Moves', Values: [1, 2], Counts: [1] },
  { MetricName: 'Moves', Value: 1, Timestamp: new Date(Date.UTC(2025, 11, 1)) },
])('%j is refused, and with it the whole request', async (datum) => {
  const room = anAlarmRoom();

  await expect(put(room, { MetricName: 'Moves', Value: 1 }, datum)).rejects.toThrow(/Moves/);
  expect(metricsOf(room)).toEqual([]);
});

import { expect, test } from 'vitest';
import { assemblyDirectory } from '../../demo/synthesize.ts';
import { soak } from '../soak/soak.ts';

test('a short day of trouble and its night break no law', { timeout: 180_000 }, async () => {
  const told: string[] = [];

  const report = await soak({
    seed: 11,
    assemblyDirectory,
    stepsPerDay: 6,
    isDone: (daysLived) => daysLived === 1,
    isOver: () => false,
    onProgress: () => undefined,
    tell: (line) => told.push(line),
  });

  expect(report.failure, told.join('\n')).toBeUndefined();
  expect(report.progress).toMatchObject({ days: 1, steps: 6 });
  expect(report.vitals).toHaveLength(1);
});

import { expect, test } from 'vitest';
import { z } from 'zod';
import { operation, operationMap, type Service } from '../../../../localcloud/core/service.ts';
import { controlRoutes } from '../../../../localcloud/front/control-routes.ts';
import { controlTable } from '../../../../localcloud/front/control-table.ts';
import { operationTable, subjectTable } from '../../../../localcloud/operation-table.ts';
import { countingRoom } from './counting-room.ts';

function aService(name: string): Service {
  return {
    ...countingRoom(),
    name,
    operations: operationMap([
      operation({
        name: 'Move',
        effect: 'write',
        input: z.strictObject({}),
        run: () => ({}),
        honesty: {
          modelled: ['Moves a|b.', 'Twice.'],
          notModelled: ['Lifts'],
          sources: ['https://docs.aws.amazon.com/x/API_Move.html', 'unverified'],
        },
      }),
      operation({
        name: 'Look',
        effect: 'read',
        input: z.strictObject({}),
        run: () => ({}),
        honesty: { modelled: ['Looks.'], sources: [] },
      }),
    ]),
  };
}

test('the operation table tells per service and operation what is modelled and where it comes from', () => {
  const table = operationTable([aService('b'), aService('a')]);

  expect(table.split('\n').slice(0, 6)).toEqual([
    '### a',
    '',
    '| operation | modelled | not modelled | sources |',
    '|---|---|---|---|',
    '| `Look` (read) | Looks. |  |  |',
    '| `Move` (write) | Moves a\\|b. Twice. | Lifts. | [API_Move](https://docs.aws.amazon.com/x/API_Move.html), unverified |',
  ]);
  expect(table).toContain('\n\n### b\n\n');
});

test('what has no operations is told by subject', () => {
  const table = subjectTable(
    new Map([['time', { modelled: ['Passes.'], notModelled: ['Stops'], sources: [] }]]),
  );

  expect(table).toBe(
    '| subject | modelled | not modelled | sources |\n|---|---|---|---|\n| time | Passes. | Stops. |  |',
  );
});

test('the control table tells every control route, with bars escaped', () => {
  const table = controlTable();

  expect(table.split('\n')).toHaveLength(controlRoutes.length + 2);
  expect(table).toContain('| `GET /_localcloud/health` | Whether it is up, and which services it has. |');
  expect(table).toContain('"error" \\| "latency"');
});

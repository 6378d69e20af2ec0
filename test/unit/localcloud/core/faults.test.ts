import { describe, expect, test } from 'vitest';
import { Faults, type FaultTarget } from '../../../../localcloud/core/faults.ts';
import { seededRandom } from '../../../../localcloud/core/random.ts';

const describeInstances: FaultTarget = {
  service: 'ec2',
  operation: 'DescribeInstances',
  accessKeyId: 'AKIAONE',
  traceId: 'Root=1',
};

const unavailable = { kind: 'error', code: 'Unavailable', status: 503 } as const;

function strikes(faults: Faults, calls: number, target = describeInstances): readonly boolean[] {
  return Array.from({ length: calls }, () => faults.strike(target).length > 0);
}

describe('a fault rule', () => {
  test('strikes every call when it narrows nothing', () => {
    const faults = new Faults(seededRandom(1));
    faults.add({ fault: unavailable });

    const struck = faults.strike(describeInstances);

    expect(struck).toEqual([unavailable]);
  });

  test.each([
    { service: 'route53' },
    { operation: 'AssociateAddress' },
    { accessKeyId: 'AKIATWO' },
    { traceId: 'Root=2' },
  ])('leaves a call alone that is not %j', (narrowing) => {
    const faults = new Faults(seededRandom(1));
    faults.add({ ...narrowing, fault: unavailable });

    const struck = faults.strike(describeInstances);

    expect(struck).toEqual([]);
  });

  test('with nth strikes only that matching call', () => {
    const faults = new Faults(seededRandom(1));
    faults.add({ operation: 'DescribeInstances', nth: 2, fault: unavailable });
    faults.strike({ ...describeInstances, operation: 'DescribeAddresses' });

    const struck = strikes(faults, 4);

    expect(struck).toEqual([false, true, false, false]);
  });

  test('with timesMax rests after so many strikes', () => {
    const faults = new Faults(seededRandom(1));
    faults.add({ timesMax: 2, fault: unavailable });

    const struck = strikes(faults, 4);

    expect(struck).toEqual([true, true, false, false]);
  });

  test('with a probability strikes about as often, and the same calls for the same seed', () => {
    const runOf = (seed: number): readonly boolean[] => {
      const faults = new Faults(seededRandom(seed));
      faults.add({ probability: 0.25, fault: unavailable });
      return strikes(faults, 1_000);
    };

    const [first, again, other] = [runOf(7), runOf(7), runOf(8)];

    expect(first).toEqual(again);
    expect(first).not.toEqual(other);
    expect(first.filter(Boolean).length).toBeGreaterThan(200);
    expect(first.filter(Boolean).length).toBeLessThan(300);
  });

  test('is counted and can be removed, alone or with all others', () => {
    const faults = new Faults(seededRandom(1));
    const id = faults.add({ nth: 2, fault: unavailable });
    faults.add({ service: 'sqs', fault: unavailable });
    strikes(faults, 3);

    const listed = faults.list();
    const wasRemoved = faults.remove(id);
    const wasThere = faults.remove(id);
    faults.clear();

    expect(listed).toMatchObject([
      { id, matched: 3, struck: 1 },
      { matched: 0, struck: 0 },
    ]);
    expect([wasRemoved, wasThere]).toEqual([true, false]);
    expect(faults.list()).toEqual([]);
  });

  test('that names both probability and nth is refused', () => {
    const faults = new Faults(seededRandom(1));

    const add = (): number => faults.add({ probability: 0.5, nth: 1, fault: unavailable });

    expect(add).toThrow('give probability or nth, not both');
  });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TimeHeap } from '../../../../localcloud/core/time-heap.ts';

test('a heap gives back what was pushed in order of time, ties in the order they were pushed', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 })), (times) => {
      const heap = new TimeHeap<number>();
      times.forEach((timeMs, index) => {
        heap.push(timeMs, index);
      });

      const popped = times.map(() => heap.pop());

      const expected = times
        .map((_, index) => index)
        .sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b);
      expect(popped).toEqual(expected);
      expect(heap.nextMs).toBeUndefined();
    }),
  );
});

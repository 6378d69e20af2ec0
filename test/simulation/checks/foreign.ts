import type { Chronicle } from '../engine/chronicle.ts';
import type { FunctionCall } from '../engine/wire.ts';
import { isMoving } from './fences.ts';
import type { Check } from './watch.ts';

/** What is in the world and has to do with no role, or was taken away from one. */
export interface ForeignThings {
  /** Everything of the planted things that could change, as text. */
  readonly read: () => string;
  /** The association that an Elastic IP has now. */
  readonly associationOf: (allocationId: string) => string | undefined;
  /** What a name of the private zone answers now. */
  readonly valueAt: (name: string) => string | undefined;
}

/** Nothing foreign is ever touched: neither what never was a role's, nor an Elastic IP that somebody took away. */
export function nothingForeignTouched(
  chronicle: Chronicle,
  beganMs: (call: FunctionCall) => number,
  { read, associationOf, valueAt }: ForeignThings,
): Check {
  const atFirst = read();
  return {
    name: 'nothing foreign is touched',
    onEffect: (call) => {
      if (!isMoving(call)) return [];
      const now = read();
      const moved = [...chronicle.taken].filter(
        // Whoever had looked before it was taken cannot know.
        ([id, { associationId, sinceMs }]) =>
          beganMs(call) > sinceMs + chronicle.lagMaxMs && associationOf(id) !== associationId,
      );
      const overwritten = [...chronicle.overwritten].filter(([name, value]) => valueAt(name) !== value);
      return [
        ...overwritten.map(
          ([name, value]) => `${name} was made ${value} by somebody else, and is ${valueAt(name) ?? 'gone'}`,
        ),
        ...(now === atFirst ? [] : [`what is foreign was ${atFirst} and is ${now}`]),
        ...moved.map(([id]) => `${id} was taken for something else and was moved from there`),
      ];
    },
  };
}

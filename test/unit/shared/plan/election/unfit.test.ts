import { describe, expect, it } from 'vitest';
import type { Unfit } from '../../../../../shared/model/role-state.ts';
import { refusedAgain, toldOfEnd, worthKeeping } from '../../../../../shared/plan/election/unfit.ts';
import { instanceId, nowMs } from '../../../../builders/observed.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;
const words = 'it has no room';
const again = new Map([[instanceId(1), words]]);

function refusedFor(durationMs: number, untilMs: number): Unfit {
  return { instanceId: instanceId(1), words, untilMs, durationMs };
}

describe('an instance that EC2 refuses', () => {
  it('is left out for ten minutes', () => {
    expect(refusedAgain([], again, nowMs)).toEqual([refusedFor(10 * minuteMs, nowMs + 10 * minuteMs)]);
  });

  it.each([
    ['twice as long when it is refused once more', 10 * minuteMs, 20 * minuteMs],
    ['never longer than a day', 20 * 60 * minuteMs, dayMs],
  ])('is left out %s', (_, beforeMs, afterMs) => {
    const known = [refusedFor(beforeMs, nowMs)];

    expect(refusedAgain(known, again, nowMs)).toEqual([refusedFor(afterMs, nowMs + afterMs)]);
  });

  it('stays out until then, however often the same refusal is told', () => {
    const known = [refusedFor(10 * minuteMs, nowMs + 1)];

    expect(refusedAgain(known, again, nowMs)).toEqual(known);
  });

  it('is kept in mind for a day more, as one whose end was told is not', () => {
    const ended = toldOfEnd([], again, nowMs);
    const known = [
      ...ended,
      { ...refusedFor(10 * minuteMs, nowMs + 10 * minuteMs), instanceId: instanceId(2) },
    ];
    const keptAt = (atMs: number) => worthKeeping(known, atMs).map((each) => each.instanceId);

    expect(keptAt(nowMs + 10 * minuteMs - 1)).toEqual([instanceId(1), instanceId(2)]);
    expect(keptAt(nowMs + 10 * minuteMs)).toEqual([instanceId(2)]);
    expect(keptAt(nowMs + 10 * minuteMs + dayMs - 1)).toEqual([instanceId(2)]);
    expect(keptAt(nowMs + 10 * minuteMs + dayMs)).toEqual([]);
  });

  it('is forgotten when fifty others were refused since', () => {
    const known = Array.from({ length: 51 }, (_, index) => ({
      ...refusedFor(minuteMs, nowMs + index + 1),
      instanceId: instanceId(index + 1),
    }));

    const kept = worthKeeping(known, nowMs);

    expect(kept).toHaveLength(50);
    expect(kept.map((each) => each.instanceId)).not.toContain(instanceId(1));
  });
});

describe('an instance whose end was told', () => {
  it('is left out for ten minutes from now, whatever was known of it', () => {
    const known = [refusedFor(dayMs, nowMs + dayMs)];

    expect(toldOfEnd(known, again, nowMs)).toEqual([
      { instanceId: instanceId(1), words, untilMs: nowMs + 10 * minuteMs },
    ]);
  });

  it('leaves others as they are known', () => {
    const other = { ...refusedFor(dayMs, nowMs + dayMs), instanceId: instanceId(2) };

    expect(toldOfEnd([other], again, nowMs)).toContainEqual(other);
  });
});

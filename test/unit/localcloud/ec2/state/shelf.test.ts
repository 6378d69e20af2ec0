import { describe, expect, test } from 'vitest';
import { Shelf } from '../../../../../localcloud/ec2/state/shelf.ts';

interface Box {
  readonly id: string;
  readonly colour: string;
}

function aShelf(): { shelf: Shelf<Box>; time: { nowMs: number; delayMs: number } } {
  const time = { nowMs: 0, delayMs: 0 };
  const shelf = new Shelf<Box>({ now: () => time.nowMs, nextDelayMs: () => time.delayMs });
  return { shelf, time };
}

function seenBy(shelf: Shelf<Box>): string[] {
  return [...shelf.allSeen()].map(({ id, colour }) => `${id} ${colour}`);
}

describe('without lag', () => {
  test('reads show every write at once, in order of creation', () => {
    const { shelf } = aShelf();

    shelf.put({ id: 'a', colour: 'red' });
    shelf.put({ id: 'b', colour: 'red' });
    shelf.put({ id: 'a', colour: 'blue' });

    expect(seenBy(shelf)).toEqual(['a blue', 'b red']);
    shelf.remove('a');
    expect(seenBy(shelf)).toEqual(['b red']);
    expect(shelf.seen('a')).toBeUndefined();
  });
});

describe('with lag', () => {
  test('a fresh resource is unseen until its delay is over, but real at once', () => {
    const { shelf, time } = aShelf();
    time.delayMs = 100;

    shelf.put({ id: 'a', colour: 'red' });

    expect(shelf.get('a')?.colour).toBe('red');
    expect(shelf.seen('a')).toBeUndefined();
    expect(seenBy(shelf)).toEqual([]);
    time.nowMs = 100;
    expect(seenBy(shelf)).toEqual(['a red']);
  });

  test('a removed resource lingers in its old place', () => {
    const { shelf, time } = aShelf();
    shelf.put({ id: 'a', colour: 'red' });
    shelf.put({ id: 'b', colour: 'red' });
    time.delayMs = 100;

    shelf.remove('a');

    expect(shelf.get('a')).toBeUndefined();
    expect(seenBy(shelf)).toEqual(['a red', 'b red']);
    time.nowMs = 100;
    expect(seenBy(shelf)).toEqual(['b red']);
  });

  test('a later write that shows earlier hides the ones before it for good', () => {
    const { shelf, time } = aShelf();
    shelf.put({ id: 'a', colour: 'red' });
    time.delayMs = 100;
    shelf.put({ id: 'a', colour: 'green' });
    time.delayMs = 10;
    shelf.put({ id: 'a', colour: 'blue' });

    expect(shelf.seen('a')?.colour).toBe('red');
    time.nowMs = 10;
    expect(shelf.seen('a')?.colour).toBe('blue');
    time.nowMs = 100;
    expect(shelf.seen('a')?.colour).toBe('blue');
  });

  test('an earlier write shows while a later one is still on its way', () => {
    const { shelf, time } = aShelf();
    shelf.put({ id: 'a', colour: 'red' });
    time.delayMs = 10;
    shelf.put({ id: 'a', colour: 'green' });
    time.delayMs = 100;
    shelf.put({ id: 'a', colour: 'blue' });

    time.nowMs = 50;

    expect(shelf.seen('a')?.colour).toBe('green');
  });

  test('switching the lag off shows the next write at once', () => {
    const { shelf, time } = aShelf();
    time.delayMs = 1_000;
    shelf.put({ id: 'a', colour: 'red' });
    time.delayMs = 0;

    shelf.put({ id: 'a', colour: 'green' });

    expect(shelf.seen('a')?.colour).toBe('green');
  });
});

describe('an index', () => {
  test('follows writes and removals', () => {
    const { shelf } = aShelf();
    const byColour = shelf.indexBy(({ colour }) => [colour]);

    shelf.put({ id: 'a', colour: 'red' });
    shelf.put({ id: 'a', colour: 'blue' });
    shelf.put({ id: 'b', colour: 'red' });
    shelf.remove('b');

    expect([...byColour]).toEqual([['blue', 'a']]);
  });

  test('refuses two resources under one key, and keeps both as they were', () => {
    const { shelf } = aShelf();
    const byColour = shelf.indexBy(({ colour }) => [colour]);
    shelf.put({ id: 'a', colour: 'red' });
    shelf.put({ id: 'b', colour: 'blue' });

    expect(() => shelf.put({ id: 'b', colour: 'red' })).toThrow('red is held by both a and b');

    expect(shelf.get('b')?.colour).toBe('blue');
    expect(Object.fromEntries(byColour)).toEqual({ red: 'a', blue: 'b' });
  });
});

import { describe, expect, it } from 'vitest';
import { FakeSurroundings } from '../../fakes/fake-surroundings.ts';
import { Script } from '../../fakes/script.ts';

describe('the script of the fakes', () => {
  it('records the calls in their order and counts them by operation', async () => {
    const script = new Script();

    await script.enter('claim', 'db');
    await script.enter('settle', 'db');
    await script.enter('claim', 'web');

    expect(script.calls).toEqual(['claim db', 'settle db', 'claim web']);
    expect(script.count('claim')).toBe(2);
  });

  it('runs each act once, before the next call of its operation', async () => {
    const script = new Script();
    const seen: string[] = [];
    script.before('claim', () => seen.push('first'));
    script.before('claim', () => seen.push('second'));

    await script.enter('settle');
    await script.enter('claim');
    await script.enter('claim');
    await script.enter('claim');

    expect(seen).toEqual(['first', 'second']);
  });

  it('fails the call with what its act throws', async () => {
    const script = new Script();
    script.before('claim', () => {
      throw new Error('throttled');
    });

    await expect(script.enter('claim')).rejects.toThrow('throttled');
    await expect(script.enter('claim')).resolves.toBeUndefined();
  });
});

describe('the fake surroundings', () => {
  it('let time pass only when told to, and while somebody sleeps', async () => {
    const surroundings = new FakeSurroundings(new Script());
    const startMs = surroundings.now();

    surroundings.pass(5);
    await surroundings.sleep(10);

    expect(surroundings.now() - startMs).toBe(15);
  });

  it('have a new name each time', () => {
    const surroundings = new FakeSurroundings(new Script());

    expect(surroundings.uniqueName()).not.toBe(surroundings.uniqueName());
  });
});

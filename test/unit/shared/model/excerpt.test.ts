import { describe, expect, it } from 'vitest';
import { excerpt, jsonExcerpt } from '../../../../shared/model/excerpt.ts';

describe('excerpt', () => {
  it('is the text itself when that is short enough', () => {
    expect(excerpt('12345', 5)).toBe('12345');
  });

  it('marks where the text goes on', () => {
    expect(excerpt('123456', 5)).toBe('12345…');
  });

  it('does not end with half a character', () => {
    expect(excerpt('1234🎭', 5)).toBe('1234\ufffd…');
  });
});

describe('jsonExcerpt', () => {
  it.each<[value: unknown, text: string]>([
    ['say "hi"', '"say \\"hi\\""'],
    [7, '7'],
    [null, 'null'],
    [undefined, 'undefined'],
    [[], '[]'],
    [{}, '{}'],
    [['a', 1, [true]], '["a",1,[true]]'],
    [{ a: 1, b: { c: ['d'] } }, '{"a":1,"b":{"c":["d"]}}'],
  ])('writes all of %j when that is short enough', (value, text) => {
    expect(jsonExcerpt(value, text.length)).toBe(text);
  });

  it.each<[value: unknown, text: string]>([
    ['x'.repeat(100), '"xxxxxxxxx…'],
    [['abc', 'def', 'ghi'], '["abc","de…'],
    [{ abc: 1, def: 2 }, '{"abc":1,"…'],
    [{ ['k'.repeat(100)]: 1 }, '{"kkkkkkkk…'],
    [Array.from({ length: 1_000_000 }, () => 1), '[1,1,1,1,1…'],
  ])('writes the first ten characters of a longer value', (value, text) => {
    expect(jsonExcerpt(value, 10)).toBe(text);
  });

  it('ends for a value that holds itself', () => {
    const list: unknown[] = [];
    list.push(list);

    expect(jsonExcerpt(list, 10)).toBe('[[[[[[[[[[…');
  });

  it('reads no more of a value than it shows', () => {
    const unread = new Proxy({}, { ownKeys: () => expect.unreachable() });

    expect(jsonExcerpt(['x'.repeat(10), unread], 10)).toBe('["xxxxxxxx…');
  });
});

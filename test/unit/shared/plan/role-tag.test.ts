import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePriorityTag, parseRoleTag } from '../../../../shared/plan/role-tag.ts';

/** Any, halves of pairs too. */
const codeUnit = fc.nat({ max: 0xffff }).map((code) => String.fromCharCode(code));

describe('parseRoleTag', () => {
  it.each<[value: string | undefined, roles: string[]]>([
    [undefined, []],
    ['', []],
    ['db', ['db']],
    ['db,web', ['db', 'web']],
    [' db , web ', ['db', 'web']],
    ['   db   ,   web   ', ['db', 'web']],
    ['db,,web,', ['db', 'web']],
    ['db,db', ['db']],
    ['db;web', []],
    ['DB', []],
    ['db, not a role, web', ['db', 'web']],
    ['*', []],
    ['-db,db-', []],
    [`${'a'.repeat(64)},db`, ['db']],
  ])('reads %j as %j', (value, roles) => {
    expect(parseRoleTag(value)).toEqual(roles);
  });

  it('reads a value as long as a tag can have it, and nothing of a longer one', () => {
    const longest = 'db'.padEnd(256);

    expect(parseRoleTag(longest)).toEqual(['db']);
    expect(parseRoleTag(`${longest} `)).toEqual([]);
  });

  it('reads the first twenty names and no more: a tag is written by whoever may tag', () => {
    const names = Array.from({ length: 30 }, (_, index) => `role-${index}`);

    expect(parseRoleTag(names.join(','))).toEqual(names.slice(0, 20));
  });
});

describe('parseRoleTag of a value that tries to break out', () => {
  it.each<[attempt: string, value: string]>([
    ['the key of an item', 'ROLE#db'],
    ['the keys of several items', 'ROLE#db,STATE,INSTANCE#i-0123456789abcdef0,HISTORY#1#2'],
    ['a path', '../db'],
    ['a wildcard of a filter', 'd*'],
    ['a name of an object', '__proto__'],
    ['a line end after the name', 'db\n'],
    ['a tabulator before the name', '\tdb'],
    ['a null character in the name', 'd\u0000b'],
    ['an escape sequence of a terminal', '\u001b[31mdb\u001b[0m'],
    ['a no-break space beside the name', '\u00a0db'],
    ['a zero-width space in the name', 'd\u200bb'],
    ['a mark that turns the direction of writing', '\u202edb'],
    ['letters of another alphabet that look the same', '\u0501\u042c'],
    ['wide letters that are equal after normalising', '\uff44\uff42'],
    ['a wide comma between names', 'x\uff0cdb'],
    ['a combining accent', 'db\u0301'],
    ['half of a pair of code units', 'db\ud800'],
    ['JSON', '{"role":"db"}'],
    ['a name with more letters than a tag can have', 'a'.repeat(100_000)],
    ['more names than a tag can have letters', Array(100_000).fill('db').join(',')],
  ])('reads no name from %s', (_, value) => {
    expect(parseRoleTag(value)).toEqual([]);
  });

  it('reads the names that stand beside such an attempt', () => {
    expect(parseRoleTag('ROLE#db, web ,d\u0000b')).toEqual(['web']);
  });

  it('reads nothing but names of roles, whatever the value is', () => {
    fc.assert(
      fc.property(fc.string({ unit: codeUnit, maxLength: 300 }), (value) => {
        const names = parseRoleTag(value);

        expect(names.length).toBeLessThanOrEqual(20);
        for (const name of names) expect(name).toMatch(/^[a-z0-9-]{1,63}$/);
      }),
    );
  });
});

describe('parsePriorityTag', () => {
  it.each<[value: string | undefined, priority: number]>([
    ['5', 5],
    ['-5', -5],
    [' 5 ', 5],
    ['007', 7],
    ['999999', 999_999],
    ['1000000', 0],
    ['1.5', 0],
    ['1e3', 0],
    ['0x10', 0],
    ['Infinity', 0],
    ['high', 0],
    ['x5', 0],
    ['5x', 0],
    ['--5', 0],
    ['', 0],
    [undefined, 0],
  ])('reads %j as %d', (value, priority) => {
    expect(parsePriorityTag(value)).toBe(priority);
  });
});

import { describe, expect, it } from 'vitest';
import { parsePriorityTag, parseRoleTag } from '../../../../shared/plan/role-tag.ts';

describe('parseRoleTag', () => {
  it.each<[value: string | undefined, roles: string[]]>([
    [undefined, []],
    ['', []],
    ['db', ['db']],
    ['db,web', ['db', 'web']],
    [' db , web ', ['db', 'web']],
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

  it('reads the first twenty names and no more: a tag is written by whoever may tag', () => {
    const names = Array.from({ length: 30 }, (_, index) => `role-${index}`);

    expect(parseRoleTag(names.join(','))).toEqual(names.slice(0, 20));
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
    ['', 0],
    [undefined, 0],
  ])('reads %j as %d', (value, priority) => {
    expect(parsePriorityTag(value)).toBe(priority);
  });
});

import { describe, expect, it } from 'vitest';
import { roleTagWith, roleTagWithout } from '../../../cli/role-tag.ts';
import { roleName } from '../../builders/observed.ts';

const db = roleName('db');

describe('roleTagWith', () => {
  it.each([
    [undefined, 'db'],
    ['', 'db'],
    ['web', 'web,db'],
    ['web, nat ', 'web, nat,db'],
    ['web, db', 'web, db'],
  ])('makes %j ask for db as %j', (before, after) => {
    expect(roleTagWith(before, db)).toBe(after);
  });

  it('refuses a tag that has no room', () => {
    const many = Array.from({ length: 20 }, (_, index) => `r${index}`).join(',');

    expect(() => roleTagWith(many, db)).toThrow('no room for "db"');
    expect(() => roleTagWith(`${'x'.repeat(63)},`.repeat(4), db)).toThrow('no room for "db"');
  });
});

describe('roleTagWithout', () => {
  it.each([
    ['db', undefined],
    [undefined, undefined],
    ['web,db', 'web'],
    [' db , web, nat', ' web, nat'],
    ['db-2,db', 'db-2'],
  ])('takes db out of %j: %j', (before, after) => {
    expect(roleTagWithout(before, db)).toBe(after);
  });
});

import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { specProblems } from '../../../../shared/model/spec-problem.ts';

const schema = z.strictObject({ roles: z.record(z.string(), z.strictObject({ ttl: z.number() })) });

function problemsOf(input: unknown) {
  const { error } = schema.safeParse(input);
  return error === undefined ? [] : specProblems(error, input);
}

describe('specProblems', () => {
  it('gives each unknown key a problem of its own', () => {
    const problems = problemsOf({ roles: { db: { ttl: 1, tll: 2, name: 'x' } } });

    expect(problems.map(({ path }) => path)).toEqual(['roles.db.tll', 'roles.db.name']);
  });

  it('quotes what was found, and cuts it when it is long', () => {
    const [problem] = problemsOf({ roles: { db: { ttl: 'x'.repeat(200) } } });

    expect(problem?.found).toBe(`"${'x'.repeat(79)}…`);
  });

  it('cuts what is allowed where that is long, and keys of any length', () => {
    const key = 'k'.repeat(200);
    const inRole = z
      .unknown()
      .superRefine((_, { addIssue }) => addIssue({ code: 'custom', path: [key], message: key.repeat(3) }));

    const { error } = inRole.safeParse({});

    expect(error && specProblems(error, {})).toEqual([
      { path: `${key.slice(0, 80)}…`, found: 'nothing', allowed: `${key.repeat(2)}…` },
    ]);
  });

  it('says that nothing was found where a field is missing', () => {
    expect(problemsOf({ roles: { db: {} } })).toMatchObject([{ path: 'roles.db.ttl', found: 'nothing' }]);
  });

  it.each([
    [Number.NaN, 'NaN'],
    [() => 1, '() => 1'],
    [null, 'null'],
  ])('has words for %s too', (ttl, found) => {
    expect(problemsOf({ roles: { db: { ttl } } })).toMatchObject([{ found }]);
  });

  it('hands on what has no words of its own', () => {
    const { error } = z.custom(() => false).safeParse('x');

    expect(error && specProblems(error, 'x')).toEqual([{ path: '', found: '"x"', allowed: 'Invalid input' }]);
  });

  it.each(['text', 7, null])('says that nothing was found within %j', (role) => {
    const inRole = z
      .unknown()
      .superRefine((_, { addIssue }) => addIssue({ code: 'custom', path: ['db', 'ttl'] }));

    const { error } = inRole.safeParse({ db: role });

    expect(error && specProblems(error, { db: role })).toMatchObject([{ path: 'db.ttl', found: 'nothing' }]);
  });

  it('writes the positions of a list in brackets', () => {
    const { error } = z.array(z.array(z.number())).safeParse([[1], [2, 'x']]);

    expect(error && specProblems(error, [[1], [2, 'x']])).toMatchObject([{ path: '[1][1]', found: '"x"' }]);
  });
});

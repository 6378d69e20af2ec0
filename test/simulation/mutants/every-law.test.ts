import { describe, expect, it } from 'vitest';
import { lawNames } from '../checks/laws.ts';
import { mutants } from './mutants.ts';

describe('every law', () => {
  it.each(lawNames)('"%s" has a controller that breaks it', (name) => {
    const names = mutants.filter(({ breaks }) => breaks === name).map((mutant) => mutant.name);

    expect(names).not.toEqual([]);
  });
});

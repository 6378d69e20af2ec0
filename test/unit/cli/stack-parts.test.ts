import { describe, expect, it } from 'vitest';
import { stackParts } from '../../../cli/stack-parts.ts';
import { eventRules } from '../../../infra/event-rules.ts';
import { namesOf } from '../../../infra/names.ts';

describe('stackParts', () => {
  it('names every part as the template does', () => {
    const parts = stackParts('blue');

    const names = namesOf('blue');
    expect(parts).toEqual({
      deadLetterQueue: names.deadLetterQueue,
      undeliveredQueue: names.undeliveredQueue,
      failedResyncsQueue: names.failedResyncsQueue,
      archive: names.archive,
      resyncRule: names.resyncRule,
      eventRules: expect.toSatisfy((rules: readonly string[]) => rules.length > 0),
    });
    expect(names.table).toBe('blue');
    expect(parts.eventRules.toSorted()).toEqual(
      eventRules('role')
        .map(({ kind }) => names.ruleOf(kind))
        .toSorted(),
    );
  });
});

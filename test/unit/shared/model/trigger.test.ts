import { describe, expect, it } from 'vitest';
import { instanceStateSchema, isGone } from '../../../../shared/model/trigger.ts';

describe('isGone', () => {
  it('holds for the two states from which no instance comes back, and for no other', () => {
    expect(instanceStateSchema.options.filter(isGone)).toEqual(['shutting-down', 'terminated']);
  });
});

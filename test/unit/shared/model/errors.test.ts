import { describe, expect, it } from 'vitest';
import {
  assertNever,
  ControllerError,
  isControllerError,
  toControllerError,
} from '../../../../shared/model/errors.ts';

const cause = new Error('socket hang up');
const error = new ControllerError('AssociateAddress: no', {
  code: 'AuthFailure',
  disposition: 'permanent',
  cause,
});

describe('ControllerError', () => {
  it('carries a stable code, what to do, and what lies beneath', () => {
    expect(error).toMatchObject({
      name: 'ControllerError',
      message: 'AssociateAddress: no',
      code: 'AuthFailure',
      disposition: 'permanent',
      cause,
    });
  });

  it('has no cause when there is none', () => {
    expect('cause' in new ControllerError('no', { code: 'A', disposition: 'conflict' })).toBe(false);
  });
});

describe('isControllerError', () => {
  it('knows one from another bundle, where the class is another', () => {
    const fromAnotherBundle = Object.assign(new Error('no'), {
      [Symbol.for('understudy.ControllerError')]: true,
    });

    expect(isControllerError(fromAnotherBundle)).toBe(true);
  });

  it.each([
    new Error('no'),
    { code: 'AuthFailure', disposition: 'permanent' },
    'ControllerError',
    null,
    undefined,
  ])('does not take %s for one', (value) => {
    expect(isControllerError(value)).toBe(false);
  });
});

describe('toControllerError', () => {
  it('hands on one that is one', () => {
    expect(toControllerError(error)).toBe(error);
  });

  it.each([
    [cause, 'socket hang up'],
    ['thrown text', 'thrown text'],
    [undefined, 'undefined'],
  ])('makes %s an unexpected failure, worth another try', (thrown, message) => {
    expect(toControllerError(thrown)).toMatchObject({
      message,
      code: 'Unexpected',
      disposition: 'retryable',
    });
  });
});

describe('assertNever', () => {
  it('names the case that was forgotten', () => {
    const forgotten = { kind: 'new' } as unknown as never;

    expect(() => assertNever(forgotten)).toThrow(
      expect.objectContaining({
        message: 'unhandled case: {"kind":"new"}',
        code: 'UnhandledCase',
        disposition: 'permanent',
      }),
    );
  });
});

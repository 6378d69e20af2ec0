import type { LoggedCall } from '../../../localcloud/core/call-log.ts';

/** The codes by which the services deny a call. */
const denialCodes = /^(?:UnauthorizedOperation|AccessDenied(?:Exception)?)$/;

/** The calls that somebody's policies do not allow, such as `AssociateAddress UnauthorizedOperation`; each once. */
export function denialsAmong(calls: readonly LoggedCall[]): readonly string[] {
  const denied = calls.filter(({ errorCode = '' }) => denialCodes.test(errorCode));
  return [...new Set(denied.map(({ operation, errorCode }) => `${operation} ${errorCode}`))];
}

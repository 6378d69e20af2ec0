import { notModelled } from '../core/aws-error.ts';

/** Who makes a request: an AWS service, or a role's session. */
export type Caller =
  | { readonly kind: 'service'; readonly name: string }
  | { readonly kind: 'role'; readonly roleArn: string; readonly sessionArn: string };

/** The principals of a statement, as a document names them. */
export type PrincipalElement = '*' | Readonly<Record<string, readonly string[]>>;

/**
 * Whether a statement of a resource's policy is about a caller.
 * Throws by name for kinds of principals that localcloud does not know.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function compilePrincipal(element: PrincipalElement): (caller: Caller) => boolean {
  if (element === '*') return () => true;
  const unknown = Object.keys(element).find((kind) => kind !== 'AWS' && kind !== 'Service');
  if (unknown !== undefined) throw notModelled(`principals of the kind ${unknown}`);
  const services = new Set(element['Service']);
  const accounts = new Set(element['AWS']);
  const isAnybody = accounts.has('*');
  return (caller) => {
    if (caller.kind === 'service') return isAnybody || services.has(caller.name);
    const accountId = caller.roleArn.split(':')[4] ?? '';
    const root = caller.roleArn.replace(/:role\/.*$/, ':root');
    return [
      isAnybody,
      ...[caller.roleArn, caller.sessionArn, accountId, root].map((name) => accounts.has(name)),
    ].some(Boolean);
  };
}

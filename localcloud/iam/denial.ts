import { AwsError } from '../core/aws-error.ts';
import type { Decision, Requirement } from './evaluate.ts';

const codes: ReadonlyMap<string, { readonly code: string; readonly status: number }> = new Map([
  ['ec2', { code: 'UnauthorizedOperation', status: 403 }],
  ['dynamodb', { code: 'AccessDeniedException', status: 400 }],
  ['events', { code: 'AccessDeniedException', status: 400 }],
]);
const usual = { code: 'AccessDenied', status: 403 };

/**
 * The error of a denied call, in its service's own code and in AWS's words.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function denial(
  service: string,
  sessionArn: string,
  { action, resource }: Requirement,
  decision: Exclude<Decision, { kind: 'allowed' }>,
): AwsError {
  const { code, status } = codes.get(service) ?? usual;
  const reason =
    decision.kind === 'explicit-deny'
      ? `with an explicit deny in ${decision.statement.isAbout === undefined ? 'an identity' : 'a resource'}-based policy`
      : `because no identity-based policy allows the ${action} action`;
  const told = `User: ${sessionArn} is not authorized to perform: ${action} on resource: ${resource} ${reason}`;
  if (service !== 'ec2') return new AwsError(code, told, status);
  // AWS's text is encrypted; ours tells no more than the sentence before it.
  const encoded = Buffer.from(JSON.stringify({ allowed: false, action, resource })).toString('base64url');
  return new AwsError(
    code,
    `You are not authorized to perform this operation. ${told}. Encoded authorization failure message: ${encoded}`,
    status,
  );
}

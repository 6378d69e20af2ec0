import { AwsError } from '../../core/aws-error.ts';
import { type DomainName, parseDomainName } from '../domain-name.ts';

/** Reads a domain name, or throws the given code with Route 53's words for what is wrong. */
export function requireDomainName(text: string, code: 'InvalidDomainName' | 'InvalidInput'): DomainName {
  const parsed = parseDomainName(text);
  if (parsed.kind === 'problem') throw new AwsError(code, parsed.message);
  return parsed.name;
}

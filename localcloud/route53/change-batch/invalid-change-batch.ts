import { AwsError } from '../../core/aws-error.ts';

/**
 * All that is wrong with a batch, as Route 53 answers it: one message in brackets, in the ordinary error form. The
 * separate `<InvalidChangeBatch><Messages>` document is no longer sent (aws-sdk-kotlin pull request 1435).
 */
export function invalidChangeBatch(messages: readonly string[]): AwsError {
  return new AwsError('InvalidChangeBatch', `[${messages.join(', ')}]`);
}

import type { STSClient } from '@aws-sdk/client-sts';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { CliError } from './cli-error.ts';

/**
 * Who runs the command, by the ARN of their credentials: every word of an operator is kept with who said it.
 * @throws CliError `CallerUnknown` when nobody can tell: nothing is done for somebody without a name.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export async function callerArn(sts: STSClient): Promise<string> {
  const { Arn } = await sts.send(new GetCallerIdentityCommand({}));
  if (Arn !== undefined) return Arn;
  throw new CliError('AWS did not say who you are, and nothing was changed', {
    code: 'CallerUnknown',
    hint: 'aws sts get-caller-identity shows who you are; the history names who asked for a move',
  });
}

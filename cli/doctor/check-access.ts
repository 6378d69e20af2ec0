import { explainError } from '../explain-error.ts';
import type { Check } from './finding.ts';
import { fail, ok } from './finding.ts';

/** Whether AWS knows who asks, and where. */
export const checkAccess: Check = async ({ aws }) => {
  try {
    return [ok('credentials', `${await aws.caller()} in ${aws.settings.region}`)];
  } catch (error) {
    const { message, hint } = explainError(error);
    return [fail('credentials', message, hint ?? 'aws sts get-caller-identity shows who you are')];
  }
};

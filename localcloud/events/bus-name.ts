import { z } from 'zod';
import { AwsError } from '../core/aws-error.ts';

/** The parameter that names a bus, or gives its ARN. */
export const busName = z.string().optional();

/** There is only the default bus. Throws ResourceNotFoundException for another. */
export function requireDefaultBus(name: string | undefined, defaultBusArn: string): void {
  if (name === undefined || name === 'default' || name === defaultBusArn) return;
  throw new AwsError('ResourceNotFoundException', `Event bus ${name} does not exist.`);
}

import type { AwsError } from './aws-error.ts';
import type { Call } from './service.ts';

/** A call that has come to its end, for those who keep account of what is asked of the cloud. */
export interface RecordedCall {
  readonly call: Call;
  /** As in the credential scope: `ec2`, `route53`, … */
  readonly service: string;
  readonly operation: string;
  /** As it came, in the SDK's names; not checked. */
  readonly input: unknown;
  readonly userAgent: string | undefined;
  /** Undefined when it had its effect, whether or not the caller learnt of it. */
  readonly error: AwsError | undefined;
}

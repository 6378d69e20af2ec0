import { AwsError } from '../../core/aws-error.ts';

interface Remembered {
  readonly fingerprint: string;
  readonly ids: readonly string[];
}

/** Tokens that are kept; AWS keeps them for a time that depends on the operation. */
const tokensMax = 10_000;

/**
 * What requests with a client token have made, so that the same request makes it only once.
 * Source: https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-idempotency.html
 */
export class ClientTokens {
  readonly #byToken = new Map<string, Remembered>();

  /**
   * The ids that an earlier request with this token made; undefined for a new token or none. Throws
   * InvalidClientToken, and IdempotentParameterMismatch when the earlier request was another one.
   */
  recall(action: string, token: string | undefined, request: object): readonly string[] | undefined {
    if (token === undefined) return undefined;
    if (token.length > 64)
      throw new AwsError('InvalidClientToken', 'The client token is longer than 64 characters');
    const remembered = this.#byToken.get(`${action} ${token}`);
    if (remembered !== undefined && remembered.fingerprint !== JSON.stringify(request))
      throw new AwsError(
        'IdempotentParameterMismatch',
        'Arguments on this idempotent request are inconsistent with arguments used in previous request(s).',
      );
    return remembered?.ids;
  }

  remember(action: string, token: string | undefined, request: object, ids: readonly string[]): void {
    if (token === undefined) return;
    this.#byToken.set(`${action} ${token}`, { fingerprint: JSON.stringify(request), ids });
    const [oldest] = this.#byToken.keys();
    if (this.#byToken.size > tokensMax && oldest !== undefined) this.#byToken.delete(oldest);
  }
}

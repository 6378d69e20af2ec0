/** An error as an AWS client sees it: stable code, message text and HTTP status. Protocols encode it. */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.name = code;
    this.code = code;
    this.status = status;
  }
}

/** Localcloud's honesty: what it does not model is refused by name, never answered with a silent success. */
export function notModelled(what: string): AwsError {
  return new AwsError('NotImplementedByLocalcloud', `localcloud does not model ${what}`, 501);
}

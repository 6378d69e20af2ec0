import { setImmediate as nextTurn } from 'node:timers/promises';

/** What an SDK client put on the wire. */
export interface CannedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  /** The body's text. */
  readonly body: string;
}

export interface CannedAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The parts of the SDK's own request that are looked at. */
interface SdkRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/**
 * The far end of the wire for a real SDK client: its serialisers, its parsing of errors and its retries are the true
 * ones, only the network is not there.
 *
 * - Each request is recorded in `requests`, then answered by `answer`, in the order of asking.
 * - An answer that is an `Error` is thrown, as by a connection that breaks.
 * - An answer is never given before the next turn of the event loop, so that calls side by side overlap.
 */
export class CannedAws {
  readonly requests: CannedRequest[] = [];
  readonly #answer: (request: CannedRequest, index: number) => CannedAnswer | Error;

  constructor(answer: (request: CannedRequest, index: number) => CannedAnswer | Error) {
    this.#answer = answer;
  }

  /** Settings for any client. One try, so that what comes back is what was answered. */
  get options() {
    return {
      region: 'eu-west-1',
      credentials: { accessKeyId: 'AKIACANNED', secretAccessKey: 'not-checked' },
      maxAttempts: 1,
      requestHandler: {
        metadata: { handlerProtocol: 'http/1.1' },
        handle: (request: SdkRequest) => this.#handle(request),
        destroy: () => undefined,
        updateHttpClientConfig: () => undefined,
        httpHandlerConfigs: () => ({}),
      },
    };
  }

  async #handle({ method, path, query = {}, headers, body }: SdkRequest) {
    const request = { method, path, query, headers, body: textOf(body) };
    const answer = this.#answer(request, this.requests.push(request) - 1);
    await nextTurn();
    if (answer instanceof Error) throw answer;
    const { status = 200, headers: answerHeaders = {}, body: answerBody } = answer;
    return {
      response: { statusCode: status, headers: { ...answerHeaders }, body: Buffer.from(answerBody) },
    };
  }
}

function textOf(body: unknown): string {
  if (body instanceof Uint8Array)
    return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString();
  return typeof body === 'string' ? body : '';
}

/** A good answer of EC2's query protocol, `body` being what stands inside it. */
export function ec2Answer(operation: string, body: string): CannedAnswer {
  return {
    body: `<${operation}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>1</requestId>${body}</${operation}Response>`,
  };
}

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html */
export function ec2Error(code: string, status = 400): CannedAnswer {
  return {
    status,
    body: `<?xml version="1.0" encoding="UTF-8"?><Response><Errors><Error><Code>${code}</Code><Message>canned</Message></Error></Errors><RequestID>1</RequestID></Response>`,
  };
}

/** @see https://docs.aws.amazon.com/Route53/latest/APIReference/requests-rest-responses.html */
export function route53Error(code: string, status = 400): CannedAnswer {
  return {
    status,
    body: `<?xml version="1.0"?><ErrorResponse xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><Error><Type>Sender</Type><Code>${code}</Code><Message>canned</Message></Error><RequestId>1</RequestId></ErrorResponse>`,
  };
}

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html */
export function dynamodbError(code: string, status = 400): CannedAnswer {
  return {
    status,
    body: JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${code}`, message: 'canned' }),
  };
}

export function jsonAnswer(output: object): CannedAnswer {
  return { body: JSON.stringify(output) };
}

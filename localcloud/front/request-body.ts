import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';

/** DynamoDB's request limit, the largest of the services here. */
export const bodyBytesMax = 16 * 1024 * 1024;

/** A request body that is too large or in no encoding that is read here. */
export class RefusedBody extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const inflaters: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  gzip: (bytes) => gunzipSync(bytes, { maxOutputLength: bodyBytesMax }),
  deflate: (bytes) => inflateSync(bytes, { maxOutputLength: bodyBytesMax }),
  br: (bytes) => brotliDecompressSync(bytes, { maxOutputLength: bodyBytesMax }),
};

/** A body as it was before its `content-encoding`. Throws RefusedBody. */
export function inflated(bytes: Buffer, encoding: string | undefined): Buffer {
  if (encoding === undefined || encoding === 'identity' || bytes.length === 0) return bytes;
  const inflate = inflaters[encoding];
  if (inflate === undefined)
    throw new RefusedBody(415, `localcloud does not read content-encoding ${encoding}`);
  try {
    return inflate(bytes);
  } catch {
    throw new RefusedBody(400, `the body is not ${encoding}`);
  }
}

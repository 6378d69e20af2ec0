import type { RequestListener } from 'node:http';
import dynalite from 'dynalite';
import { z } from 'zod';
import { AwsError } from '../core/aws-error.ts';
import { letIteratorsClose } from './closing-iterators.ts';
import { exchange } from './socketless-exchange.ts';

export type DynamodbAnswer = Readonly<Record<string, unknown>>;

/** Runs one DynamoDB operation; throws AwsError as DynamoDB words it. */
export type DynamodbEngine = (operation: string, input: object) => Promise<DynamodbAnswer>;

const answerSchema = z.record(z.string(), z.unknown());
const errorSchema = z.object({
  __type: z.string(),
  message: z.string().optional(),
  Message: z.string().optional(),
});

// dynalite reads who and where it is from the process environment; localcloud says it per cloud.
const dynaliteArn = /arn:aws:dynamodb:[a-z0-9-]+:\d{12}:/g;

// dynalite refuses unsigned requests, but checks no signature.
const signature = {
  authorization: 'AWS4-HMAC-SHA256 Credential=localcloud, SignedHeaders=host, Signature=unchecked',
  'x-amz-date': '20260101T000000Z',
  'content-type': 'application/x-amz-json-1.0',
};

/**
 * dynalite with an empty in-memory store, called without a socket. `arnPrefix` replaces its own in answers
 * (`arn:aws:dynamodb:region:account:`).
 */
export function createDynaliteEngine(arnPrefix: string): DynamodbEngine {
  letIteratorsClose();
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  const [listener] = server.listeners('request') as RequestListener[];
  if (listener === undefined) throw new Error('dynalite has no request listener');
  return async (operation, input) => {
    const headers = { ...signature, 'x-amz-target': `DynamoDB_20120810.${operation}` };
    const { status, body } = await exchange(listener, headers, JSON.stringify(input));
    const answer: unknown = JSON.parse(body.replaceAll(dynaliteArn, arnPrefix));
    // Its tagging answers with an empty text.
    if (status === 200) return answer === '' ? {} : answerSchema.parse(answer);
    const { __type, message, Message } = errorSchema.parse(answer);
    throw new AwsError(__type.slice(__type.indexOf('#') + 1), message ?? Message ?? '', status);
  };
}

import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { BatchGetCommand, BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { chunked } from '../../model/chunked.ts';
import { ControllerError } from '../../model/errors.ts';
import { fromAws } from '../aws-error.ts';
import type { Key } from './keys.ts';

export type Item = Readonly<Record<string, unknown>>;

/** Keys of one BatchGetItem, and items of one BatchWriteItem, at the most. */
const batchGetMax = 100;
const batchWriteMax = 25;

/** Tries for what DynamoDB leaves unprocessed when it is busy. */
const unprocessedTriesMax = 5;
const firstBackoffMs = 50;

/** Waits for that many milliseconds. */
export type Sleep = (durationMs: number) => Promise<void>;

/** One table and the client that speaks to it, with failures classified and named after the table. */
export class Table {
  readonly name: string;
  readonly client: DynamoDBDocumentClient;
  readonly #sleep: Sleep;

  constructor(client: DynamoDBDocumentClient, name: string, sleep: Sleep) {
    this.client = client;
    this.name = name;
    this.#sleep = sleep;
  }

  /** Runs one call on the table. */
  async call<Output>(
    doing: string,
    call: (client: DynamoDBDocumentClient) => Promise<Output>,
  ): Promise<Output> {
    try {
      return await call(this.client);
    } catch (error) {
      throw this.#classified(error, doing);
    }
  }

  #classified(error: unknown, doing: string): ControllerError {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') {
      return new ControllerError(
        `the table "${this.name}" does not exist; is the stack deployed, and in this region?`,
        {
          code: 'TableMissing',
          disposition: 'permanent',
          cause: error,
        },
      );
    }
    return fromAws(error, `${doing} on ${this.name}`);
  }

  /** Consistent reads of many keys; what does not exist is left out. */
  async batchGet(keys: readonly Key[]): Promise<readonly Item[]> {
    const chunks = await Promise.all(chunked(keys, batchGetMax).map((chunk) => this.#batchGetChunk(chunk)));
    return chunks.flat();
  }

  async #batchGetChunk(keys: readonly Key[]): Promise<readonly Item[]> {
    const items: Item[] = [];
    let left = [...keys];
    for (let tries = 0; left.length > 0; tries++) {
      await this.#backOff(tries, 'BatchGetItem');
      const Keys = left;
      const output = await this.call('BatchGetItem', (client) =>
        client.send(new BatchGetCommand({ RequestItems: { [this.name]: { Keys, ConsistentRead: true } } })),
      );
      items.push(...(output.Responses?.[this.name] ?? []));
      left = (output.UnprocessedKeys?.[this.name]?.Keys ?? []) as Key[];
    }
    return items;
  }

  /** Puts many items, each as if alone; of two with one key the later counts. */
  async batchPut(items: readonly (Key & Item)[]): Promise<void> {
    const distinct = [...new Map(items.map((item) => [`${item.pk} ${item.sk}`, item])).values()];
    await Promise.all(chunked(distinct, batchWriteMax).map((chunk) => this.#batchPutChunk(chunk)));
  }

  async #batchPutChunk(items: readonly Item[]): Promise<void> {
    let left: Item[] = [...items];
    for (let tries = 0; left.length > 0; tries++) {
      await this.#backOff(tries, 'BatchWriteItem');
      const requests = left.map((each) => ({ PutRequest: { Item: each } }));
      const output = await this.call('BatchWriteItem', (client) =>
        client.send(new BatchWriteCommand({ RequestItems: { [this.name]: requests } })),
      );
      left = (output.UnprocessedItems?.[this.name] ?? []).flatMap(({ PutRequest }) => PutRequest?.Item ?? []);
    }
  }

  /** DynamoDB asks for exponential backoff between tries of what it left unprocessed. */
  async #backOff(tries: number, doing: string): Promise<void> {
    if (tries === 0) return;
    if (tries < unprocessedTriesMax) return this.#sleep(firstBackoffMs * 2 ** (tries - 1));
    throw new ControllerError(`${doing} on ${this.name} left items unprocessed ${tries} times`, {
      code: 'Throttling',
      disposition: 'retryable',
    });
  }
}

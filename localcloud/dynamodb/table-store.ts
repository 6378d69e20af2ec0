import type { Surroundings } from '../core/surroundings.ts';
import { batchGet } from './batch-get.ts';
import { writeTellingBlocker } from './condition-check.ts';
import type { DynamodbAnswer, DynamodbEngine } from './dynalite-engine.ts';
import { LaggingCopy } from './lagging-copy.ts';
import { isTableChange, untilTableStands } from './table-change.ts';

/**
 * The tables: writes one at a time, in the order in which they came; strong reads from the store itself, eventually
 * consistent ones from a copy behind it as long as a lag is set.
 */
export class TableStore {
  readonly #createEngine: () => DynamodbEngine;
  readonly #engine: DynamodbEngine;
  readonly #surroundings: Surroundings;
  #copy: LaggingCopy | undefined;
  #lastWrite: Promise<unknown> = Promise.resolve();

  constructor(surroundings: Surroundings, createEngine: () => DynamodbEngine) {
    this.#surroundings = surroundings;
    this.#createEngine = createEngine;
    this.#engine = createEngine();
  }

  write(operation: string, input: object): Promise<DynamodbAnswer> {
    return this.#takeTurn(async () => {
      await this.#keepCopy();
      const answer = await writeTellingBlocker(this.#engine, operation, input);
      if (isTableChange(operation)) await untilTableStands(this.#engine, input);
      await this.#copy?.follow(operation, input);
      return answer;
    });
  }

  read(operation: string, input: object): Promise<DynamodbAnswer> {
    const eventual = this.#lagMs() > 0 && this.#copy !== undefined ? this.#copy.read : this.#engine;
    if (operation === 'BatchGetItem') return batchGet(input, { strong: this.#engine, eventual });
    return isEventual(operation, input) ? eventual(operation, input) : this.#engine(operation, input);
  }

  #lagMs(): number {
    return this.#surroundings.lag().dynamodbReadMs ?? 0;
  }

  #takeTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = this.#lastWrite.then(work);
    this.#lastWrite = turn.catch(() => undefined);
    return turn;
  }

  /** A world without lag does not pay for a copy; one that lags gets it before its next write. */
  async #keepCopy(): Promise<void> {
    if (this.#copy !== undefined || this.#lagMs() === 0) return;
    this.#copy = await LaggingCopy.of(this.#engine, {
      createEngine: this.#createEngine,
      clock: this.#surroundings.clock,
      random: this.#surroundings.random.fork('dynamodb lag'),
      lagMs: () => this.#lagMs(),
    });
  }
}

const itemReads: ReadonlySet<string> = new Set(['GetItem', 'Query', 'Scan']);

function isEventual(operation: string, input: object): boolean {
  return itemReads.has(operation) && Reflect.get(input, 'ConsistentRead') !== true;
}

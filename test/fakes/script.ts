/**
 * What the fakes were asked, and what is to happen in between.
 *
 * - Each call is recorded in `calls` as `operation subject` when it begins.
 * - `before(operation, act)` runs `act` once, when the next call of that operation begins and before it does anything;
 *   what `act` throws, the call throws. Several acts for one operation are used up one call at a time, in order.
 * - `dieAfter(count)` lets that many more calls begin; then every call throws, until `revive`. So does a program that is
 *   killed: what it had begun is done, and it can tell nobody.
 * - `gate`, where it is given, is awaited first by each call: whoever holds it decides in which order calls go on.
 */
export class Script {
  readonly calls: string[] = [];
  readonly #acts = new Map<string, (() => unknown)[]>();
  readonly #gate: (call: string) => Promise<void>;
  #callsLeft = Number.POSITIVE_INFINITY;

  constructor(gate: (call: string) => Promise<void> = async () => undefined) {
    this.#gate = gate;
  }

  dieAfter(count: number): void {
    this.#callsLeft = count;
  }

  revive(): void {
    this.#callsLeft = Number.POSITIVE_INFINITY;
  }

  before(operation: string, act: () => unknown): void {
    this.#acts.set(operation, [...(this.#acts.get(operation) ?? []), act]);
  }

  async enter(operation: string, subject = ''): Promise<void> {
    const call = `${operation} ${subject}`.trim();
    await this.#gate(call);
    if (this.#callsLeft <= 0) throw new Error('killed');
    this.#callsLeft -= 1;
    this.calls.push(call);
    await this.#acts.get(operation)?.shift()?.();
  }

  /** How many calls of that operation there were. */
  count(operation: string): number {
    return this.calls.filter((call) => call.split(' ')[0] === operation).length;
  }
}

import type { Random } from '../../core/random.ts';

/**
 * Numbers 0 … size-1 to take from and give back, each operation in constant time: a shuffled deck of which only
 * the cards that moved are kept. Free numbers are in front.
 */
export class AddressPool {
  readonly size: number;
  readonly #random: Random;
  #freeCount: number;
  readonly #numberAt = new Map<number, number>();
  readonly #placeOf = new Map<number, number>();

  constructor(size: number, random: Random) {
    this.size = size;
    this.#freeCount = size;
    this.#random = random;
  }

  get freeCount(): number {
    return this.#freeCount;
  }

  isFree(number: number): boolean {
    return this.#place(number) < this.#freeCount;
  }

  /** Takes a random free number, as EC2 picks addresses; undefined when none is left. */
  takeAny(): number | undefined {
    if (this.#freeCount === 0) return undefined;
    const number = this.#number(this.#random.integer(this.#freeCount));
    this.take(number);
    return number;
  }

  /** Takes this number; it must be free. */
  take(number: number): void {
    if (!this.isFree(number)) throw new Error(`${number} is already taken`);
    this.#freeCount -= 1;
    this.#swap(this.#place(number), this.#freeCount);
  }

  /** Gives this number back; it must be taken. */
  give(number: number): void {
    if (this.isFree(number)) throw new Error(`${number} was not taken`);
    this.#swap(this.#place(number), this.#freeCount);
    this.#freeCount += 1;
  }

  #number(place: number): number {
    return this.#numberAt.get(place) ?? place;
  }

  #place(number: number): number {
    return this.#placeOf.get(number) ?? number;
  }

  #swap(a: number, b: number): void {
    const [first, second] = [this.#number(a), this.#number(b)];
    this.#set(a, second);
    this.#set(b, first);
  }

  #set(place: number, number: number): void {
    this.#numberAt.set(place, number);
    this.#placeOf.set(number, place);
  }
}

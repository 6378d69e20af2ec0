import fc from 'fast-check';
import { expect, test } from 'vitest';
import { VirtualClock } from '../../../../localcloud/core/clock.ts';
import { seededRandom } from '../../../../localcloud/core/random.ts';
import { Queue } from '../../../../localcloud/sqs/queue.ts';
import { defaultQueueSettings } from '../../../../localcloud/sqs/queue-attributes.ts';

function aQueue(clock: VirtualClock): Queue {
  const identity = {
    name: 'work',
    arn: 'arn:aws:sqs:us-east-1:123456789012:work',
    settings: defaultQueueSettings,
  };
  return new Queue(identity, { clock, random: seededRandom(1) }, () => false);
}

const step = fc.oneof(
  fc.record({ kind: fc.constant('send' as const), seconds: fc.integer({ min: 0, max: 20 }) }),
  fc.record({ kind: fc.constant('receive' as const), seconds: fc.integer({ min: 0, max: 30 }) }),
  fc.record({ kind: fc.constant('delete' as const), which: fc.nat() }),
  fc.record({
    kind: fc.constant('hide' as const),
    which: fc.nat(),
    seconds: fc.integer({ min: 0, max: 30 }),
  }),
  fc.record({ kind: fc.constant('wait' as const), seconds: fc.integer({ min: 0, max: 40 }) }),
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/** What must be true of a message, kept beside the queue by the simplest means. */
interface Expected {
  readonly id: string;
  visibleAtMs: number;
  isDeleted: boolean;
  latestHandle: string | undefined;
}

class Bench {
  readonly clock = new VirtualClock();
  readonly queue = aQueue(this.clock);
  readonly #expected = new Map<string, Expected>();
  readonly #receipts: { readonly of: Expected; readonly handle: string }[] = [];

  take(each: Step): void {
    if (each.kind === 'wait') this.clock.advanceBy(each.seconds * 1000);
    else if (each.kind === 'send') this.#send(each.seconds);
    else if (each.kind === 'receive') this.#receive(each.seconds);
    else this.#useReceipt(each);
  }

  living(): Expected[] {
    return [...this.#expected.values()].filter(({ isDeleted }) => !isDeleted);
  }

  visible(): Expected[] {
    return this.living().filter(({ visibleAtMs }) => visibleAtMs <= this.clock.now());
  }

  #send(delaySeconds: number): void {
    const { id } = this.queue.send({ body: 'x', senderId: 'me' }, delaySeconds);
    const visibleAtMs = this.clock.now() + delaySeconds * 1000;
    this.#expected.set(id, { id, visibleAtMs, isDeleted: false, latestHandle: undefined });
  }

  #receive(timeoutSeconds: number): void {
    const visible = this.visible();
    const messages = this.queue.receive(3, timeoutSeconds);
    expect(messages).toHaveLength(Math.min(3, visible.length));
    expect(new Set(messages.map(({ id }) => id)).size).toBe(messages.length);
    for (const { id, receiptHandle: handle = '' } of messages) {
      const known = visible.find((each) => each.id === id);
      if (known === undefined) throw new Error('a hidden or deleted message was received');
      known.visibleAtMs = this.clock.now() + timeoutSeconds * 1000;
      known.latestHandle = handle;
      this.#receipts.push({ of: known, handle });
    }
  }

  #useReceipt(each: Extract<Step, { which: number }>): void {
    const receipt = this.#receipts[each.which % Math.max(1, this.#receipts.length)];
    if (receipt === undefined) return;
    const { of: known, handle } = receipt;
    const isLatest = known.latestHandle === handle && !known.isDeleted;
    if (each.kind === 'delete') {
      this.queue.delete(handle);
      known.isDeleted ||= isLatest;
    } else if (isLatest && known.visibleAtMs > this.clock.now()) {
      this.queue.changeVisibility(handle, each.seconds);
      known.visibleAtMs = this.clock.now() + each.seconds * 1000;
    } else {
      expect(() => this.queue.changeVisibility(handle, each.seconds)).toThrow();
    }
  }
}

test('a queue hides, shows and forgets messages exactly as it was told', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const bench = new Bench();

      for (const each of steps) {
        bench.take(each);
        expect(bench.queue.counts().visible).toBe(bench.visible().length);
      }
      bench.clock.advanceBy(60_000);
      const left = bench.queue.receive(1_000);

      expect(left.map(({ id }) => id).toSorted()).toEqual(
        bench
          .living()
          .map(({ id }) => id)
          .toSorted(),
      );
    }),
  );
});

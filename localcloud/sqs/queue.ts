import { AwsError } from '../core/aws-error.ts';
import type { Clock, Timer } from '../core/clock.ts';
import type { Random } from '../core/random.ts';
import { TimeHeap } from '../core/time-heap.ts';
import { createMessage, type Message, type NewMessage } from './message.ts';
import type { QueueSettings } from './queue-attributes.ts';

/** How many messages are where, as the `ApproximateNumberOfMessages…` attributes tell. */
export interface QueueCounts {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
}

/** Somebody who waits for a message; `cancel` is a no-op once it has been called. */
export interface Waiter {
  cancel(): void;
}

interface Slot {
  readonly message: Message;
  /** The message's own count when the slot was made; a change of visibility since then makes the slot void. */
  readonly visibilityChanges: number;
}

const maxVisibilityMs = 43_200_000;

/**
 * One standard queue: messages wait, are received (hidden for a while), and are deleted or come back. Sending,
 * receiving and changing visibility are O(log n).
 */
export class Queue {
  readonly name: string;
  readonly arn: string;
  readonly createdMs: number;
  modifiedMs: number;
  settings: QueueSettings;
  tags: ReadonlyMap<string, string> = new Map();
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #giveUp: (message: Message, queue: Queue) => boolean;
  readonly #messages = new Map<string, Message>();
  readonly #byVisibility = new TimeHeap<Slot>();
  readonly #waiters = new Set<() => void>();
  #alarm: Timer | undefined;

  /** `giveUp` takes over a message that was received too often; false leaves it here. */
  constructor(
    identity: { readonly name: string; readonly arn: string; readonly settings: QueueSettings },
    surroundings: { readonly clock: Clock; readonly random: Random },
    giveUp: (message: Message, queue: Queue) => boolean,
  ) {
    this.name = identity.name;
    this.arn = identity.arn;
    this.settings = identity.settings;
    this.#clock = surroundings.clock;
    this.#random = surroundings.random;
    this.#giveUp = giveUp;
    this.createdMs = this.#clock.now();
    this.modifiedMs = this.createdMs;
  }

  send(sent: NewMessage, delaySeconds = this.settings.DelaySeconds): Message {
    const nowMs = this.#clock.now();
    const message = createMessage(sent, this.#random.uuid(), nowMs, nowMs + delaySeconds * 1000);
    this.#keep(message);
    return message;
  }

  /** Takes a message from another queue; it keeps its id and the time it was sent. */
  adopt(message: Message): void {
    const visibleAtMs = this.#clock.now() + this.settings.DelaySeconds * 1000;
    this.#keep({ ...message, visibleAtMs, receiveCountHere: 0, receiptHandle: undefined });
  }

  /** Up to `max` messages that are visible now, oldest visibility first, hidden from now on. */
  receive(max: number, visibilityTimeoutSeconds = this.settings.VisibilityTimeout): Message[] {
    const nowMs = this.#clock.now();
    const received: Message[] = [];
    while (received.length < max) {
      const message = this.#takeVisible(nowMs);
      if (message === undefined) break;
      const redrive = this.settings.RedrivePolicy;
      if (redrive && message.receiveCountHere >= redrive.maxReceiveCount && this.#giveUp(message, this)) {
        this.#messages.delete(message.id);
        continue;
      }
      message.receiveCount += 1;
      message.receiveCountHere += 1;
      message.firstReceivedMs ??= nowMs;
      message.lastReceivedMs = nowMs;
      message.receiptHandle = this.#newReceiptHandle(message);
      received.push(message);
    }
    // Only now, or a timeout of zero would let one call return a message twice.
    for (const message of received) this.#showAt(message, nowMs + visibilityTimeoutSeconds * 1000);
    return received;
  }

  /**
   * Calls back once as soon as a message can be received; never synchronously with this call. Waits for ever: who
   * wants to give up plans that on the clock.
   */
  whenVisible(callback: () => void): Waiter {
    this.#waiters.add(callback);
    this.#setAlarm();
    return { cancel: () => void this.#waiters.delete(callback) };
  }

  /** Deletes by the latest receipt handle; an older one, or one of a message that is gone, does nothing. */
  delete(receiptHandle: string): void {
    const message = this.#messages.get(this.#messageIdOf(receiptHandle));
    if (message?.receiptHandle === receiptHandle) this.#messages.delete(message.id);
  }

  /** The message that could be received next, left where it is. */
  nextVisible(): Message | undefined {
    const nowMs = this.#clock.now();
    const message = this.#takeVisible(nowMs);
    if (message !== undefined) this.#showAt(message, message.visibleAtMs);
    return message;
  }

  /** Removes a message whatever its state; false when it is not here. */
  remove(messageId: string): boolean {
    return this.#messages.delete(messageId);
  }

  /** Throws MessageNotInflight, or InvalidParameterValue for a message that is gone or a total above 12 hours. */
  changeVisibility(receiptHandle: string, visibilityTimeoutSeconds: number): void {
    const nowMs = this.#clock.now();
    const message = this.#messages.get(this.#messageIdOf(receiptHandle));
    if (message === undefined || message.receiptHandle !== receiptHandle)
      throw invalidHandle(
        receiptHandle,
        'Message does not exist or is not available for visibility timeout change.',
      );
    if (message.visibleAtMs <= nowMs)
      throw new AwsError(
        'MessageNotInflight',
        `The message referred to by receipt handle ${receiptHandle} is not in flight.`,
      );
    const visibleAtMs = nowMs + visibilityTimeoutSeconds * 1000;
    if (visibleAtMs - (message.lastReceivedMs ?? nowMs) > maxVisibilityMs)
      throw invalidHandle(
        receiptHandle,
        'Total VisibilityTimeout for the message is beyond the limit [43200 seconds].',
      );
    this.#showAt(message, visibleAtMs);
  }

  purge(): void {
    this.#messages.clear();
    this.#byVisibility.clear();
  }

  counts(): QueueCounts {
    const nowMs = this.#clock.now();
    const counts = { visible: 0, inFlight: 0, delayed: 0 };
    for (const message of this.messages()) {
      if (message.visibleAtMs <= nowMs) counts.visible += 1;
      else if (message.receiptHandle === undefined) counts.delayed += 1;
      else counts.inFlight += 1;
    }
    return counts;
  }

  /** All messages that retention has not ended, in any state. */
  messages(): readonly Message[] {
    const nowMs = this.#clock.now();
    return [...this.#messages.values()].filter((message) => !this.#isExpired(message, nowMs));
  }

  #keep(message: Message): void {
    this.#messages.set(message.id, message);
    this.#showAt(message, message.visibleAtMs);
  }

  #showAt(message: Message, visibleAtMs: number): void {
    message.visibleAtMs = visibleAtMs;
    message.visibilityChanges += 1;
    this.#byVisibility.push(visibleAtMs, { message, visibilityChanges: message.visibilityChanges });
    this.#setAlarm();
  }

  #takeVisible(nowMs: number): Message | undefined {
    for (;;) {
      const { nextMs } = this.#byVisibility;
      if (nextMs === undefined || nextMs > nowMs) return undefined;
      const slot = this.#byVisibility.pop();
      if (slot === undefined || !this.#isCurrent(slot)) continue;
      slot.message.visibilityChanges += 1;
      if (!this.#isExpired(slot.message, nowMs)) return slot.message;
      this.#messages.delete(slot.message.id);
    }
  }

  #isCurrent({ message, visibilityChanges }: Slot): boolean {
    return this.#messages.get(message.id) === message && message.visibilityChanges === visibilityChanges;
  }

  #isExpired(message: Message, nowMs: number): boolean {
    return message.sentMs + this.settings.MessageRetentionPeriod * 1000 <= nowMs;
  }

  /** Plans to wake the waiters when the next message can be received. */
  #setAlarm(): void {
    this.#alarm?.cancel();
    if (this.#waiters.size === 0) return;
    for (
      let slot = this.#byVisibility.peek();
      slot && !this.#isCurrent(slot);
      slot = this.#byVisibility.peek()
    )
      this.#byVisibility.pop();
    const { nextMs } = this.#byVisibility;
    if (nextMs === undefined) return;
    this.#alarm = this.#clock.after(nextMs - this.#clock.now(), () => this.#wakeWaiters());
  }

  #wakeWaiters(): void {
    const waiters = [...this.#waiters];
    this.#waiters.clear();
    for (const wake of waiters) wake();
  }

  #newReceiptHandle(message: Message): string {
    return Buffer.from(`${this.name} ${message.id} ${this.#random.hex(16)}`).toString('base64url');
  }

  #messageIdOf(receiptHandle: string): string {
    const [name, messageId] = Buffer.from(receiptHandle, 'base64url').toString().split(' ');
    if (name !== this.name || messageId === undefined)
      throw new AwsError(
        'ReceiptHandleIsInvalid',
        `The input receipt handle "${receiptHandle}" is not a valid receipt handle.`,
        404,
      );
    return messageId;
  }
}

function invalidHandle(receiptHandle: string, reason: string): AwsError {
  return new AwsError(
    'InvalidParameterValue',
    `Value ${receiptHandle} for parameter ReceiptHandle is invalid. Reason: ${reason}`,
  );
}

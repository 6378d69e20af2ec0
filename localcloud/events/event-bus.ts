import type { BusEvent, Surroundings } from '../core/surroundings.ts';
import type { Archives } from './archives.ts';
import type { Delivery } from './delivery.ts';
import { type EventEnvelope, envelope } from './event-envelope.ts';
import type { Rule } from './rule.ts';
import { Rules } from './rules.ts';

/** The default bus: events in, matching rules and archives out. */
export class EventBus {
  readonly arn: string;
  readonly rules: Rules;
  readonly #surroundings: Surroundings;
  readonly #archives: Archives;
  readonly #delivery: Delivery;
  readonly #listeners = new Set<(event: EventEnvelope) => void>();

  constructor(surroundings: Surroundings, archives: Archives, delivery: Delivery) {
    const { partition, region, accountId, clock } = surroundings;
    const prefix = `arn:${partition}:events:${region}:${accountId}`;
    this.arn = `${prefix}:event-bus/default`;
    this.rules = new Rules(
      clock,
      (name) => `${prefix}:rule/${name}`,
      (rule, slotMs) => this.#fire(rule, slotMs),
    );
    this.#surroundings = surroundings;
    this.#archives = archives;
    this.#delivery = delivery;
  }

  /** Takes an event from an AWS service: best effort unless guaranteed, so that a fault may lose it. */
  publish(event: BusEvent): void {
    const isLost = this.#delivery.strikes(this.#delivery.faults.dropProbability);
    if (isLost && event.isGuaranteed !== true) return;
    this.accept(envelope(event, this.#surroundings));
  }

  /** Tells of every event that the bus accepts, until the returned function is called. */
  onEvent(listener: (event: EventEnvelope) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Archives an event and sends it to the rules that match, to `onlyRules` of them if given. */
  accept(event: EventEnvelope, onlyRules?: ReadonlySet<string>): void {
    for (const listener of this.#listeners) listener(event);
    this.#archives.record(event);
    for (const rule of this.rules.matching(event))
      if (onlyRules === undefined || onlyRules.has(rule.arn)) this.#delivery.send(event, rule);
  }

  /** A scheduled event goes to its own rule's targets, past all patterns. */
  #fire(rule: Rule, slotMs: number): void {
    const event = { source: 'aws.events', detailType: 'Scheduled Event', resources: [rule.arn], detail: {} };
    this.#delivery.send(envelope(event, this.#surroundings, slotMs), rule);
  }
}

import { AwsError } from '../core/aws-error.ts';
import { type InputProblem, operationMap, type Service } from '../core/service.ts';
import type { BusEvent, Surroundings } from '../core/surroundings.ts';
import { jsonProtocol } from '../wire/json-protocol.ts';
import { archiveOperations } from './archive-operations.ts';
import { Archives } from './archives.ts';
import { busOperations } from './bus-operations.ts';
import { type Deliver, Delivery, type DeliveryFaults } from './delivery.ts';
import { EventBus } from './event-bus.ts';
import type { EventEnvelope } from './event-envelope.ts';
import { eventOperations } from './event-operations.ts';
import { replayOperations } from './replay-operations.ts';
import { Replays } from './replays.ts';
import { ruleOperations } from './rule-operations.ts';
import { targetOperations } from './target-operations.ts';

/** Settings of the EventBridge room. */
export interface EventsSettings {
  /** From the acceptance of an event to the first attempt at its targets. */
  readonly deliveryDelayMs?: number;
  /** Until an event is in the archives: 10 minutes unless set. */
  readonly archiveLagMs?: number;
}

/** EventBridge as a service on the wire, and what other rooms and tests need of it. */
export interface Events extends Service {
  /** Takes an AWS service's event; delivery is asynchronous. */
  receive(event: BusEvent): void;
  /** Tells of every event that the bus accepts, until the returned function is called. */
  onEvent(listener: (event: EventEnvelope) => void): () => void;
  /** Schedules fire no more. */
  close(): Promise<void>;
  /** Changes the named faults; they hold from the next event on. */
  setDeliveryFaults(faults: Partial<DeliveryFaults>): void;
  /** Changes how long events take into the archives. */
  setArchiveLag(lagMs: number): void;
}

/**
 * EventBridge: the default bus with its rules, schedules, archives and replays.
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/Welcome.html
 */
export function createEvents(
  surroundings: Surroundings,
  deliver: Deliver,
  settings: EventsSettings = {},
): Events {
  const { clock, partition, region, accountId } = surroundings;
  const { deliveryDelayMs = 100, archiveLagMs = 600_000 } = settings;
  const own = { ...surroundings, random: surroundings.random.fork('events') };
  const arn = (kind: string) => (name: string) =>
    `arn:${partition}:events:${region}:${accountId}:${kind}/${name}`;
  const archives = new Archives(clock, arn('archive'), archiveLagMs);
  const delivery = new Delivery({ ...own, random: own.random.fork('delivery') }, deliver, deliveryDelayMs);
  const bus = new EventBus(own, archives, delivery);
  const replays = new Replays(own, arn('replay'), (event, onlyRules) => bus.accept(event, onlyRules));
  const protocol = jsonProtocol({
    version: '1.1',
    targetPrefix: 'AWSEvents',
    timestamps: new Set(['Time', 'EventStartTime', 'EventEndTime']),
  });
  return {
    name: 'events',
    protocol: { ...protocol, inputError },
    operations: operationMap([
      ...eventOperations(bus, own),
      ...busOperations(bus),
      ...ruleOperations(bus, clock),
      ...targetOperations(bus),
      ...archiveOperations(archives, bus),
      ...replayOperations(replays, archives, bus),
    ]),
    receive: (event) => bus.publish(event),
    onEvent: (listener) => bus.onEvent(listener),
    close: async () => bus.rules.close(),
    setDeliveryFaults: (faults) => {
      delivery.faults = { ...delivery.faults, ...faults };
    },
    setArchiveLag: (lagMs) => {
      archives.lagMs = lagMs;
    },
  };
}

// https://docs.aws.amazon.com/eventbridge/latest/APIReference/CommonErrors.html
function inputError({ kind, parameter, detail }: InputProblem): AwsError {
  const member = parameter.charAt(0).toLowerCase() + parameter.slice(1);
  switch (kind) {
    case 'missing':
      return validation(`Value null at '${member}' failed to satisfy constraint: Member must not be null`);
    case 'unknown':
      return new AwsError('UnknownParameter', `The parameter ${parameter} is not recognized`);
    case 'invalid':
      return validation(`Value at '${member}' failed to satisfy constraint: ${detail}`);
  }
}

function validation(message: string): AwsError {
  return new AwsError('ValidationException', `1 validation error detected: ${message}`);
}

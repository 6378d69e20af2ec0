import { AwsError } from '../core/aws-error.ts';
import type { Clock } from '../core/clock.ts';
import type { EventEnvelope } from './event-envelope.ts';
import type { EventPattern } from './event-pattern/event-pattern.ts';

/** What CreateArchive sets. */
export interface ArchiveSettings {
  readonly eventSourceArn: string;
  readonly description: string | undefined;
  readonly patternText: string | undefined;
  readonly pattern: EventPattern | undefined;
  /** 0 keeps events for ever. */
  readonly retentionDays: number;
}

interface StoredEvent {
  readonly event: EventEnvelope;
  readonly timeMs: number;
  /** From when on replays find it. */
  readonly archivedMs: number;
}

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** Events of one bus, kept by the minute of their time. */
export class Archive {
  readonly name: string;
  readonly arn: string;
  readonly createdMs: number;
  settings: ArchiveSettings;
  readonly #clock: Clock;
  readonly #byMinute = new Map<number, StoredEvent[]>();

  constructor(
    identity: { readonly name: string; readonly arn: string },
    settings: ArchiveSettings,
    clock: Clock,
  ) {
    this.name = identity.name;
    this.arn = identity.arn;
    this.settings = settings;
    this.#clock = clock;
    this.createdMs = clock.now();
  }

  keep(event: EventEnvelope, archivedMs: number): void {
    const timeMs = Date.parse(event.time);
    const minute = Math.floor(timeMs / minuteMs);
    const stored = this.#byMinute.get(minute) ?? [];
    stored.push({ event, timeMs, archivedMs });
    this.#byMinute.set(minute, stored);
    this.#forget();
  }

  /** Drops what retention has ended; what comes late with an old time goes with the minutes around it. */
  #forget(): void {
    const { retentionDays } = this.settings;
    if (retentionDays === 0) return;
    const oldestMs = this.#clock.now() - retentionDays * dayMs;
    for (const minute of this.#byMinute.keys()) {
      if ((minute + 1) * minuteMs > oldestMs) return;
      this.#byMinute.delete(minute);
    }
  }

  /** Events that have been archived by now, whose time is in the range (both ends in it), minute by minute. */
  minutesBetween(startMs: number, endMs: number): readonly (readonly EventEnvelope[])[] {
    const nowMs = this.#clock.now();
    const { retentionDays } = this.settings;
    const oldestMs = retentionDays === 0 ? startMs : Math.max(startMs, nowMs - retentionDays * dayMs);
    return [...this.#byMinute]
      .sort(([a], [b]) => a - b)
      .map(([, stored]) =>
        stored
          .filter(({ timeMs, archivedMs }) => timeMs >= oldestMs && timeMs <= endMs && archivedMs <= nowMs)
          .map(({ event }) => event),
      )
      .filter((events) => events.length > 0);
  }

  /** All events that have been archived by now. */
  events(): readonly EventEnvelope[] {
    return this.minutesBetween(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY).flat();
  }
}

/**
 * The archives of the default bus.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-archive.html
 */
export class Archives {
  readonly #clock: Clock;
  readonly #arnOf: (name: string) => string;
  readonly #byName = new Map<string, Archive>();
  /** How long an event is on its way into archives. AWS says to wait 10 minutes before a replay. */
  lagMs: number;

  constructor(clock: Clock, arnOf: (name: string) => string, lagMs: number) {
    this.#clock = clock;
    this.#arnOf = arnOf;
    this.lagMs = lagMs;
  }

  /** Throws ResourceAlreadyExistsException. */
  create(name: string, settings: ArchiveSettings): Archive {
    if (this.#byName.has(name))
      throw new AwsError('ResourceAlreadyExistsException', `Archive ${name} already exists.`);
    const archive = new Archive({ name, arn: this.#arnOf(name) }, settings, this.#clock);
    this.#byName.set(name, archive);
    return archive;
  }

  /** Throws ResourceNotFoundException. */
  get(name: string): Archive {
    const archive = this.#byName.get(name);
    if (archive === undefined)
      throw new AwsError('ResourceNotFoundException', `Archive ${name} does not exist.`);
    return archive;
  }

  byArn(arn: string): Archive | undefined {
    const archive = this.#byName.get(arn.slice(arn.lastIndexOf('/') + 1));
    return archive?.arn === arn ? archive : undefined;
  }

  delete(name: string): void {
    this.#byName.delete(this.get(name).name);
  }

  /** In order of name. */
  list(): readonly Archive[] {
    return [...this.#byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Keeps an event in every archive that wants it; a replayed one in none, as AWS's managed rule does. */
  record(event: EventEnvelope): void {
    if (event['replay-name'] !== undefined) return;
    for (const archive of this.#byName.values())
      if (archive.settings.pattern?.matches(event) ?? true)
        archive.keep(event, this.#clock.now() + this.lagMs);
  }
}

import { AwsError } from '../core/aws-error.ts';
import type { Timer } from '../core/clock.ts';
import type { Random } from '../core/random.ts';
import type { Surroundings } from '../core/surroundings.ts';
import type { Archive } from './archives.ts';
import type { EventEnvelope } from './event-envelope.ts';

/** As DescribeReplay tells it. */
export type ReplayState = 'STARTING' | 'RUNNING' | 'CANCELLING' | 'COMPLETED' | 'CANCELLED';

/** What StartReplay sets. */
export interface ReplaySettings {
  readonly name: string;
  readonly description: string | undefined;
  readonly startMs: number;
  readonly endMs: number;
  readonly busArn: string;
  /** Rules to which replayed events go; all when absent. */
  readonly filterArns: readonly string[] | undefined;
}

/** One replay, under way or ended. */
export interface Replay {
  readonly settings: ReplaySettings;
  readonly arn: string;
  readonly archiveArn: string;
  readonly startedMs: number;
  readonly state: ReplayState;
  readonly endedMs: number | undefined;
  /** Time of the event replayed last. */
  readonly lastReplayedMs: number | undefined;
}

type MutableReplay = { -readonly [Key in keyof Replay]: Replay[Key] } & { timer: Timer | undefined };

const runningMax = 10;
const startDelayMs = 1_000;
const minutePauseMs = 100;

/**
 * Replays of archives: minute after minute of the events' own time, in no order within a minute.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-replay-archived-event.html
 */
export class Replays {
  readonly #surroundings: Surroundings;
  readonly #random: Random;
  readonly #arnOf: (name: string) => string;
  readonly #accept: (event: EventEnvelope, onlyRules: ReadonlySet<string> | undefined) => void;
  readonly #byName = new Map<string, MutableReplay>();

  constructor(
    surroundings: Surroundings,
    arnOf: (name: string) => string,
    accept: (event: EventEnvelope, onlyRules: ReadonlySet<string> | undefined) => void,
  ) {
    this.#surroundings = surroundings;
    this.#random = surroundings.random.fork('replays');
    this.#arnOf = arnOf;
    this.#accept = accept;
  }

  /** Throws ResourceAlreadyExistsException and LimitExceededException. */
  start(settings: ReplaySettings, archive: Archive): Replay {
    if (this.#byName.has(settings.name))
      throw new AwsError('ResourceAlreadyExistsException', `Replay ${settings.name} already exists.`);
    if (this.list().filter(isUnderWay).length >= runningMax)
      throw new AwsError(
        'LimitExceededException',
        'The requested resource exceeds the maximum number allowed.',
      );
    const replay: MutableReplay = {
      settings,
      arn: this.#arnOf(settings.name),
      archiveArn: archive.arn,
      startedMs: this.#surroundings.clock.now(),
      state: 'STARTING',
      endedMs: undefined,
      lastReplayedMs: undefined,
      timer: undefined,
    };
    this.#byName.set(settings.name, replay);
    this.#plan(replay, startDelayMs, () => {
      replay.state = 'RUNNING';
      this.#replayMinutes(replay, archive.minutesBetween(settings.startMs, settings.endMs));
    });
    return replay;
  }

  /** Throws ResourceNotFoundException and IllegalStatusException. */
  cancel(name: string): Replay {
    const replay = this.get(name) as MutableReplay;
    if (replay.state !== 'STARTING' && replay.state !== 'RUNNING')
      throw new AwsError(
        'IllegalStatusException',
        `Replay ${name} is not in a valid state for this operation.`,
      );
    replay.timer?.cancel();
    replay.state = 'CANCELLING';
    this.#plan(replay, startDelayMs, () => this.#end(replay, 'CANCELLED'));
    return replay;
  }

  /** Throws ResourceNotFoundException. */
  get(name: string): Replay {
    const replay = this.#byName.get(name);
    if (replay === undefined)
      throw new AwsError('ResourceNotFoundException', `Replay ${name} does not exist.`);
    return replay;
  }

  /** In order of name. */
  list(): readonly Replay[] {
    return [...this.#byName.values()].sort((a, b) => (a.settings.name < b.settings.name ? -1 : 1));
  }

  #replayMinutes(replay: MutableReplay, minutes: readonly (readonly EventEnvelope[])[]): void {
    const [events, ...rest] = minutes;
    if (events === undefined) {
      this.#end(replay, 'COMPLETED');
      return;
    }
    const { name, filterArns } = replay.settings;
    const onlyRules = filterArns && new Set(filterArns);
    for (const event of this.#shuffled(events)) {
      this.#accept({ ...event, 'replay-name': name }, onlyRules);
      replay.lastReplayedMs = Date.parse(event.time);
    }
    this.#plan(replay, minutePauseMs, () => this.#replayMinutes(replay, rest));
  }

  #shuffled(events: readonly EventEnvelope[]): readonly EventEnvelope[] {
    return events
      .map((event) => ({ event, rank: this.#random.next() }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ event }) => event);
  }

  #plan(replay: MutableReplay, delayMs: number, task: () => void): void {
    replay.timer = this.#surroundings.clock.after(delayMs, task);
  }

  #end(replay: MutableReplay, state: ReplayState): void {
    replay.state = state;
    replay.endedMs = this.#surroundings.clock.now();
  }
}

function isUnderWay({ state }: Replay): boolean {
  return state === 'STARTING' || state === 'RUNNING' || state === 'CANCELLING';
}

import { ec2Limits, route53Limits } from './core/aws-limits.ts';
import { CallLog } from './core/call-log.ts';
import { type Clock, RealClock, VirtualClock } from './core/clock.ts';
import { checkInvariants, createDispatch, type Dispatch } from './core/dispatch.ts';
import { Faults } from './core/faults.ts';
import type { LatencyModel } from './core/latency.ts';
import { letRun, passTime } from './core/pass-time.ts';
import { seededRandom } from './core/random.ts';
import type { RecordedCall } from './core/recorded-call.ts';
import type { Call, Service } from './core/service.ts';
import type { BusEvent, Lag, Surroundings } from './core/surroundings.ts';
import { Throttles } from './core/throttle.ts';
import { createRooms, type RoomOptions, type RoomSettings, type Rooms } from './rooms.ts';

export interface CloudOptions<AllRooms extends object = Rooms> {
  /** Wall-clock time unless given. */
  readonly clock?: Clock;
  /** Same seed, same calls, same run. */
  readonly seed?: number;
  readonly region?: string;
  readonly accountId?: string;
  /** AWS's request limits; on unless switched off. */
  readonly throttles?: boolean;
  readonly lag?: Partial<Lag>;
  readonly latency?: LatencyModel;
  /** Calls that the call log keeps; 100,000 unless given. */
  readonly callsKept?: number;
  /** Ask every room for its invariants after every write: for tests. */
  readonly isCheckingInvariants?: boolean;
  /** Pace and quotas of the rooms; AWS's unless given. */
  readonly roomOptions?: RoomOptions;
  /** Other rooms than all of them, e.g. the one under test. Each `Service` among them answers calls. */
  readonly rooms?: (surroundings: Surroundings, settings: RoomSettings) => AllRooms;
}

/** An AWS account in one region, inside this program. */
export interface Cloud<AllRooms extends object = Rooms> {
  readonly handle: Dispatch;
  readonly clock: Clock;
  readonly callLog: CallLog;
  readonly faults: Faults;
  readonly throttles: Throttles;
  /** What is asked of the rooms beyond AWS's operations. Others after a reset. */
  readonly rooms: AllRooms;
  readonly services: ReadonlyMap<string, Service>;
  readonly surroundings: Surroundings;
  /** Changes the named settings; they hold from the next use on. */
  setLag(lag: Partial<Lag>): void;
  /** Says where the HTTP front listens, for queue URLs and for functions. */
  setEndpointUrl(url: string | undefined): void;
  /** Lets virtual time pass, everything that is due happening in its order. Throws when the clock is real. */
  passTime(durationMs: number): Promise<void>;
  /** Throws InvariantViolation naming the room that contradicts itself. */
  checkInvariants(): void;
  /** Empties the world as a new cloud of the same seed; takes away fault rules, fills the limits' buckets. */
  reset(): Promise<void>;
  /** Ends all functions. */
  close(): Promise<void>;
}

/** What a room may offer to the cloud itself. */
interface Managed {
  /** Settles when nothing runs in it that does not wait for time to pass. */
  whenParked?(): Promise<void>;
  close?(): Promise<void>;
  /** Takes an event that any room published. */
  receive?(event: BusEvent): void;
  /** Ends running invocations of functions. */
  kill?(which: { readonly traceId: string }): unknown;
  /** Throws the service's own error when the caller may not make the call. */
  authorize?(call: Call, service: string, operation: string, input: unknown): Promise<void>;
  /** Takes every call that was understood, once it has its answer. */
  record?(recorded: RecordedCall): void;
}

interface World<AllRooms> {
  readonly rooms: AllRooms;
  readonly managed: readonly Managed[];
  readonly services: ReadonlyMap<string, Service>;
  readonly surroundings: Surroundings;
  readonly dispatch: Dispatch;
}

const defaultSeed = 1;
const awsLimits = new Map([
  ['ec2', ec2Limits],
  ['route53', route53Limits],
]);
const noLag: Lag = { describeMs: 0, route53SyncMs: 0 };

/** Builds a cloud with nothing in it. */
export function createCloud<AllRooms extends object = Rooms>(
  options: CloudOptions<AllRooms> = {},
): Cloud<AllRooms> {
  const clock = options.clock ?? new RealClock();
  const callLog = new CallLog(clock, options.callsKept);
  const faults = new Faults(seededRandom(options.seed ?? defaultSeed).fork('faults'));
  const throttles = new Throttles(clock, awsLimits, options.throttles ?? true);
  const settings: { lag: Lag; endpointUrl: string | undefined } = {
    lag: { ...noLag, ...options.lag },
    endpointUrl: undefined,
  };
  const openWorld = (): World<AllRooms> => {
    let managed: readonly Managed[] = [];
    const surroundings = createSurroundings(
      options,
      clock,
      () => settings.lag,
      (event) => {
        for (const room of managed) room.receive?.(event);
      },
    );
    const roomSettings = { endpointUrl: () => settings.endpointUrl };
    // Without `rooms`, AllRooms is Rooms.
    const rooms =
      options.rooms?.(surroundings, roomSettings) ??
      (createRooms(surroundings, roomSettings, options.roomOptions) as object as AllRooms);
    const services = new Map(
      Object.values(rooms)
        .filter(isService)
        .map((room) => [room.name, room]),
    );
    managed = Object.values(rooms);
    const judges = managed.filter(({ authorize }) => authorize !== undefined);
    const dispatch = createDispatch({
      services,
      surroundings,
      callLog,
      faults,
      throttles,
      latency: options.latency ?? {},
      authorize: async (...asked) => {
        for (const room of judges) await room.authorize?.(...asked);
      },
      record: recordIn(managed),
      killCaller: ({ traceId }) => {
        if (traceId !== undefined) for (const room of managed) room.kill?.({ traceId });
      },
      isCheckingInvariants: options.isCheckingInvariants ?? false,
    });
    return { rooms, managed, services, surroundings, dispatch };
  };
  let world = openWorld();
  const close = async (): Promise<void> => {
    await Promise.all(world.managed.map((room) => room.close?.()));
  };
  return {
    handle: (request) => world.dispatch(request),
    clock,
    callLog,
    faults,
    throttles,
    get rooms() {
      return world.rooms;
    },
    get services() {
      return world.services;
    },
    get surroundings() {
      return world.surroundings;
    },
    setLag: (change) => {
      settings.lag = { ...settings.lag, ...change };
    },
    setEndpointUrl: (url) => {
      settings.endpointUrl = url;
    },
    passTime: async (durationMs) => {
      if (!(clock instanceof VirtualClock)) throw new Error('wall-clock time cannot be made to pass');
      await passTime(clock, durationMs, () => untilAtRest(world.managed));
    },
    checkInvariants: () => checkInvariants(world.services.values()),
    reset: async () => {
      await close();
      faults.clear();
      throttles.refill();
      world = openWorld();
    },
    close,
  };
}

function recordIn(rooms: readonly Managed[]): (recorded: RecordedCall) => void {
  return (recorded) => {
    for (const room of rooms) room.record?.(recorded);
  };
}

async function untilAtRest(rooms: readonly Managed[]): Promise<void> {
  await letRun();
  for (const room of rooms) await room.whenParked?.();
}

function createSurroundings(
  { seed = defaultSeed, region = 'us-east-1', accountId = '123456789012' }: CloudOptions<object>,
  clock: Clock,
  lag: () => Lag,
  publish: (event: BusEvent) => void,
): Surroundings {
  return {
    clock,
    random: seededRandom(seed),
    accountId,
    region,
    partition: partitionOf(region),
    lag,
    publish,
  };
}

function isService(room: object): room is Service {
  return 'protocol' in room && 'operations' in room;
}

function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

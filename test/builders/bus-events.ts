import { readFixture } from './events.ts';
import { instanceId, nowMs } from './observed.ts';

/** An event as it is on the bus. */
export type BusEvent = Readonly<Record<string, unknown>> & { readonly detail: object };

const fixtures = new Map<string, BusEvent>();

/** A fixture with another time and with some of its detail replaced. `atMs` counts from `nowMs` of the builders. */
function event(path: string, atMs: number, detail: object, rest: object = {}): BusEvent {
  const fixture = fixtures.get(path) ?? JSON.parse(readFixture(path));
  fixtures.set(path, fixture);
  return {
    ...fixture,
    // The envelope has whole seconds only, as on AWS.
    time: new Date(nowMs + atMs).toISOString().replace(/\.\d{3}Z$/, 'Z'),
    ...rest,
    detail: { ...fixture.detail, ...detail },
  };
}

const arnOf = (number: number) => `arn:aws:ec2:eu-west-1:111122223333:instance/${instanceId(number)}`;

/** Events of the instances of `anInstance`, by their numbers. */
export const busEvents = {
  state: (number: number, state: string, atMs: number) =>
    event(`ec2-state-change/${state}.json`, atMs, { 'instance-id': instanceId(number) }),

  tags: (number: number, tags: Readonly<Record<string, string>>, version: number, atMs: number) =>
    event('tag-change/claim.json', atMs, { tags, version }, { resources: [arnOf(number)] }),

  tagCall: (numbers: readonly number[], atMs: number) =>
    event('tag-call/create-tags.json', atMs, {
      requestParameters: {
        resourcesSet: { items: numbers.map((number) => ({ resourceId: instanceId(number) })) },
        tagSet: { items: [{ key: 'role', value: 'db' }] },
      },
    }),

  launchHook: (number: number, atMs: number) =>
    event('launch-hook/into-service.json', atMs, {
      EC2InstanceId: instanceId(number),
      LifecycleActionToken: `launch-${number}`,
    }),

  terminateHook: (number: number, atMs: number) =>
    event('terminate-hook/terminating.json', atMs, {
      EC2InstanceId: instanceId(number),
      LifecycleActionToken: `terminate-${number}`,
    }),

  spot: (number: number, atMs: number) =>
    event('spot-interruption/terminate.json', atMs, { 'instance-id': instanceId(number) }),

  rebalance: (number: number, atMs: number) =>
    event('rebalance-recommendation/recommendation.json', atMs, { 'instance-id': instanceId(number) }),

  health: (number: number, atMs: number, { startsAtMs, isClosed = false }: HealthWord) =>
    event('health-event/instance-retirement.json', atMs, {
      startTime: new Date(nowMs + startsAtMs).toUTCString(),
      statusCode: isClosed ? 'closed' : 'upcoming',
      affectedEntities: [{ entityValue: arnOf(number), status: isClosed ? 'RESOLVED' : 'PENDING' }],
    }),

  alarm: (number: number, value: string, atMs: number) =>
    event('alarm/alarm.json', atMs, {
      configuration: {
        metrics: [{ metricStat: { metric: { dimensions: { InstanceId: instanceId(number) } } } }],
      },
      state: { value, timestamp: new Date(nowMs + atMs).toISOString().replace('Z', '+0000') },
    }),

  roleAlarm: (role: string, value: string, atMs: number) =>
    event('alarm/alarm.json', atMs, {
      alarmName: 'no-answer',
      configuration: { description: `understudy:role=${role}` },
      state: { value, timestamp: new Date(nowMs + atMs).toISOString().replace('Z', '+0000') },
    }),
} as const;

interface HealthWord {
  readonly startsAtMs: number;
  readonly isClosed?: boolean;
}

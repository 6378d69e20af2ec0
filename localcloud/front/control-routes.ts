import { z } from 'zod';
import type { Cloud } from '../cloud.ts';
import { VirtualClock } from '../core/clock.ts';
import { faultRuleSchema } from '../core/faults.ts';
import type { Rooms } from '../rooms.ts';
import { ControlError, type ControlRoute, route } from './control-route.ts';
import { definedOf } from './defined-of.ts';
import { initiativeRoutes } from './initiative-routes.ts';
import { dumpState } from './state-dump.ts';

const nothing = z.strictObject({});
const chance = z.number().min(0).max(1);

/** All control routes, in the order of the README. */
export const controlRoutes: readonly ControlRoute[] = [
  route({
    method: 'GET',
    name: 'health',
    summary: 'Whether it is up, and which services it has.',
    input: nothing,
    run: ({ services }) => ({ status: 'ok', services: [...services.keys()] }),
  }),
  route({
    method: 'GET',
    name: 'clock',
    summary: 'The cloud’s time, and when the next planned thing is due if the clock is virtual.',
    input: nothing,
    run: (cloud) => clockState(cloud),
  }),
  route({
    method: 'POST',
    name: 'clock',
    summary: 'Advances a virtual clock: `{ "advanceMs": 60000 }`.',
    input: z.strictObject({ advanceMs: z.int().min(0) }),
    run: async (cloud, { advanceMs }) => {
      if (!(cloud.clock instanceof VirtualClock)) {
        throw new ControlError(
          409,
          'ClockIsReal',
          'this cloud runs on wall-clock time, which nobody advances',
        );
      }
      await cloud.passTime(advanceMs);
      return clockState(cloud);
    },
  }),
  route({
    method: 'GET',
    name: 'faults',
    summary: 'The fault rules in force, with how often each matched and struck.',
    input: nothing,
    run: ({ faults }) => ({ faults: faults.list() }),
  }),
  route({
    method: 'POST',
    name: 'faults',
    summary:
      'Adds a fault rule: `{ "service", "operation", "accessKeyId", "traceId", "probability" | "nth", "timesMax", "fault": { "kind": "error" | "latency" | "connection-reset" | "response-lost" | "caller-killed", … } }`.',
    input: faultRuleSchema,
    run: ({ faults }, rule) => ({ id: faults.add(rule) }),
  }),
  route({
    method: 'DELETE',
    name: 'faults',
    summary: 'Removes the rule `?id=`, or all rules.',
    input: z.strictObject({ id: z.coerce.number().int().optional() }),
    run: ({ faults }, { id }) => {
      if (id === undefined) faults.clear();
      else if (!faults.remove(id))
        throw new ControlError(404, 'UnknownFault', `there is no fault rule ${id}`);
      return { faults: faults.list() };
    },
  }),
  route({
    method: 'GET',
    name: 'throttles',
    summary: 'Whether AWS’s request limits are enforced.',
    input: nothing,
    run: ({ throttles }) => ({ enabled: throttles.isEnabled }),
  }),
  route({
    method: 'PUT',
    name: 'throttles',
    summary: 'Switches the request limits: `{ "enabled": false }`.',
    input: z.strictObject({ enabled: z.boolean() }),
    run: ({ throttles }, { enabled }) => {
      throttles.isEnabled = enabled;
      return { enabled };
    },
  }),
  route({
    method: 'GET',
    name: 'lag',
    summary: 'How far reads may lag behind writes, in milliseconds.',
    input: nothing,
    run: ({ surroundings }) => surroundings.lag(),
  }),
  route({
    method: 'PUT',
    name: 'lag',
    summary: 'Changes the named lags: `{ "describeMs": 2000, "route53SyncMs": 30000 }`.',
    input: z.strictObject({
      describeMs: z.int().min(0).optional(),
      route53SyncMs: z.int().min(0).optional(),
      dynamodbReadMs: z.int().min(0).optional(),
    }),
    run: (cloud, changes) => {
      cloud.setLag(definedOf(changes));
      return cloud.surroundings.lag();
    },
  }),
  route({
    method: 'PUT',
    name: 'status-checks',
    summary:
      'Makes an EC2 status check fail, or all of them pass again: `{ "instanceId", "failing": "system" | "instance" | "attached-ebs" | "none" }`.',
    input: z.strictObject({
      instanceId: z.string(),
      failing: z.enum(['system', 'instance', 'attached-ebs', 'none']),
    }),
    run: ({ rooms }, { instanceId, failing }) => {
      const { ec2 } = rooms as Partial<Rooms>;
      if (ec2?.instance(instanceId) === undefined) {
        throw new ControlError(404, 'UnknownInstance', `there is no instance ${instanceId}`);
      }
      if (failing === 'none') ec2.healStatusChecks(instanceId);
      else ec2.failStatusCheck(instanceId, failing);
      return { instanceId, failing };
    },
  }),
  ...initiativeRoutes,
  route({
    method: 'PUT',
    name: 'delivery',
    summary:
      'Changes how EventBridge fails between sources and targets: chances to drop, duplicate, delay, fail an attempt, and a window of reordering.',
    input: z.strictObject({
      dropProbability: chance.optional(),
      duplicateProbability: chance.optional(),
      delayProbability: chance.optional(),
      delayMaxMs: z.int().min(0).optional(),
      reorderWindowMs: z.int().min(0).optional(),
      targetErrorProbability: chance.optional(),
    }),
    run: ({ rooms }, changes) => {
      const { events } = rooms as Partial<Rooms>;
      if (events === undefined) throw new ControlError(404, 'UnknownRoom', 'this cloud has no EventBridge');
      events.setDeliveryFaults(definedOf(changes));
      return changes;
    },
  }),
  route({
    method: 'POST',
    name: 'kill',
    summary:
      'Kills running function invocations wherever they are; `functionName`, `requestId` and `traceId` narrow.',
    input: z.strictObject({
      functionName: z.string().optional(),
      requestId: z.string().optional(),
      traceId: z.string().optional(),
    }),
    run: ({ rooms }, which) => {
      const { lambda } = rooms as Partial<Rooms>;
      return { killed: lambda?.kill(definedOf(which)) ?? 0 };
    },
  }),
  route({
    method: 'GET',
    name: 'calls',
    summary: 'The call log, oldest first; `?since=` a sequence number, `?accessKeyId=`, `?traceId=`.',
    input: z.strictObject({
      since: z.coerce.number().int().min(0).optional(),
      accessKeyId: z.string().optional(),
      traceId: z.string().optional(),
    }),
    run: ({ callLog }, query) => ({ sequence: callLog.sequence, calls: callLog.calls(query) }),
  }),
  route({
    method: 'POST',
    name: 'reset',
    summary: 'Empties the world, ends its functions, takes away fault rules and fills the limits’ buckets.',
    input: nothing,
    run: async (cloud) => {
      await cloud.reset();
      return { status: 'ok' };
    },
  }),
  route({
    method: 'GET',
    name: 'state',
    summary:
      'What is in the cloud, by service: instances, addresses, zones, records, rules, queues, tables, …',
    input: nothing,
    run: (cloud) => dumpState(cloud.services),
  }),
];

function clockState({ clock }: Cloud<object>): object {
  const nowMs = clock.now();
  if (!(clock instanceof VirtualClock)) return { kind: 'real', nowMs };
  return { kind: 'virtual', nowMs, nextDueMs: clock.nextDueMs() };
}

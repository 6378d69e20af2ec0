import { z } from 'zod';
import { scheduledEventTypes } from '../ec2/scheduled-events.ts';
import type { Rooms } from '../rooms.ts';
import { ControlError, type ControlRoute, route } from './control-route.ts';
import { definedOf } from './defined-of.ts';

/** What AWS does by itself, asked for: warnings, scheduled events, images of others, load balancers. */
export const initiativeRoutes: readonly ControlRoute[] = [
  route({
    method: 'POST',
    name: 'spot-interruptions',
    summary:
      'Warns of a Spot interruption, and interrupts the running instance two minutes later: `{ "instanceId", "action": "terminate" | "stop" | "hibernate" }`. A hibernation begins at once.',
    input: z.strictObject({ instanceId: z.string(), action: z.enum(['terminate', 'stop', 'hibernate']) }),
    run: ({ rooms }, { instanceId, action }) => {
      room(rooms, 'ec2').warnOfInterruption(instanceId, action);
      return { instanceId, action };
    },
  }),
  route({
    method: 'POST',
    name: 'rebalance-recommendations',
    summary: 'Tells that a running instance is at an elevated risk of interruption: `{ "instanceId" }`.',
    input: z.strictObject({ instanceId: z.string() }),
    run: ({ rooms }, { instanceId }) => {
      room(rooms, 'ec2').recommendRebalance(instanceId);
      return { instanceId };
    },
  }),
  route({
    method: 'POST',
    name: 'scheduled-events',
    summary:
      'Lets AWS Health tell of a scheduled event for running instances, and carries it out at its time: `{ "type": "AWS_EC2_INSTANCE_RETIREMENT_SCHEDULED" | …, "instanceIds", "startsInMs", "lastsMs", "entityForm": "id" | "arn", "entitiesPerPage", "hasBackupCopy" }`.',
    input: z.strictObject({
      type: z.enum(scheduledEventTypes),
      instanceIds: z.array(z.string()).min(1),
      startsInMs: z.int().min(0),
      lastsMs: z.int().min(0).optional(),
      entityForm: z.enum(['id', 'arn']).optional(),
      entitiesPerPage: z.int().min(1).optional(),
      hasBackupCopy: z.boolean().optional(),
    }),
    run: ({ rooms }, { type, instanceIds, startsInMs, ...telling }) => ({
      eventArn: room(rooms, 'ec2').scheduleEvent({ type, instanceIds, startsInMs, ...definedOf(telling) }),
    }),
  }),
  route({
    method: 'PUT',
    name: 'images',
    summary:
      'Says who owns an image, or that it is deregistered: `{ "imageId", "ownerId", "ownerAlias": "amazon", "isDeregistered": true }`.',
    input: z.strictObject({
      imageId: z.string(),
      ownerId: z
        .string()
        .regex(/^\d{12}$/, 'an account has 12 digits')
        .optional(),
      ownerAlias: z.enum(['amazon', 'aws-marketplace', 'aws-backup-vault']).optional(),
      isDeregistered: z.boolean().optional(),
    }),
    run: ({ rooms }, { imageId, isDeregistered = false, ...owner }) => {
      const ec2 = room(rooms, 'ec2');
      if (isDeregistered) ec2.deregisterImage(imageId);
      else ec2.setImageOwner(imageId, definedOf(owner));
      return { imageId, isDeregistered };
    },
  }),
  route({
    method: 'PUT',
    name: 'target-groups',
    summary:
      'Lets a load balancer use a target group, or no longer, as a listener would: `{ "targetGroupArn", "isInUse": true }`.',
    input: z.strictObject({ targetGroupArn: z.string(), isInUse: z.boolean() }),
    run: ({ rooms }, { targetGroupArn, isInUse }) => {
      room(rooms, 'elasticLoadBalancing').setInUse(targetGroupArn, isInUse);
      return { targetGroupArn, isInUse };
    },
  }),
];

function room<Name extends keyof Rooms>(rooms: object, name: Name): Rooms[Name] {
  const found = (rooms as Partial<Rooms>)[name];
  if (found === undefined) throw new ControlError(404, 'UnknownRoom', `this cloud has no room ${name}`);
  return found;
}

import { launchInstance } from '../engine/launch-instance.ts';
import type { Stage } from '../engine/stage.ts';
import type { ActionOf } from './story.ts';

export async function launch(stage: Stage, action: ActionOf<'launch'>): Promise<boolean> {
  await launchInstance(stage, action);
  return true;
}

/** EC2's operations, each with the states in which it does anything. */
const lifeOperations = {
  stop: { operation: 'StopInstances', from: ['running'] },
  start: { operation: 'StartInstances', from: ['stopped'] },
  terminate: { operation: 'TerminateInstances', from: ['pending', 'running', 'stopping', 'stopped'] },
} as const;

export async function changeLife(
  stage: Stage,
  kind: keyof typeof lifeOperations,
  name: string,
): Promise<boolean> {
  const id = stage.names.get(name);
  const { operation, from } = lifeOperations[kind];
  if (id === undefined || !from.some((state) => state === stateOf(stage, id))) return false;
  await stage.ask('ec2', operation, { InstanceIds: [id] });
  return true;
}

/** The state of an instance as it really is; `terminated` for one that there is no more. */
export function stateOf({ cloud }: Stage, id: string | undefined): string {
  return (id === undefined ? undefined : cloud.rooms.ec2.instance(id)?.state) ?? 'terminated';
}

/** AWS Health gives two weeks; here all is over by then. */
const retirementNoticeMs = 180_000;

export async function warn(
  stage: Stage,
  kind: 'interrupt' | 'rebalance' | 'retire',
  name: string,
): Promise<boolean> {
  const { ec2 } = stage.cloud.rooms;
  const id = stage.names.get(name);
  if (id === undefined || stateOf(stage, id) !== 'running') return false;
  if (kind === 'interrupt') ec2.warnOfInterruption(id, 'terminate');
  else if (kind === 'rebalance') ec2.recommendRebalance(id);
  else {
    const type = 'AWS_EC2_PERSISTENT_INSTANCE_RETIREMENT_SCHEDULED';
    ec2.scheduleEvent({ type, instanceIds: [id], startsInMs: retirementNoticeMs });
  }
  return true;
}

export async function loseZone(stage: Stage, { subnet }: ActionOf<'lose-zone'>): Promise<boolean> {
  const { world } = stage.cloud.rooms.ec2;
  const subnetId = stage.names.get(subnet);
  const there = [...world.networkInterfaces.all()]
    .filter((each) => each.subnetId === subnetId)
    .flatMap(({ attachment }) => attachment?.instanceId ?? []);
  const InstanceIds = [...new Set(there)].filter((id) => stateOf(stage, id) === 'running');
  if (InstanceIds.length === 0) return false;
  for (const [id, { onInstance }] of stage.chronicle.taken) {
    // What somebody took for an instance of theirs is free once that is gone.
    if (InstanceIds.includes(onInstance)) stage.chronicle.taken.delete(id);
  }
  await stage.ask('ec2', 'TerminateInstances', { InstanceIds });
  return true;
}

export async function tag(stage: Stage, { name, roles }: ActionOf<'tag'>): Promise<boolean> {
  const { names, ask, cloud, chronicle, time } = stage;
  const id = names.get(name);
  if (id === undefined || stateOf(stage, id) === 'terminated') return false;
  const operation = roles.length === 0 ? 'DeleteTags' : 'CreateTags';
  const input = {
    Resources: [id],
    Tags: [roles.length === 0 ? { Key: 'role' } : { Key: 'role', Value: roles.join(',') }],
  };
  await ask('ec2', operation, input);
  const call = { requestId: 'simulated', accessKeyId: 'AKIASOMEBODY', traceId: undefined };
  const recorded = { call, service: 'ec2', operation, input, userAgent: undefined, error: undefined };
  cloud.rooms.cloudTrail.record(recorded);
  chronicle.instances.get(id)?.roles.note(time.now(), roles);
  return true;
}

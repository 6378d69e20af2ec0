import { privateZone } from '../engine/network.ts';
import type { Stage } from '../engine/stage.ts';
import { stateOf } from './perform-on-instances.ts';
import type { ActionOf } from './story.ts';

/** CloudWatch tells of an alarm that watches one instance. */
export async function ring(stage: Stage, { name, state }: ActionOf<'alarm'>): Promise<boolean> {
  const id = stage.names.get(name);
  if (id === undefined) return false;
  const metric = { namespace: 'app', name: 'health', dimensions: { InstanceId: id } };
  publishAlarm(stage, `health of ${name}`, state, { metrics: [{ metricStat: { metric } }] });
  return true;
}

/** CloudWatch tells of an alarm that watches what a role does, whoever holds it. */
export async function ringForRole(stage: Stage, { role, state }: ActionOf<'role-alarm'>): Promise<boolean> {
  publishAlarm(stage, `answers of ${role}`, state, { description: `understudy:role=${role}`, metrics: [] });
  return true;
}

function publishAlarm(
  { cloud, time }: Stage,
  alarmName: string,
  value: string,
  configuration: { readonly description?: string; readonly metrics: readonly object[] },
): void {
  cloud.surroundings.publish({
    source: 'aws.cloudwatch',
    detailType: 'CloudWatch Alarm State Change',
    resources: [],
    detail: {
      alarmName,
      state: { value, timestamp: new Date(time.now()).toISOString() },
      configuration,
    },
  });
}

export async function replay(
  { ask, time, archiveArn, random }: Stage,
  { minutes }: ActionOf<'replay'>,
): Promise<boolean> {
  await ask('events', 'StartReplay', {
    ReplayName: `replay-${random.hex(8)}`,
    EventSourceArn: archiveArn,
    EventStartTime: new Date(time.now() - minutes * 60_000),
    EventEndTime: new Date(time.now()),
    Destination: { Arn: archiveArn.replace(/:archive\/.*/, ':event-bus/default') },
  });
  return true;
}

export async function steal(stage: Stage, { elasticIp, name }: ActionOf<'steal'>): Promise<boolean> {
  const { ask, names, cloud, chronicle, time } = stage;
  const AllocationId = names.get(elasticIp) ?? '';
  const id = names.get(name);
  if (id === undefined || stateOf(stage, id) !== 'running') return false;
  const { AssociationId } = await ask('ec2', 'AssociateAddress', { AllocationId, InstanceId: id });
  for (const [other, { associationId }] of chronicle.taken) {
    // Another one that they had there has made room for it.
    if (cloud.rooms.ec2.world.addresses.get(other)?.association?.id !== associationId)
      chronicle.taken.delete(other);
  }
  const associationId = String(AssociationId);
  chronicle.taken.set(AllocationId, { associationId, onInstance: id, sinceMs: time.now() });
  return true;
}

export async function giveBack(
  { ask, names, chronicle }: Stage,
  { elasticIp }: ActionOf<'give-back'>,
): Promise<boolean> {
  const id = names.get(elasticIp) ?? '';
  const taken = chronicle.taken.get(id);
  if (taken === undefined) return false;
  chronicle.taken.delete(id);
  await ask('ec2', 'DisassociateAddress', { AssociationId: taken.associationId });
  return true;
}

export async function overwrite(
  { ask, names, chronicle }: Stage,
  { name, value }: ActionOf<'overwrite'>,
): Promise<boolean> {
  const ResourceRecordSet = { Name: name, Type: 'A', TTL: 60, ResourceRecords: [{ Value: value }] };
  await ask('route53', 'ChangeResourceRecordSets', {
    HostedZoneId: names.get(privateZone),
    ChangeBatch: { Changes: [{ Action: 'UPSERT', ResourceRecordSet }] },
  });
  chronicle.overwritten.set(name, value);
  return true;
}

export async function lag(
  { chronicle, cloud }: Stage,
  { lagMs }: ActionOf<'describe-lag'>,
): Promise<boolean> {
  chronicle.lagMaxMs = Math.max(chronicle.lagMaxMs, lagMs);
  cloud.setLag({ describeMs: lagMs });
  return true;
}

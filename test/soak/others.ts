import { privateZone } from '../simulation/engine/network.ts';
import type { ActionOf } from '../simulation/story/story.ts';
import type { Doing } from './soaking.ts';
import type { SoakStage } from './stage.ts';

/** How alarms of the soak are named. */
export const alarmPrefix = 'health of ';

/** An alarm that watches the instance changes its state. */
export async function ring(
  { ask }: SoakStage,
  { name, state }: ActionOf<'alarm'>,
  instanceId: string,
): Promise<void> {
  const AlarmName = `${alarmPrefix}${name}`;
  await ask('monitoring', 'PutMetricAlarm', {
    AlarmName,
    Namespace: 'app',
    MetricName: 'health',
    Dimensions: [{ Name: 'InstanceId', Value: instanceId }],
    Statistic: 'Minimum',
    Period: 60,
    EvaluationPeriods: 1,
    ComparisonOperator: 'LessThanThreshold',
    Threshold: 1,
  });
  await ask('monitoring', 'SetAlarmState', { AlarmName, StateValue: state, StateReason: 'as it happens' });
}

/** The names of all alarms that `ring` made. */
export async function alarmNames({ ask }: SoakStage): Promise<readonly string[]> {
  const { MetricAlarms = [] } = await ask('monitoring', 'DescribeAlarms', { AlarmNamePrefix: alarmPrefix });
  return (MetricAlarms as readonly { readonly AlarmName?: string }[]).flatMap(
    ({ AlarmName }) => AlarmName ?? [],
  );
}

/** Somebody puts a role's Elastic IP on an instance of their own. */
export async function steal(
  { stage, chronicle }: Doing,
  { elasticIp }: ActionOf<'steal'>,
  InstanceId: string,
): Promise<void> {
  const AllocationId = stage.names.get(elasticIp) ?? '';
  const sinceMs = stage.cloud.clock.now();
  const { AssociationId } = await stage.ask('ec2', 'AssociateAddress', { AllocationId, InstanceId });
  // Another one that was there has made room for it.
  for (const [other, { instanceId }] of chronicle.taken) {
    if (instanceId === InstanceId) chronicle.taken.delete(other);
  }
  chronicle.taken.set(AllocationId, {
    associationId: String(AssociationId),
    instanceId: InstanceId,
    sinceMs,
  });
}

export async function giveBack({ stage, chronicle }: Doing, allocationId: string): Promise<void> {
  const taken = chronicle.taken.get(allocationId);
  if (taken === undefined) return;
  chronicle.taken.delete(allocationId);
  await stage.ask('ec2', 'DisassociateAddress', { AssociationId: taken.associationId });
}

/** Somebody else writes a record where a role has one. */
export async function overwrite(
  { stage, chronicle }: Doing,
  { name, value }: ActionOf<'overwrite'>,
): Promise<void> {
  await changeRecord(stage, 'UPSERT', name, value);
  chronicle.overwritten.set(name, value);
}

/** Whoever wrote a record of their own takes it away. */
export async function deleteOverwritten({ stage, chronicle }: Doing, name: string): Promise<void> {
  await changeRecord(stage, 'DELETE', name, chronicle.overwritten.get(name) ?? '');
  chronicle.overwritten.delete(name);
  chronicle.deleted.add(name);
}

async function changeRecord(
  { ask, names }: SoakStage,
  Action: 'UPSERT' | 'DELETE',
  name: string,
  value: string,
): Promise<void> {
  const ResourceRecordSet = { Name: name, Type: 'A', TTL: 60, ResourceRecords: [{ Value: value }] };
  await ask('route53', 'ChangeResourceRecordSets', {
    HostedZoneId: names.get(privateZone),
    ChangeBatch: { Changes: [{ Action, ResourceRecordSet }] },
  });
}

import { privateZone } from '../simulation/engine/network.ts';
import type { ActionOf } from '../simulation/story/story.ts';
import type { Doing } from './soaking.ts';
import type { SoakStage } from './stage.ts';

/** How alarms of the soak are named. */
const alarmPrefix = 'soak: ';

/** An alarm that watches the instance changes its state. */
export async function ring(
  { ask }: SoakStage,
  { name, state }: ActionOf<'alarm'>,
  instanceId: string,
): Promise<void> {
  const AlarmName = `${alarmPrefix}health of ${name}`;
  const Dimensions = [{ Name: 'InstanceId', Value: instanceId }];
  await ask('monitoring', 'PutMetricAlarm', { ...answers, AlarmName, Dimensions });
  await setAlarm({ ask }, AlarmName, state);
}

/** An alarm that watches what the role does changes its state. */
export async function ringForRole(
  { ask }: SoakStage,
  { role, state }: ActionOf<'role-alarm'>,
): Promise<void> {
  const AlarmName = `${alarmPrefix}answers of ${role}`;
  const AlarmDescription = `understudy:role=${role}`;
  await ask('monitoring', 'PutMetricAlarm', { ...answers, AlarmName, AlarmDescription });
  await setAlarm({ ask }, AlarmName, state);
}

const answers = {
  Namespace: 'app',
  MetricName: 'health',
  Statistic: 'Minimum',
  Period: 60,
  EvaluationPeriods: 1,
  ComparisonOperator: 'LessThanThreshold',
  Threshold: 1,
};

async function setAlarm(
  { ask }: Pick<SoakStage, 'ask'>,
  AlarmName: string,
  StateValue: 'OK' | 'ALARM',
): Promise<void> {
  await ask('monitoring', 'SetAlarmState', { AlarmName, StateValue, StateReason: 'as it happens' });
}

/** All alarms end. */
export async function endAlarms({ ask }: SoakStage): Promise<void> {
  for (const name of await alarmNames({ ask })) await setAlarm({ ask }, name, 'OK');
}

/** They are there no more. */
export async function deleteAlarms({ ask }: SoakStage): Promise<void> {
  const AlarmNames = await alarmNames({ ask });
  if (AlarmNames.length > 0) await ask('monitoring', 'DeleteAlarms', { AlarmNames });
}

async function alarmNames({ ask }: Pick<SoakStage, 'ask'>): Promise<readonly string[]> {
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

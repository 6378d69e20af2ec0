import type { ActionOf } from '../simulation/story/story.ts';
import { lookAt } from './look.ts';
import type { Doing } from './soaking.ts';
import type { SoakStage } from './stage.ts';

const lifeOperations = { stop: 'StopInstances', start: 'StartInstances', terminate: 'TerminateInstances' };

export async function changeLife(
  { ask }: SoakStage,
  kind: keyof typeof lifeOperations,
  instanceId: string,
): Promise<void> {
  await ask('ec2', lifeOperations[kind], { InstanceIds: [instanceId] });
}

/** AWS Health gives two weeks; here all is over before the night. */
const retirementNoticeMs = 180_000;

/** AWS tells that an instance will go, or may. */
export async function warn(
  { stage: { control }, chronicle }: Doing,
  kind: 'interrupt' | 'rebalance' | 'retire',
  instanceId: string,
): Promise<void> {
  if (kind === 'interrupt') await control.post('spot-interruptions', { instanceId, action: 'terminate' });
  else if (kind === 'rebalance') await control.post('rebalance-recommendations', { instanceId });
  else {
    const type = 'AWS_EC2_PERSISTENT_INSTANCE_RETIREMENT_SCHEDULED';
    const event = { type, instanceIds: [instanceId], startsInMs: retirementNoticeMs };
    await control.post('scheduled-events', event);
  }
  chronicle.warned.add(instanceId);
}

/** All instances of a subnet are gone at once. */
export async function loseZone(stage: SoakStage, { subnet }: ActionOf<'lose-zone'>): Promise<void> {
  const subnetId = stage.names.get(subnet);
  const { instances } = await lookAt(stage);
  const InstanceIds = [...instances.values()]
    .filter((each) => each.subnetId === subnetId && each.state === 'running')
    .map(({ id }) => id);
  if (InstanceIds.length > 0) await stage.ask('ec2', 'TerminateInstances', { InstanceIds });
}

export async function tag({ ask }: SoakStage, { roles }: ActionOf<'tag'>, instanceId: string): Promise<void> {
  const Tags = [{ Key: 'role', ...(roles.length === 0 ? {} : { Value: roles.join(',') }) }];
  await ask('ec2', roles.length === 0 ? 'DeleteTags' : 'CreateTags', { Resources: [instanceId], Tags });
}

import type { ActionOf } from '../story/story.ts';
import type { Ask } from './ask.ts';
import { textAt } from './ask.ts';
import type { Names } from './network.ts';

/** An instance by itself, with the tags that it begins its life with. */
export async function launchInstance(
  { ask, names }: { readonly ask: Ask; readonly names: Names },
  { name, roles, subnet, tags }: ActionOf<'launch'>,
): Promise<void> {
  const asked = roles.length === 0 ? {} : { role: roles.join(',') };
  const Tags = Object.entries({ ...tags, ...asked }).map(([Key, Value]) => ({ Key, Value }));
  const answer = await ask('ec2', 'RunInstances', {
    ImageId: 'ami-0abcdef1234567890',
    InstanceType: 't3.micro',
    MinCount: 1,
    MaxCount: 1,
    SubnetId: names.get(subnet) ?? '',
    ...(Tags.length === 0 ? {} : { TagSpecifications: [{ ResourceType: 'instance', Tags }] }),
  });
  names.set(name, textAt(answer, 'Instances 0 InstanceId'));
}

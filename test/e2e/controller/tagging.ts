import { CreateTagsCommand, DeleteTagsCommand } from '@aws-sdk/client-ec2';
import type { Theatre } from './theatre.ts';

/** Gives an instance a tag: the role's, unless another key is named. */
export async function tag(
  { stage }: Theatre,
  instanceId: string,
  value: string,
  key = 'role',
): Promise<void> {
  const Tags = [{ Key: key, Value: value }];
  await stage.clients.ec2.send(new CreateTagsCommand({ Resources: [instanceId], Tags }));
}

/** Takes the role's tag away. */
export async function untag({ stage }: Theatre, instanceId: string): Promise<void> {
  await stage.clients.ec2.send(new DeleteTagsCommand({ Resources: [instanceId], Tags: [{ Key: 'role' }] }));
}

import { deleteGroups } from './groups.ts';
import { lookAt } from './look.ts';
import { deleteAlarms, deleteOverwritten, giveBack } from './others.ts';
import type { Soaking } from './soaking.ts';

/** Takes away what yesterday left: instances, groups, alarms, and what somebody took or wrote. Roles stay. */
export async function tidyUp(soaking: Soaking): Promise<void> {
  const { stage, chronicle, laws } = soaking;
  const { ask, names } = stage;
  await deleteGroups(stage);
  // Elastic IPs and names that somebody had for themselves are the roles' again.
  for (const id of chronicle.taken.keys()) await giveBack(soaking, id);
  for (const name of chronicle.overwritten.keys()) await deleteOverwritten(soaking, name);
  const { instances } = await lookAt(stage);
  const InstanceIds = [...instances.values()].flatMap(({ id, state }) =>
    state === 'terminated' || state === 'shutting-down' ? [] : [id],
  );
  if (InstanceIds.length > 0) await ask('ec2', 'TerminateInstances', { InstanceIds });
  await deleteAlarms(stage);
  for (const name of names.keys()) if (/^(?:n|stranger|group)\d/.test(name)) names.delete(name);
  chronicle.forget();
  laws.forget();
}

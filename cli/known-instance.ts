import type { InstanceId } from '../shared/model/ids.ts';
import type { ObservedInstance } from '../shared/model/observed.ts';
import { isGone } from '../shared/model/trigger.ts';
import type { Ec2 } from '../shared/reconcile/ports.ts';
import { usageError } from './cli-error.ts';

/**
 * An instance that there is, and that may go on.
 * @throws CliError `InstanceUnknown`, `InstanceGone`
 */
export async function knownInstance(
  { instancesById }: Pick<Ec2, 'instancesById'>,
  instanceId: InstanceId,
): Promise<ObservedInstance> {
  const [instance] = await instancesById([instanceId]);
  if (instance === undefined) {
    const hint = 'is it the right region and account? --region and --profile say which';
    throw usageError(`there is no instance ${instanceId}`, 'InstanceUnknown', hint);
  }
  if (isGone(instance.state)) {
    throw usageError(
      `${instanceId} is ${instance.state}, and an instance never comes back`,
      'InstanceGone',
      'its roles are given to others by themselves; understudy status shows to whom',
    );
  }
  return instance;
}

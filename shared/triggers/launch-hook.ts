import { wokenBy } from './envelope.ts';
import type { EventKind } from './event-kind.ts';
import { lifecycleActionSchema, whyForeign } from './lifecycle-action.ts';

const actionSchema = lifecycleActionSchema('autoscaling:EC2_INSTANCE_LAUNCHING');

/**
 * An instance waits before it goes into service, new or out of the warm pool. One on its way into the warm pool asks for
 * no role yet: it waits again, with an event of its own, when it leaves the pool for the group. Hooks of others are theirs
 * to answer. Best effort.
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/warm-pool-instance-lifecycle.html
 */
export const launchHook: EventKind = {
  kind: 'launch-hook',
  source: 'aws.autoscaling',
  detailType: 'EC2 Instance-launch Lifecycle Action',
  parse: (envelope) => {
    const { instanceId, action, destination } = actionSchema.parse(envelope);
    const reason = whyForeign(action);
    if (reason !== undefined) return { kind: 'ignored', reason };
    if (destination === 'WarmPool') {
      return { kind: 'ignored', reason: `${instanceId} goes into the warm pool, not into service` };
    }
    return { kind: 'trigger', trigger: { kind: 'launch-hook', ...wokenBy(envelope), instanceId, action } };
  },
};

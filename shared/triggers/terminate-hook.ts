import { wokenBy } from './envelope.ts';
import type { EventKind } from './event-kind.ts';
import { lifecycleActionSchema, whyForeign } from './lifecycle-action.ts';

const actionSchema = lifecycleActionSchema('autoscaling:EC2_INSTANCE_TERMINATING');

/**
 * An instance waits before it is taken out of service. Wherever it comes from and goes to, somebody must complete the
 * action: one that returns to the warm pool is stopped there and has to hand over like one that is terminated, and one
 * that is terminated in the pool has nothing to hand over and must not be held. Hooks of others are theirs to answer. Best effort.
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/warm-pool-instance-lifecycle.html
 */
export const terminateHook: EventKind = {
  kind: 'terminate-hook',
  source: 'aws.autoscaling',
  detailType: 'EC2 Instance-terminate Lifecycle Action',
  parse: (envelope) => {
    const { instanceId, action } = actionSchema.parse(envelope);
    const reason = whyForeign(action);
    if (reason !== undefined) return { kind: 'ignored', reason };
    return { kind: 'trigger', trigger: { kind: 'terminate-hook', ...wokenBy(envelope), instanceId, action } };
  },
};

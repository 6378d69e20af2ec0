import { eventRules } from './event-rules.ts';

const roleTagKey = 'role';

/**
 * What the controller is made of beside its functions, as plain data: which events wake it, where they wait, what it
 * remembers. Whatever deploys it, deploys this.
 */
export const wiring = {
  /** The tag by which instances ask for roles: the rules and the functions must agree on it. */
  roleTagKey,
  table: {
    name: 'understudy',
    /** String keys. DynamoDB's TTL clears history and the rows of instances that are gone; it is never a lease. */
    partitionKey: 'pk',
    sortKey: 'sk',
    timeToLiveAttribute: 'expiresAt',
  },
  queue: {
    name: 'understudy-events',
    /** Longer than a function may run, and than a lease: whoever gets a message again finds the crashed lease over. */
    visibilityTimeoutSeconds: 60,
    deadLetterQueueName: 'understudy-dead-letters',
    /** Five tries in five minutes; then a person should know. */
    maxReceiveCount: 5,
  },
  eventSource: {
    /** As many as SQS gives without waiting for more: a failover must not wait for a batch to fill. */
    batchSize: 10,
    /**
     * Enough that a few slow moves do not hold up the rest, and few enough that all of them get their roles moved within
     * their leases when EC2 takes five calls a second: docs/performance.md compares.
     */
    maximumConcurrency: 5,
  },
  rules: eventRules(roleTagKey).map((rule) => ({ name: `understudy-${rule.kind}`, ...rule })),
  resync: { ruleName: 'understudy-resync', scheduleExpression: 'rate(1 minute)' },
} as const;

/** A rule's `eventPattern`, as EventBridge takes it. */
export interface EventPattern {
  readonly source: readonly string[];
  readonly 'detail-type': readonly string[];
  readonly detail?: Readonly<Record<string, unknown>>;
}

export interface EventRule {
  /** The kind of trigger that its events become. */
  readonly kind: string;
  readonly eventPattern: EventPattern;
}

/**
 * One rule for each kind of event that comes over the bus. Each lets through as little as a pattern can tell: what is
 * kept out costs nothing, and what is let through costs a message, an invocation and calls to EC2.
 * @param roleTagKey - Key of the tag by which instances ask for roles.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function eventRules(roleTagKey: string): readonly EventRule[] {
  const tagKeys = [roleTagKey, 'role-priority'];
  return [
    rule('ec2-state-change', 'aws.ec2', 'EC2 Instance State-change Notification'),
    rule('tag-change', 'aws.tag', 'Tag Change on Resource', tagChange(tagKeys)),
    rule('tag-call', 'aws.ec2', 'AWS API Call via CloudTrail', tagCall(tagKeys)),
    rule('launch-hook', 'aws.autoscaling', 'EC2 Instance-launch Lifecycle Action', {
      ...ownHook,
      // What goes into the warm pool goes into service later, with an event of its own.
      Destination: [{ 'anything-but': 'WarmPool' }, { exists: false }],
    }),
    rule('terminate-hook', 'aws.autoscaling', 'EC2 Instance-terminate Lifecycle Action', ownHook),
    rule('spot-interruption', 'aws.ec2', 'EC2 Spot Instance Interruption Warning'),
    rule('rebalance-recommendation', 'aws.ec2', 'EC2 Instance Rebalance Recommendation'),
    rule('health-event', 'aws.health', 'AWS Health Event', healthEvent),
    rule('alarm', 'aws.cloudwatch', 'CloudWatch Alarm State Change', alarm),
  ];
}

function rule(
  kind: string,
  source: string,
  detailType: string,
  detail?: Readonly<Record<string, unknown>>,
): EventRule {
  const eventPattern = { source: [source], 'detail-type': [detailType] };
  return { kind, eventPattern: detail === undefined ? eventPattern : { ...eventPattern, detail } };
}

/** Hooks of a group that are not named after Understudy are somebody else's, and theirs to answer. */
const ownHook = { LifecycleHookName: [{ prefix: 'understudy' }] };

/** By the keys that changed, not by the tags that are there: a release takes the key away. */
const tagChange = (tagKeys: readonly string[]) => ({
  service: ['ec2'],
  'resource-type': ['instance'],
  'changed-tag-keys': tagKeys,
});

/** Successful calls for an instance; DeleteTags without any key removes all of them. */
const tagCall = (tagKeys: readonly string[]) => ({
  eventSource: ['ec2.amazonaws.com'],
  errorCode: [{ exists: false }],
  requestParameters: { resourcesSet: { items: { resourceId: [{ prefix: 'i-' }] } } },
  $or: [
    {
      eventName: ['CreateTags', 'DeleteTags'],
      requestParameters: { tagSet: { items: { key: tagKeys } } },
    },
    {
      eventName: ['DeleteTags'],
      requestParameters: { tagSet: { items: { key: [{ exists: false }] } } },
    },
  ],
});

/** About instances, named by id or by ARN; not the copy that the backup region gets of every other region's events. */
const healthEvent = {
  service: ['EC2'],
  eventTypeCategory: ['scheduledChange', 'issue'],
  backupEvent: [{ 'anything-but': 'true' }, { exists: false }],
  affectedEntities: { entityValue: [{ prefix: 'i-' }, { wildcard: 'arn:*:instance/i-*' }] },
};

/** About an instance by the dimension of a metric, or about a role by a mark in the description. */
const alarm = {
  configuration: {
    $or: [
      { metrics: { metricStat: { metric: { dimensions: { InstanceId: [{ prefix: 'i-' }] } } } } },
      { description: [{ wildcard: '*understudy:role=*' }] },
    ],
  },
};

/*
 * What each fixture says, written by hand. `eventId` and `timeMs` stand in the envelope of every event in the same way
 * and are left out here, unless the kind takes its time from elsewhere.
 */

export interface Ignored {
  readonly ignored: string;
}

const first = 'i-0a1b2c3d4e5f60718';
const second = 'i-0fedcba9876543210';

const ofInstance = (instanceId: string, more: object = {}) => ({ instanceId, ...more });
const inState = (state: string) => ofInstance(first, { state });
const ignored = (reason: string): Ignored => ({ ignored: reason });

const ec2StateChange = {
  'pending.json': inState('pending'),
  'pending-doc-shape-no-version.json': inState('pending'),
  'running.json': inState('running'),
  'stopping.json': inState('stopping'),
  'stopped.json': inState('stopped'),
  'shutting-down.json': inState('shutting-down'),
  'terminated.json': inState('terminated'),
  'replayed-running.json': inState('running'),
  'replayed-terminated.json': inState('terminated'),
};

const tagged = (version: number, tags: object) => ofInstance(first, { version, tags });
const ownTags = { Name: 'web-1', 'aws:autoscaling:groupName': 'web-asg' };

const tagChange = {
  'claim.json': tagged(3, { ...ownTags, role: 'web-primary' }),
  'replayed-claim.json': tagged(3, { ...ownTags, role: 'web-primary' }),
  'move.json': tagged(4, { ...ownTags, role: 'web-secondary' }),
  'release.json': tagged(5, ownTags),
  'all-removed.json': tagged(7, {}),
  'unrelated.json': tagged(6, { Name: 'web-1', CostCenter: '42', role: 'web-primary' }),
};

const tagCall = {
  'create-tags.json': { instanceIds: [first] },
  'create-tags-several-resources.json': { instanceIds: [first, second] },
  'create-tags-unrelated.json': { instanceIds: [first] },
  'delete-tags.json': { instanceIds: [first] },
  'delete-all-tags.json': { instanceIds: [first] },
  'create-tags-denied.json': ignored('the call of CreateTags failed: Client.UnauthorizedOperation'),
  'create-tags-volume.json': ignored('the call of CreateTags was for no instance'),
  'stop-instances.json': ignored('calls of StopInstances are of no concern'),
};

const hooked = (instanceId: string, hookName: string, actionToken: string) =>
  ofInstance(instanceId, { action: { groupName: 'web-asg', hookName, actionToken } });

const foreignHook = (hookName: string) =>
  ignored(`hook "${hookName}" of group web-asg is somebody else's: its name does not begin with understudy`);

const launchHook = {
  'into-service.json': hooked(first, 'understudy-launch', '87654321-4321-4321-4321-210987654321'),
  'no-origin.json': hooked(first, 'understudy-launch', '19cc4d4a-e450-4d1c-b448-0de67a5b6c7d'),
  'out-of-warm-pool.json': hooked(second, 'understudy-launch', '71514b9d-6a40-4b26-8523-05e7e1d2c3b5'),
  'into-warm-pool.json': ignored(`${second} goes into the warm pool, not into service`),
  'foreign-hook.json': foreignHook('warm-up-caches'),
};

const terminateHook = {
  'terminating.json': hooked(first, 'understudy-terminate', '42694b3d-4b70-6a62-8523-09a1e8f7d6c5'),
  'into-warm-pool.json': hooked(first, 'understudy-terminate', '42694b3d-4b70-6a62-8523-09a1e8f7d6c6'),
  'out-of-warm-pool.json': hooked(second, 'understudy-terminate', '42694b3d-4b70-6a62-8523-09a1e8f7d6c7'),
  'foreign-hook.json': foreignHook('ship-logs'),
};

const spotInterruption = {
  'terminate.json': ofInstance(first, { action: 'terminate' }),
  'stop.json': ofInstance(first, { action: 'stop' }),
  'hibernate.json': ofInstance(first, { action: 'hibernate' }),
};

const announced = (code: string, instanceIds: readonly string[], more: object = {}) => ({
  eventTypeCode: code,
  instanceIds,
  startsAtMs: Date.UTC(2026, 11, 4, 13, 19, 3),
  isClosed: false,
  ...more,
});
const retirement = 'AWS_EC2_INSTANCE_RETIREMENT_SCHEDULED';
const persistentRetirement = 'AWS_EC2_PERSISTENT_INSTANCE_RETIREMENT_SCHEDULED';
const reboot = 'AWS_EC2_SYSTEM_REBOOT_MAINTENANCE_SCHEDULED';

const healthEvent = {
  'instance-retirement.json': announced(retirement, [first]),
  'instance-retirement-doc-shape-no-resources.json': announced(retirement, [first]),
  'persistent-instance-retirement.json': announced(persistentRetirement, [first]),
  'instance-store-degraded.json': announced('AWS_EC2_INSTANCE_STORE_DRIVE_PERFORMANCE_DEGRADED', [first], {
    startsAtMs: Date.UTC(2026, 10, 20, 13, 1, 10),
  }),
  'system-reboot-maintenance.json': announced(reboot, [first, second]),
  'system-reboot-maintenance-resolved-for-one.json': announced(reboot, [second]),
  'system-reboot-maintenance-resolved-for-all.json': announced(reboot, [first, second], { isClosed: true }),
  'system-reboot-maintenance-closed.json': announced(reboot, [first, second], { isClosed: true }),
  'page-1-of-2.json': announced(persistentRetirement, [first]),
  'page-2-of-2.json': announced(persistentRetirement, [second]),
  'another-account.json': ignored('tells of account 111122223333'),
  'instance-store-degraded-backup-event.json': ignored('a copy for the backup region'),
  'public-operational-issue.json': ignored('AWS_EC2_OPERATIONAL_ISSUE names no instance'),
  'account-notification.json': ignored('an event of EC2 that is only accountNotification'),
  'rds-maintenance.json': ignored('events of RDS are of no concern'),
};

const alarmed = (alarmName: string, state: string, more: object) => ({
  alarmName,
  state,
  instanceIds: [],
  roles: [],
  timeMs: Date.UTC(2026, 10, 20, 12, 5, 1, 989),
  ...more,
});
const ofFirst = { instanceIds: [first] };

const alarm = {
  'alarm.json': alarmed('role-web-primary-status', 'ALARM', ofFirst),
  'ok.json': alarmed('role-web-primary-status', 'OK', ofFirst),
  'insufficient-data.json': alarmed('role-web-primary-status', 'INSUFFICIENT_DATA', ofFirst),
  'metric-math.json': alarmed('web-pair-errors', 'ALARM', { instanceIds: [first, second] }),
  'composite.json': alarmed('web-primary-unhealthy', 'ALARM', { roles: ['web-primary', 'web-admin'] }),
  'role-in-description.json': alarmed('role-web-primary-status', 'ALARM', { roles: ['web-primary'] }),
  'no-name-of-a-role.json': ignored('alarm "role-web-primary-status" is about no instance and names no role'),
  'no-instance-no-role.json': ignored(
    'alarm "role-web-primary-status" is about no instance and names no role',
  ),
  'instance-id-of-another-kind.json': ignored(
    'alarm "role-web-primary-status" is about no instance and names no role',
  ),
};

const operatorRequest = {
  'failover.json': {
    roles: ['web-primary'],
    words: 'failover of web-primary by arn:aws:iam::111122223333:user/ana',
  },
  'drain.json': {
    roles: ['web-primary', 'nat-a'],
    words: 'drain of i-0a1b2c3d4e5f60718 by arn:aws:sts::111122223333:assumed-role/operators/ben',
  },
};

/** By kind and file name of the fixture: what its trigger says, or why it is none. */
export const expected: Readonly<Record<string, Readonly<Record<string, object>>>> = {
  'ec2-state-change': ec2StateChange,
  'tag-change': tagChange,
  'tag-call': tagCall,
  'launch-hook': launchHook,
  'terminate-hook': terminateHook,
  'spot-interruption': spotInterruption,
  'rebalance-recommendation': { 'recommendation.json': ofInstance(first) },
  'health-event': healthEvent,
  alarm,
  'operator-request': operatorRequest,
  'scheduled-resync': { 'scheduled-event.json': {} },
};

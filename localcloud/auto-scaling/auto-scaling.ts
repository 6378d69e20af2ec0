import { type AwsError, notModelled } from '../core/aws-error.ts';
import { type InputProblem, operationMap, type Service } from '../core/service.ts';
import type { BusEvent, Surroundings } from '../core/surroundings.ts';
import type { Ec2Hooks } from '../ec2/hooks.ts';
import { awsQueryProtocol } from '../wire/aws-query-protocol.ts';
import { actionOperations } from './action-operations.ts';
import { describeScalingActivities } from './activity-operations.ts';
import { attachmentOperations } from './attachment-operations.ts';
import { createAutoScalingGroup } from './create-group.ts';
import { deleteAutoScalingGroup } from './delete-group.ts';
import { describeAutoScalingGroups } from './describe-groups.ts';
import { dump } from './dump.ts';
import { validationError } from './errors.ts';
import { StatusCheckWatch } from './health.ts';
import { hookOperations } from './hook-operations.ts';
import { noticeInstanceChange } from './instance-changes.ts';
import { instanceOperations } from './instance-operations.ts';
import { checkInvariants } from './invariants.ts';
import { processOperations } from './process-operations.ts';
import { resize } from './resize.ts';
import { Groups } from './state/groups.ts';
import { type AutoScalingSettings, defaultAutoScalingSettings } from './state/settings.ts';
import { tagOperations } from './tag-operations.ts';
import { updateOperations } from './update-group.ts';

const version = '2011-01-01';

/** The Auto Scaling room: the service, and what the cloud asks of it directly. */
export interface AutoScaling extends Service {
  /** Takes an event that any room published; those of EC2's instances concern it. */
  receive(event: BusEvent): void;
  /** Ends all that is still to happen by itself. */
  close(): Promise<void>;
}

/**
 * EC2 Auto Scaling: groups that keep their size, with lifecycle hooks. It launches and terminates through `ec2`, and
 * must be handed EC2's events.
 * @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/Welcome.html
 */
export function createAutoScaling(
  surroundings: Surroundings,
  ec2: Ec2Hooks,
  settings: Partial<AutoScalingSettings> = {},
): AutoScaling {
  const own = { ...surroundings, random: surroundings.random.fork('auto-scaling') };
  const groups = new Groups(own, { ...defaultAutoScalingSettings, ...settings }, ec2, resize);
  const statusChecks = new StatusCheckWatch(groups);
  const operations = operationMap([
    createAutoScalingGroup(groups, () => statusChecks.begin()),
    ...updateOperations(groups),
    deleteAutoScalingGroup(groups),
    describeAutoScalingGroups(groups),
    ...instanceOperations(groups),
    ...attachmentOperations(groups),
    ...hookOperations(groups),
    ...actionOperations(groups),
    describeScalingActivities(groups),
    ...tagOperations(groups),
    ...processOperations(groups),
  ]);
  const namespace = `http://autoscaling.amazonaws.com/doc/${version}/`;
  return {
    name: 'autoscaling',
    protocol: {
      ...awsQueryProtocol(operations, { version, serviceName: 'AutoScaling', namespace }),
      inputError,
    },
    operations,
    checkInvariants: () => checkInvariants(groups),
    dump: () => dump(groups),
    receive: (event) => noticeInstanceChange(groups, event),
    close: () => {
      groups.close();
      return Promise.resolve();
    },
  };
}

// https://docs.aws.amazon.com/autoscaling/ec2/APIReference/CommonErrors.html
function inputError({ kind, parameter, detail }: InputProblem): AwsError {
  const member = parameter.charAt(0).toLowerCase() + parameter.slice(1);
  switch (kind) {
    case 'missing':
      return constraintError(
        `Value null at '${member}' failed to satisfy constraint: Member must not be null`,
      );
    case 'unknown':
      // Most of those are AWS's own.
      return notModelled(`the parameter ${parameter} of Auto Scaling`);
    case 'invalid':
      return constraintError(`Value at '${member}' failed to satisfy constraint: ${detail}`);
  }
}

function constraintError(message: string): AwsError {
  return validationError(`1 validation error detected: ${message}`);
}

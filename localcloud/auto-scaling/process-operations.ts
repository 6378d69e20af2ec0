import { z } from 'zod';
import { type Operation, operation } from '../core/service.ts';
import { checkInstance } from './health.ts';
import { groupName, oneOf } from './inputs.ts';
import { autoScalingPage, guidePage } from './sources.ts';
import { processNames } from './state/group.ts';
import type { Groups } from './state/groups.ts';

const processesInput = z.strictObject({
  AutoScalingGroupName: groupName,
  ScalingProcesses: z.array(oneOf(processNames)).optional(),
});

/** SuspendProcesses and ResumeProcesses. */
export function processOperations(groups: Groups): readonly Operation[] {
  return [suspendProcesses(groups), resumeProcesses(groups)];
}

function suspendProcesses(groups: Groups): Operation {
  return operation({
    name: 'SuspendProcesses',
    effect: 'write',
    input: processesInput,
    honesty: {
      modelled: [
        'Launch, Terminate, HealthCheck and ReplaceUnhealthy stop; the others are noted and have nothing to stop here. None named means all.',
      ],
      sources: [autoScalingPage('SuspendProcesses'), guidePage('as-suspend-resume-processes')],
    },
    run: ({ AutoScalingGroupName, ScalingProcesses = processNames }) => {
      const group = groups.expectModifiable(AutoScalingGroupName);
      for (const each of namedOrAll(ScalingProcesses)) group.suspended.add(each);
      return {};
    },
  });
}

function resumeProcesses(groups: Groups): Operation {
  return operation({
    name: 'ResumeProcesses',
    effect: 'write',
    input: processesInput,
    honesty: {
      modelled: ['What was due in the meantime is done: sizes, health of instances. None named means all.'],
      sources: [autoScalingPage('ResumeProcesses'), guidePage('as-suspend-resume-processes')],
    },
    run: ({ AutoScalingGroupName, ScalingProcesses = processNames }) => {
      const group = groups.expectModifiable(AutoScalingGroupName);
      for (const each of namedOrAll(ScalingProcesses)) group.suspended.delete(each);
      // What EC2 said while nobody listened.
      for (const member of group.members.values()) checkInstance(groups, member);
      groups.planResize(group);
      return {};
    },
  });
}

function namedOrAll<Name>(names: readonly Name[]): readonly Name[] | typeof processNames {
  return names.length === 0 ? processNames : names;
}

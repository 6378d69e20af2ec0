import { z } from 'zod';
import { AwsError } from '../core/aws-error.ts';
import type { Operation } from '../core/service.ts';
import { incorrectInstanceState } from './errors.ts';
import { beginStart, beginStop, beginTermination } from './instance-transitions.ts';
import { stateView } from './instance-view.ts';
import { ec2Operation, ec2Page } from './operation.ts';
import type { Instance, InstanceStateName } from './state/resources.ts';
import { expectResources, type World } from './state/world.ts';

const lifeCyclePage = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-lifecycle.html';

/** StartInstances, StopInstances, RebootInstances and TerminateInstances. */
export function instanceLifeCycleOperations(world: World): readonly Operation[] {
  return [startInstances(world), stopInstances(world), rebootInstances(world), terminateInstances(world)];
}

/** Ends the instance as AWS itself or Auto Scaling would: without asking for its termination protection. */
export function terminate(world: World, instances: readonly Instance[]): object[] {
  return changeEach(world, instances, ['shutting-down', 'terminated'], beginTermination);
}

function startInstances(world: World): Operation {
  return ec2Operation({
    name: 'StartInstances',
    effect: 'write',
    input: { InstanceIds: z.array(z.string()) },
    honesty: {
      modelled: [
        'From stopped to pending to running, with a new launch time and, where due, a new auto-assigned public IP.',
        'Pending and running instances are left as they are; all instances start or none.',
      ],
      sources: [ec2Page('StartInstances'), lifeCyclePage],
    },
    run: ({ InstanceIds }) => {
      const instances = expectResources(world.instances, 'instance', InstanceIds);
      const wrong = firstNotIn(instances, ['stopped', 'pending', 'running']);
      if (wrong !== undefined)
        throw incorrectInstanceState(
          `The instance '${wrong.id}' is not in a state from which it can be started.`,
        );
      return { StartingInstances: changeEach(world, instances, ['pending', 'running'], beginStart) };
    },
  });
}

function stopInstances(world: World): Operation {
  return ec2Operation({
    name: 'StopInstances',
    effect: 'write',
    input: {
      InstanceIds: z.array(z.string()),
      Force: z.boolean().optional(),
      SkipOsShutdown: z.boolean().optional(),
    },
    honesty: {
      modelled: [
        'From running to stopping to stopped; private addresses, Elastic IPs and interfaces stay, an auto-assigned public IP goes.',
        'Stopping and stopped instances are left as they are; all instances stop or none.',
      ],
      notModelled: ['Hibernate'],
      sources: [ec2Page('StopInstances'), lifeCyclePage],
    },
    run: ({ InstanceIds }) => {
      const instances = expectResources(world.instances, 'instance', InstanceIds);
      const wrong = firstNotIn(instances, ['running', 'stopping', 'stopped']);
      if (wrong !== undefined)
        throw incorrectInstanceState(
          `This instance '${wrong.id}' is not in a state from which it can be stopped.`,
        );
      return { StoppingInstances: changeEach(world, instances, ['stopping', 'stopped'], beginStop) };
    },
  });
}

function rebootInstances(world: World): Operation {
  return ec2Operation({
    name: 'RebootInstances',
    effect: 'write',
    input: { InstanceIds: z.array(z.string()) },
    honesty: {
      modelled: ['The instance stays running, no event is sent; terminated instances are ignored.'],
      sources: [ec2Page('RebootInstances'), 'unverified: the error for instances that do not run'],
    },
    run: ({ InstanceIds }) => {
      const instances = expectResources(world.instances, 'instance', InstanceIds);
      const wrong = firstNotIn(instances, ['running', 'shutting-down', 'terminated']);
      if (wrong !== undefined)
        throw incorrectInstanceState(
          `Instance '${wrong.id}' is not in a state from which it can be rebooted.`,
        );
      return {};
    },
  });
}

function terminateInstances(world: World): Operation {
  return ec2Operation({
    name: 'TerminateInstances',
    effect: 'write',
    input: {
      InstanceIds: z.array(z.string()),
      Force: z.boolean().optional(),
      SkipOsShutdown: z.boolean().optional(),
    },
    honesty: {
      modelled: [
        'To shutting-down and then terminated for ever; repeated calls succeed.',
        'With terminated the interfaces that are deleted on termination go with their addresses, others become available; Elastic IPs of deleted interfaces are disassociated and stay allocated.',
        'A terminated instance shows for an hour, its tags for less.',
        'Termination protection refuses the whole request.',
      ],
      notModelled: ['Requests over several zones, of which AWS carries out a part when some are protected'],
      sources: [
        ec2Page('TerminateInstances'),
        lifeCyclePage,
        'unverified: at which moment of the termination addresses are let go, and for how long tags show',
      ],
    },
    run: ({ InstanceIds }) => {
      const instances = expectResources(world.instances, 'instance', InstanceIds);
      const guarded = instances.find((each) => each.isTerminationProtected && each.state !== 'terminated');
      if (guarded !== undefined)
        throw new AwsError(
          'OperationNotPermitted',
          `The instance '${guarded.id}' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again.`,
        );
      return { TerminatingInstances: terminate(world, instances) };
    },
  });
}

function firstNotIn(
  instances: readonly Instance[],
  states: readonly InstanceStateName[],
): Instance | undefined {
  return instances.find(({ state }) => !states.includes(state));
}

/** Begins the change for those not yet on their way, and tells what changed as the response does. */
function changeEach(
  world: World,
  instances: readonly Instance[],
  doneStates: readonly InstanceStateName[],
  begin: (world: World, instance: Instance) => void,
): object[] {
  return instances.map((before) => {
    if (!doneStates.includes(before.state)) begin(world, before);
    return {
      InstanceId: before.id,
      CurrentState: stateView(world.instances.get(before.id)?.state ?? before.state),
      PreviousState: stateView(before.state),
    };
  });
}

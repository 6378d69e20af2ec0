import { z } from 'zod';
import type { Operation } from '../core/service.ts';
import {
  incorrectInstanceState,
  invalidParameterCombination,
  invalidParameterValue,
  missingParameter,
  severalInterfaces,
} from './errors.ts';
import { foundByIds } from './found-by-ids.ts';
import { instanceTypes } from './instance-type-table.ts';
import { ec2Operation, ec2Page } from './operation.ts';
import { expectGroupIds } from './security-groups.ts';
import type { Instance, NetworkInterface } from './state/resources.ts';
import { expectResource, type World } from './state/world.ts';
import { expectUserData } from './user-data.ts';

const booleanValue = z.strictObject({ Value: z.boolean() }).optional();
const textValue = z.strictObject({ Value: z.string() }).optional();

const input = {
  InstanceId: z.string(),
  SourceDestCheck: booleanValue,
  DisableApiTermination: booleanValue,
  InstanceInitiatedShutdownBehavior: z.strictObject({ Value: z.enum(['stop', 'terminate']) }).optional(),
  InstanceType: textValue,
  UserData: textValue,
  Groups: z.array(z.string()).optional(),
};

type Changes = Omit<z.infer<z.ZodObject<typeof input>>, 'InstanceId'>;

/** ModifyInstanceAttribute and DescribeInstanceAttribute. */
export function instanceAttributeOperations(world: World): readonly Operation[] {
  return [modifyInstanceAttribute(world), describeInstanceAttribute(world)];
}

function modifyInstanceAttribute(world: World): Operation {
  return ec2Operation({
    name: 'ModifyInstanceAttribute',
    effect: 'write',
    input,
    honesty: {
      modelled: [
        'SourceDestCheck and Groups of an instance with exactly one interface, DisableApiTermination, InstanceInitiatedShutdownBehavior; InstanceType and UserData of a stopped instance. One a call.',
      ],
      notModelled: ['All other attributes', 'The form Attribute and Value'],
      sources: [
        ec2Page('ModifyInstanceAttribute'),
        'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html',
      ],
    },
    run: ({ InstanceId, ...changes }) => {
      const instance = expectResource(world.instances, 'instance', InstanceId);
      const given = Object.values(changes).filter((change) => change !== undefined);
      if (given.length === 0) throw invalidParameterCombination('No attributes specified.');
      if (given.length > 1)
        throw invalidParameterCombination('Fields for multiple attribute types specified');
      if (instance.state === 'terminated' || instance.state === 'shutting-down')
        throw incorrectInstanceState(
          `The instance '${instance.id}' is not in a valid state: ${instance.state}`,
        );
      if (changes.SourceDestCheck !== undefined || changes.Groups !== undefined)
        modifyInterface(world, onlyInterface(world, instance), changes);
      else world.instances.put({ ...instance, ...changed(instance, changes) });
      return {};
    },
  });
}

function onlyInterface(world: World, instance: Instance): NetworkInterface {
  const [id, ...others] = instance.networkInterfaceIds;
  if (id === undefined || others.length > 0) throw severalInterfaces(instance.id);
  return expectResource(world.networkInterfaces, 'network-interface', id);
}

function modifyInterface(world: World, eni: NetworkInterface, { SourceDestCheck, Groups }: Changes): void {
  world.networkInterfaces.put({
    ...eni,
    isSourceDestChecked: SourceDestCheck?.Value ?? eni.isSourceDestChecked,
    groupIds: Groups === undefined ? eni.groupIds : expectGroupIds(world, eni.vpcId, Groups),
  });
}

function changed(instance: Instance, changes: Changes): Partial<Instance> {
  const { DisableApiTermination, InstanceInitiatedShutdownBehavior, InstanceType, UserData } = changes;
  if (DisableApiTermination !== undefined) return { isTerminationProtected: DisableApiTermination.Value };
  if (InstanceInitiatedShutdownBehavior !== undefined)
    return { shutdownBehavior: InstanceInitiatedShutdownBehavior.Value };
  if (instance.state !== 'stopped')
    throw incorrectInstanceState(`The instance '${instance.id}' is not in the 'stopped' state.`);
  if (UserData !== undefined) return { userData: expectUserData(UserData.Value) };
  if (InstanceType === undefined) throw missingParameter('attribute');
  if (!instanceTypes.has(InstanceType.Value))
    throw invalidParameterValue(`Invalid value '${InstanceType.Value}' for InstanceType.`);
  return { instanceType: InstanceType.Value };
}

const attributes = [
  'instanceType',
  'userData',
  'disableApiTermination',
  'instanceInitiatedShutdownBehavior',
  'sourceDestCheck',
  'groupSet',
  'rootDeviceName',
] as const;

function describeInstanceAttribute(world: World): Operation {
  return ec2Operation({
    name: 'DescribeInstanceAttribute',
    effect: 'read',
    input: { InstanceId: z.string(), Attribute: z.enum(attributes) },
    honesty: {
      modelled: [`The attributes ${attributes.join(', ')}.`],
      notModelled: ['All other attributes'],
      sources: [ec2Page('DescribeInstanceAttribute')],
    },
    run: ({ InstanceId, Attribute }) => {
      const [instance] = foundByIds(world.instances, 'instance', [InstanceId]);
      return { InstanceId, ...(instance === undefined ? {} : attributeView(world, instance, Attribute)) };
    },
  });
}

function attributeView(world: World, instance: Instance, attribute: (typeof attributes)[number]): object {
  const eni = world.networkInterfaces.seen(instance.networkInterfaceIds[0] ?? '');
  switch (attribute) {
    case 'instanceType':
      return { InstanceType: { Value: instance.instanceType } };
    case 'userData':
      return { UserData: instance.userData === undefined ? {} : { Value: instance.userData } };
    case 'disableApiTermination':
      return { DisableApiTermination: { Value: instance.isTerminationProtected } };
    case 'instanceInitiatedShutdownBehavior':
      return { InstanceInitiatedShutdownBehavior: { Value: instance.shutdownBehavior } };
    case 'sourceDestCheck':
      return { SourceDestCheck: { Value: eni?.isSourceDestChecked ?? true } };
    case 'groupSet':
      return { Groups: (eni?.groupIds ?? []).map((GroupId) => ({ GroupId })) };
    case 'rootDeviceName':
      return { RootDeviceName: { Value: '/dev/xvda' } };
  }
}

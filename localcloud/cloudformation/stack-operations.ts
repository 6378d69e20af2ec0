import { z } from 'zod';
import { AwsError } from '../core/aws-error.ts';
import { type Operation, operation } from '../core/service.ts';
import type { Stack } from './stack.ts';

const api = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference';

/** Looking stacks up: enough for a command that wants to know what a stack is called by. */
export function stackOperations(stacks: ReadonlyMap<string, Stack>): readonly Operation[] {
  return [
    operation({
      name: 'DescribeStacks',
      effect: 'read',
      input: z.strictObject({ StackName: z.string().optional(), NextToken: z.string().optional() }),
      run: ({ StackName }) => ({
        Stacks: (StackName === undefined ? [...stacks.values()] : [find(stacks, StackName)]).map(described),
      }),
      honesty: {
        modelled: ['By name or id, or all in one page: status, parameters, outputs.'],
        notModelled: ['Deleted stacks, tags, drift, paging.'],
        sources: [`${api}/API_DescribeStacks.html`],
      },
    }),
    operation({
      name: 'ListStackResources',
      effect: 'read',
      input: z.strictObject({ StackName: z.string(), NextToken: z.string().optional() }),
      run: ({ StackName }) => {
        const { resources, status } = find(stacks, StackName);
        return {
          StackResourceSummaries: [...resources.values()].map(({ logicalId, type, made, changedMs }) => ({
            LogicalResourceId: logicalId,
            PhysicalResourceId: made.ref,
            ResourceType: type.name,
            LastUpdatedTimestamp: new Date(changedMs),
            ResourceStatus: status.startsWith('CREATE') ? 'CREATE_COMPLETE' : 'UPDATE_COMPLETE',
          })),
        };
      },
      honesty: {
        modelled: ['All resources in one page, in the order in which they were made.'],
        notModelled: ['The status of each; paging.'],
        sources: [`${api}/API_ListStackResources.html`],
      },
    }),
  ];
}

function find(stacks: ReadonlyMap<string, Stack>, nameOrId: string): Stack {
  const name = nameOrId.startsWith('arn:') ? (nameOrId.split('/')[1] ?? '') : nameOrId;
  const stack = stacks.get(name);
  if (stack === undefined) throw new AwsError('ValidationError', `Stack with id ${nameOrId} does not exist`);
  return stack;
}

function described({
  name,
  id,
  status,
  description,
  parameters,
  outputs,
  createdMs,
  updatedMs,
}: Stack): object {
  return {
    StackName: name,
    StackId: id,
    Description: description,
    StackStatus: status,
    CreationTime: new Date(createdMs),
    LastUpdatedTime: updatedMs === undefined ? undefined : new Date(updatedMs),
    DisableRollback: false,
    Parameters: [...parameters].map(([ParameterKey, value]) => ({
      ParameterKey,
      ParameterValue: typeof value === 'string' ? value : value.join(','),
    })),
    Outputs: outputs.map(({ key, value, description: about, exportName }) => ({
      OutputKey: key,
      OutputValue: value,
      Description: about,
      ExportName: exportName,
    })),
  };
}

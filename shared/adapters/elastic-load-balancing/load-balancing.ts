import type {
  ElasticLoadBalancingV2Client,
  TargetDescription,
  TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  DeregisterTargetsCommand,
  DescribeTargetHealthCommand,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { DeregisterTarget, RegisterTarget } from '../../model/change.ts';
import { isControllerError } from '../../model/errors.ts';
import type { TargetGroupArn } from '../../model/ids.ts';
import { instanceIdSchema } from '../../model/ids.ts';
import type { ObservedTarget } from '../../model/observed.ts';
import { callAws } from '../aws-error.ts';

/** Target groups, as far as roles need them. */
export interface LoadBalancing {
  /** The instances registered with each of the groups, those on their way out left out; none of a group that is unknown. */
  readonly targets: (groups: readonly TargetGroupArn[]) => Promise<readonly ObservedTarget[]>;
  /** @throws ControllerError `CandidateUnfit` when the group does not take this instance. */
  readonly register: (change: RegisterTarget) => Promise<void>;
  /** What is not registered any more counts as deregistered. */
  readonly deregister: (change: DeregisterTarget) => Promise<void>;
}

/** Elastic Load Balancing through the SDK. */
export function createLoadBalancing(client: ElasticLoadBalancingV2Client): LoadBalancing {
  return {
    targets: async (groups) => (await Promise.all(groups.map((arn) => targetsOf(client, arn)))).flat(),
    register: async (change) => {
      await callAws(`RegisterTargets ${change.instanceId} with ${change.targetGroupArn}`, () =>
        client.send(new RegisterTargetsCommand(inputOf(change))),
      );
    },
    deregister: async (change) => {
      await callAws(`DeregisterTargets ${change.instanceId} of ${change.targetGroupArn}`, () =>
        client.send(new DeregisterTargetsCommand(inputOf(change))),
      );
    },
  };
}

async function targetsOf(
  client: ElasticLoadBalancingV2Client,
  targetGroupArn: TargetGroupArn,
): Promise<readonly ObservedTarget[]> {
  const descriptions = await describe(client, targetGroupArn);
  return descriptions.flatMap(({ Target, TargetHealth }) => {
    const instanceId = instanceIdSchema.safeParse(Target?.Id);
    const { Port: port } = Target ?? {};
    if (!instanceId.success || port === undefined || TargetHealth?.State === 'draining') return [];
    return [{ targetGroupArn, instanceId: instanceId.data, port }];
  });
}

/** A group that is gone is its role's trouble, when it registers with it; others are read all the same. */
async function describe(
  client: ElasticLoadBalancingV2Client,
  TargetGroupArn: TargetGroupArn,
): Promise<readonly TargetHealthDescription[]> {
  try {
    const output = await callAws(`DescribeTargetHealth ${TargetGroupArn}`, () =>
      client.send(new DescribeTargetHealthCommand({ TargetGroupArn })),
    );
    return output.TargetHealthDescriptions ?? [];
  } catch (error) {
    if (isControllerError(error) && error.code === 'TargetGroupNotFoundException') return [];
    throw error;
  }
}

function inputOf({ targetGroupArn, instanceId, port }: RegisterTarget | DeregisterTarget): {
  TargetGroupArn: string;
  Targets: TargetDescription[];
} {
  const target = { Id: instanceId, ...(port === undefined ? {} : { Port: port }) };
  return { TargetGroupArn: targetGroupArn, Targets: [target] };
}

import type { EC2Client, InstanceStatus } from '@aws-sdk/client-ec2';
import { DescribeInstanceStatusCommand } from '@aws-sdk/client-ec2';
import { chunked } from '../../model/chunked.ts';
import { isControllerError } from '../../model/errors.ts';
import type { InstanceId } from '../../model/ids.ts';
import { instanceIdSchema } from '../../model/ids.ts';
import type { Observed } from '../../model/observed.ts';
import { callAws } from '../aws-error.ts';

type Check = Observed['statusChecks'][string];

/** Instances that one call may name. */
const idsMax = 100;

/** EC2's status checks of those of the instances that run. */
export async function readStatusChecks(
  client: EC2Client,
  instanceIds: readonly InstanceId[],
): Promise<Observed['statusChecks']> {
  const chunks = await Promise.all(chunked(instanceIds, idsMax).map((ids) => describe(client, ids)));
  return Object.fromEntries(
    chunks.flat().flatMap((status) => {
      const id = instanceIdSchema.safeParse(status.InstanceId);
      return id.success ? [[id.data, checkOf(status)] as const] : [];
    }),
  );
}

/** There is no filter for ids, and an unknown id fails the call: it is tried again without those that EC2 names. */
async function describe(client: EC2Client, ids: readonly InstanceId[]): Promise<readonly InstanceStatus[]> {
  if (ids.length === 0) return [];
  try {
    const { InstanceStatuses = [] } = await callAws('DescribeInstanceStatus', () =>
      client.send(new DescribeInstanceStatusCommand({ InstanceIds: [...ids] })),
    );
    return InstanceStatuses;
  } catch (error) {
    if (!isControllerError(error) || error.code !== 'InvalidInstanceID.NotFound') throw error;
    const known = ids.filter((id) => !error.message.includes(id));
    if (known.length === ids.length) throw error;
    return describe(client, known);
  }
}

/**
 * The worst of the checks; that of the volumes counts only when it says something is wrong.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/monitoring-system-instance-status-check.html
 */
function checkOf({
  InstanceStatus: instance,
  SystemStatus: system,
  AttachedEbsStatus: volumes,
}: InstanceStatus): Check {
  const found: readonly (string | undefined)[] = [instance?.Status, system?.Status];
  if (volumes?.Status === 'impaired') return 'impaired';
  return fromWorst.find((check) => found.includes(check)) ?? 'insufficient-data';
}

const fromWorst: readonly Check[] = ['impaired', 'insufficient-data', 'initializing', 'not-applicable', 'ok'];

import type { EC2Client } from '@aws-sdk/client-ec2';
import { CreateRouteCommand, ReplaceRouteCommand } from '@aws-sdk/client-ec2';
import type { ReplaceRoute } from '../../model/change.ts';
import { isControllerError } from '../../model/errors.ts';
import { callAws } from '../aws-error.ts';
import type { Making } from './wait-for.ts';

/**
 * Points the route at the interface. One that was seen and is gone meanwhile is created; one that somebody created meanwhile
 * is theirs until it has been looked at.
 * @throws ControllerError `RouteAlreadyExists`, conflict, for the latter.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReplaceRoute.html
 */
export async function replaceRoute(
  client: EC2Client,
  { mayBegin }: Pick<Making, 'mayBegin'>,
  { routeTableId, cidr, networkInterfaceId, exists }: ReplaceRoute,
): Promise<void> {
  const doing = `${cidr} of ${routeTableId} to ${networkInterfaceId}`;
  const input = {
    RouteTableId: routeTableId,
    DestinationCidrBlock: cidr,
    NetworkInterfaceId: networkInterfaceId,
  };
  const create = () => callAws(`CreateRoute ${doing}`, () => client.send(new CreateRouteCommand(input)));
  if (!exists) {
    await create();
    return;
  }
  try {
    await callAws(`ReplaceRoute ${doing}`, () => client.send(new ReplaceRouteCommand(input)));
  } catch (error) {
    if (!isControllerError(error) || error.code !== 'InvalidRoute.NotFound') throw error;
    mayBegin();
    await create();
  }
}

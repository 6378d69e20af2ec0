import { isWellFormedId } from '../ec2/state/ids.ts';
import { parseIpv4, parseIpv4Block } from '../ec2/state/ipv4.ts';
import { invalidTarget, validationError } from './errors.ts';
import type { Registration, TargetGroup } from './state/target-group.ts';
import type { TargetGroups } from './state/target-groups.ts';
import type { TargetInput } from './targets-input.ts';

type Target = Pick<Registration, 'id' | 'port' | 'zone'>;

/** The ranges outside the VPC that IP targets may be in: RFC 1918 and RFC 6598. */
const privateBlocks = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'];

/** The targets that a request names, by what the group keeps them under. Throws ValidationError for malformed ids. */
export function namedTargets(group: TargetGroup, targets: readonly TargetInput[]): readonly Target[] {
  const { targetType, port } = group.configuration;
  return targets.map(({ Id, Port = port, AvailabilityZone }) => {
    if (targetType === 'instance' && !isWellFormedId(Id, 'i'))
      throw validationError(`Instance ID '${Id}' is not valid`);
    if (targetType === 'ip' && parseIpv4(Id) === undefined)
      throw validationError(`The IP address '${Id}' is not a valid IPv4 address`);
    return { id: Id, port: Port, zone: AvailabilityZone };
  });
}

/** As {@link namedTargets}, and every one of them may be registered. Throws InvalidTarget or ValidationError. */
export function expectTargets(
  groups: TargetGroups,
  group: TargetGroup,
  inputs: readonly TargetInput[],
): readonly Target[] {
  const targets = namedTargets(group, inputs);
  if (group.configuration.targetType === 'instance') {
    expectInstances(groups, group, targets);
    return targets;
  }
  return targets.map((target) => ({ ...target, zone: zoneOf(groups, group, target) }));
}

/** Refuses all instances that fall short in the same way at once, as AWS does. */
function expectInstances(
  { ec2 }: TargetGroups,
  { configuration }: TargetGroup,
  targets: readonly Target[],
): void {
  const { vpcId } = configuration;
  const zoned = targets.find(({ zone }) => zone !== undefined);
  if (zoned !== undefined)
    throw validationError(`An Availability Zone cannot be specified for the instance '${zoned.id}'`);
  const ids = [...new Set(targets.map(({ id }) => id))];
  refuse(ids, (id) => ec2.instance(id) === undefined, 'The following instances do not exist');
  refuse(
    ids,
    (id) => ec2.instance(id)?.state !== 'running',
    'The following targets are not in a running state and cannot be registered',
  );
  refuse(
    ids,
    (id) => ec2.instance(id)?.place?.vpcId !== vpcId,
    `The following targets are not in the target group VPC '${vpcId}'`,
  );
}

function refuse(ids: readonly string[], isWrong: (id: string) => boolean, problem: string): void {
  const wrong = ids.filter(isWrong);
  if (wrong.length > 0) throw invalidTarget(`${problem}: ${wrong.map((id) => `'${id}'`).join(', ')}`);
}

/** The zone of the address's subnet, or for an address outside the VPC what the request says. */
function zoneOf({ ec2 }: TargetGroups, { configuration }: TargetGroup, { id, zone }: Target): string {
  const { world } = ec2;
  const subnet = [...world.subnets.all()].find(
    ({ vpcId, cidrBlock }) => vpcId === configuration.vpcId && isIn(id, cidrBlock),
  );
  if (subnet !== undefined) {
    if (zone !== undefined && zone !== subnet.availabilityZone)
      throw validationError(
        `The IP address '${id}' is within the VPC, and cannot have its Availability Zone overridden to '${zone}' from '${subnet.availabilityZone}'`,
      );
    return subnet.availabilityZone;
  }
  if (!privateBlocks.some((block) => isIn(id, block)))
    throw validationError(`The IP address '${id}' is not in a range that targets may be in`);
  if (zone === undefined)
    throw validationError(
      `The Availability Zone is required for IP address '${id}' because it is not in the VPC`,
    );
  if (zone !== 'all' && !world.zoneIds.has(zone))
    throw validationError(`The Availability Zone '${zone}' is not valid`);
  return zone;
}

function isIn(address: string, cidr: string): boolean {
  const number = parseIpv4(address);
  const block = parseIpv4Block(cidr);
  if (number === undefined || block === undefined) return false;
  return number >= block.first && number < block.first + block.size;
}

import type {
  AddressChange,
  AssignIpv6,
  AssignPrivateIp,
  AssociateAddress,
  AttachNetworkInterface,
} from '../../shared/model/change.ts';
import { ControllerError } from '../../shared/model/errors.ts';
import type { NetworkInterfaceId } from '../../shared/model/ids.ts';
import type {
  Observed,
  ObservedAttachment,
  ObservedInstance,
  ObservedNetworkInterface,
  ObservedPrivateIp,
} from '../../shared/model/observed.ts';
import { isGone } from '../../shared/model/trigger.ts';
import { associationId, attachmentId, vpcId } from '../builders/observed.ts';

/** What EC2 and Elastic Load Balancing hold: data, so that a change gives another world and leaves this one. */
export type Ec2World = Pick<Observed, 'instances' | 'elasticIps' | 'network'>;

/**
 * The world once the change is made, as AWS makes it: what is moved takes along what is on it.
 * @param serial Makes new association and attachment ids, each given once.
 * @throws ControllerError `conflict` where AWS would say that the world is another.
 */
export function afterChange(world: Ec2World, change: AddressChange, serial: number): Ec2World {
  const { network } = world;
  switch (change.kind) {
    case 'associate-address':
      return associated(world, change, serial);
    case 'set-reverse-name':
      return withNetwork(world, {
        reverseNames: { ...network.reverseNames, [change.allocationId]: change.name },
      });
    case 'assign-private-ip':
      return privateIpAssigned(world, change);
    case 'assign-ipv6':
      return ipv6Assigned(world, change);
    case 'attach-network-interface':
      return attached(world, change, serial);
    case 'disable-source-dest-check':
      return withInterfaces(world, (each) =>
        each.networkInterfaceId === change.networkInterfaceId ? { ...each, checksSourceDest: false } : each,
      );
    case 'replace-route': {
      const { routeTableId, cidr, networkInterfaceId } = change;
      const route = { cidr, networkInterfaceId, isBlackhole: false, target: networkInterfaceId };
      const routeTables = network.routeTables.map((table) =>
        table.routeTableId === routeTableId
          ? { ...table, routes: [...table.routes.filter((each) => each.cidr !== cidr), route] }
          : table,
      );
      return withNetwork(world, { routeTables });
    }
    case 'register-target': {
      const { targetGroupArn, instanceId, port = 80 } = change;
      return withNetwork(world, { targets: [...network.targets, { targetGroupArn, instanceId, port }] });
    }
    case 'deregister-target': {
      const { targetGroupArn, instanceId } = change;
      const targets = network.targets.filter(
        (each) => each.targetGroupArn !== targetGroupArn || each.instanceId !== instanceId,
      );
      return withNetwork(world, { targets });
    }
  }
}

/** All interfaces there are: those of the instances as these show them, and those that no instance has. */
export function interfacesIn({ instances, network }: Ec2World): readonly ObservedNetworkInterface[] {
  const known = new Map(network.interfaces.map((each) => [each.networkInterfaceId, each]));
  const ofInstances = instances.flatMap((instance) =>
    instance.attachments.map((each) => toInterface(instance, each, known.get(each.networkInterfaceId))),
  );
  const ids = new Set(ofInstances.map(({ networkInterfaceId }) => networkInterfaceId));
  return [...ofInstances, ...network.interfaces.filter((each) => !ids.has(each.networkInterfaceId))];
}

function toInterface(
  { instanceId, zone, vpcId: vpc = vpcId(1), subnetId: primarySubnet }: ObservedInstance,
  { networkInterfaceId, subnetId, privateIps, ipv6s, deviceIndex, ...rest }: ObservedAttachment,
  known: ObservedNetworkInterface | undefined,
): ObservedNetworkInterface {
  const subnet = subnetId ?? primarySubnet;
  if (subnet === undefined) throw new Error(`${networkInterfaceId} is in no subnet`);
  return {
    networkInterfaceId,
    subnetId: subnet,
    vpcId: vpc,
    zone,
    privateIps,
    ipv6s,
    attachment: {
      attachmentId: rest.attachmentId ?? attachmentId(1),
      instanceId,
      deviceIndex,
      deletesOnTermination: known?.attachment?.deletesOnTermination ?? false,
      status: known?.attachment?.status ?? 'attached',
    },
  };
}

function associated(world: Ec2World, change: AssociateAddress, serial: number): Ec2World {
  const { allocationId, networkInterfaceId, privateIp } = change;
  const elasticIp = world.elasticIps.find((each) => each.allocationId === allocationId);
  if (elasticIp === undefined) throw conflict('InvalidAllocationID.NotFound');
  const target = world.instances.find(({ state, privateIps }) => !isGone(state) && has(privateIps, change));
  if (target === undefined) throw conflict('InvalidNetworkInterfaceID.NotFound');
  if (elasticIp.association !== undefined && !change.allowReassociation) {
    throw conflict('Resource.AlreadyAssociated');
  }
  const { instanceId } = target;
  const association = { associationId: associationId(serial), networkInterfaceId, privateIp, instanceId };
  const elasticIps = world.elasticIps.map((each) => {
    if (each.allocationId === allocationId) return { ...each, association };
    const { association: other, ...free } = each;
    const isEvicted = other?.networkInterfaceId === networkInterfaceId && other.privateIp === privateIp;
    return isEvicted ? free : each;
  });
  return { ...world, elasticIps };
}

function has(
  places: readonly ObservedPrivateIp[],
  { networkInterfaceId, privateIp }: AssociateAddress,
): boolean {
  return places.some(
    (each) => each.networkInterfaceId === networkInterfaceId && each.privateIp === privateIp,
  );
}

function privateIpAssigned(world: Ec2World, change: AssignPrivateIp): Ec2World {
  const { privateIp, networkInterfaceId, instanceId, allowReassignment } = change;
  const all = interfacesIn(world);
  const target = all.find((each) => each.networkInterfaceId === networkInterfaceId);
  if (target === undefined) throw conflict('InvalidNetworkInterfaceID.NotFound');
  const carrier = all.find(
    ({ subnetId, privateIps }) => subnetId === target.subnetId && privateIps.includes(privateIp),
  );
  if (carrier?.privateIps[0] === privateIp) throw conflict('InvalidParameterValue');
  if (carrier !== undefined && !allowReassignment) throw conflict('Resource.AlreadyAssigned');
  const moved = withInterfaces(world, (each) => {
    const isTarget = each.networkInterfaceId === networkInterfaceId;
    const isCarrier = each.networkInterfaceId === carrier?.networkInterfaceId;
    if (!isTarget && !isCarrier) return each;
    const others = each.privateIps.filter((ip) => ip !== privateIp);
    return { ...each, privateIps: isTarget ? [...others, privateIp] : others };
  });
  const elasticIps = moved.elasticIps.map((each) => {
    const { association } = each;
    const isOn =
      association?.networkInterfaceId === carrier?.networkInterfaceId && association?.privateIp === privateIp;
    return association && isOn
      ? { ...each, association: { ...association, networkInterfaceId, instanceId } }
      : each;
  });
  return { ...moved, elasticIps };
}

function ipv6Assigned(world: Ec2World, { ipv6, networkInterfaceId, from }: AssignIpv6): Ec2World {
  const carrier = interfacesIn(world).find(({ ipv6s }) => ipv6s.includes(ipv6))?.networkInterfaceId;
  if (carrier !== undefined && carrier !== from) throw conflict('InvalidIPAddress.InUse');
  return withInterfaces(world, (each) => {
    const others = each.ipv6s.filter((ip) => ip !== ipv6);
    return { ...each, ipv6s: each.networkInterfaceId === networkInterfaceId ? [...others, ipv6] : others };
  });
}

function attached(world: Ec2World, change: AttachNetworkInterface, serial: number): Ec2World {
  const { networkInterfaceId, instanceId, deviceIndex, from } = change;
  const found = interfacesIn(world).find((each) => each.networkInterfaceId === networkInterfaceId);
  if (found === undefined) throw conflict('InvalidNetworkInterfaceID.NotFound');
  const isHere = found.attachment?.instanceId === instanceId;
  if (found.attachment !== undefined && !isHere && found.attachment.attachmentId !== from) {
    throw conflict('InvalidNetworkInterface.InUse');
  }
  const id = isHere ? (found.attachment?.attachmentId ?? attachmentId(serial)) : attachmentId(serial);
  const attachment: ObservedAttachment = {
    networkInterfaceId,
    attachmentId: id,
    deviceIndex,
    subnetId: found.subnetId,
    checksSourceDest: true,
    privateIps: found.privateIps,
    ipv6s: found.ipv6s,
  };
  const instances = world.instances.map((instance) => {
    const others = instance.attachments.filter((each) => each.networkInterfaceId !== networkInterfaceId);
    return withAttachments(instance, instance.instanceId === instanceId ? [...others, attachment] : others);
  });
  const interfaces = world.network.interfaces.filter(
    (each) => each.networkInterfaceId !== networkInterfaceId,
  );
  const elasticIps = world.elasticIps.map((each) =>
    each.association?.networkInterfaceId === networkInterfaceId
      ? { ...each, association: { ...each.association, instanceId } }
      : each,
  );
  return { instances, elasticIps, network: { ...world.network, interfaces } };
}

/** Changes interfaces wherever they are shown. */
function withInterfaces(
  world: Ec2World,
  changed: <Each extends Pick<ObservedAttachment, 'networkInterfaceId' | 'privateIps' | 'ipv6s'>>(
    each: Each,
  ) => Each,
): Ec2World {
  const instances = world.instances.map((instance) =>
    withAttachments(instance, instance.attachments.map(changed)),
  );
  return {
    ...world,
    instances,
    network: { ...world.network, interfaces: world.network.interfaces.map(changed) },
  };
}

/** The instance with these interfaces, and the addresses that are on them. */
function withAttachments(
  instance: ObservedInstance,
  attachments: readonly ObservedAttachment[],
): ObservedInstance {
  const inOrder = attachments.toSorted((a, b) => a.deviceIndex - b.deviceIndex);
  const privateIps = inOrder.flatMap(({ networkInterfaceId, deviceIndex, privateIps: ips }) =>
    ips.map((privateIp, index) => ({
      networkInterfaceId,
      privateIp,
      isPrimary: deviceIndex === 0 && index === 0,
    })),
  );
  return { ...instance, attachments: inOrder, privateIps };
}

function withNetwork(world: Ec2World, network: Partial<Ec2World['network']>): Ec2World {
  return { ...world, network: { ...world.network, ...network } };
}

/** The interface that carries the address, if one does. */
export function carrierIn(world: Ec2World, ip: string): NetworkInterfaceId | undefined {
  return interfacesIn(world).find(({ privateIps, ipv6s }) =>
    [...privateIps, ...ipv6s].some((each) => each === ip),
  )?.networkInterfaceId;
}

function conflict(code: string): ControllerError {
  return new ControllerError(`the change: ${code}`, { code, disposition: 'conflict' });
}

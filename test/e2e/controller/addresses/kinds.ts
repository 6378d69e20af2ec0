import { CreateRouteCommand, DescribeRouteTablesCommand } from '@aws-sdk/client-ec2';
import {
  DescribeTargetHealthCommand,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  assignIpv6,
  assignPrivateIp,
  associate,
  attach,
  checkSourceDest,
  distinct,
  elasticIpOf,
  instancesWithInterfaces,
} from './by-hand.ts';
import type { Ground, Place } from './ground.ts';

/** One address of a kind, which no role has yet. */
export interface AddressScene {
  /** As the spec of a role has it. */
  readonly addresses: readonly object[];
  /** The instances that have the address, or a part of it. */
  readonly carriers: () => Promise<readonly string[]>;
  /** Gives it to an instance by hand. */
  readonly giveTo: (instanceId: string) => Promise<void>;
  /** Undoes what having had the address leaves on an instance. */
  readonly forget?: (instanceId: string) => Promise<void>;
}

/** One kind of address, as a row of the table of what all of them must hold. */
export interface AddressCase {
  readonly name: string;
  /** Where two instances are that can both have the address. */
  readonly places: readonly [Place, Place];
  readonly prepare: (ground: Ground) => Promise<AddressScene>;
  /** Calls of a move from one living instance to another, beyond those for state and records; sorted. */
  readonly moves: readonly string[];
  /** Code of the refusal while somebody else has it; undefined for what many may have. */
  readonly refusal: string | undefined;
  /** Somebody who cannot have it: where it is, what is done to it, and what election says then. */
  readonly unable: {
    readonly place: Place;
    readonly prepare?: (ground: Ground, instanceId: string) => Promise<unknown>;
    readonly words: string;
  };
}

/** The secondary address that a t3.micro has room for. */
const fillInterface = async (ground: Ground, instanceId: string) =>
  assignPrivateIp(ground, instanceId, ground.privateIp());

const occupyPrimary = async (ground: Ground, instanceId: string) =>
  associate(ground, instanceId, await ground.elasticIp());

export const elasticIpCases: readonly AddressCase[] = [
  {
    name: 'an Elastic IP by its id, on the primary address',
    places: ['a', 'b'],
    prepare: async (ground) => {
      const allocationId = await ground.elasticIp();
      return elasticIpScene(ground, allocationId, [{ elasticIp: allocationId, on: 'primary' }]);
    },
    moves: ['AssociateAddress'],
    refusal: 'ElasticIpNotOurs',
    unable: {
      place: 'a',
      prepare: occupyPrimary,
      words: 'its primary address already carries another Elastic IP',
    },
  },
  {
    name: 'an Elastic IP by its tags',
    places: ['a', 'b'],
    prepare: async (ground) => {
      const tags = { Name: `address-${ground.nextNumber()}` };
      return elasticIpScene(ground, await ground.elasticIp(tags), [{ elasticIp: { tags } }]);
    },
    moves: ['AssociateAddress'],
    refusal: 'ElasticIpNotOurs',
    unable: {
      place: 'a',
      prepare: occupyPrimary,
      words: 'each of its private addresses already carries another Elastic IP',
    },
  },
];

export const privateIpWithElasticIpCase: AddressCase = {
  name: 'an Elastic IP on the private address of the role',
  places: ['a', 'a'],
  prepare: async (ground) => {
    const privateIp = ground.privateIp();
    const allocationId = await ground.elasticIp();
    const elasticIp = elasticIpScene(ground, allocationId, []);
    return {
      addresses: [{ privateIp }, { elasticIp: allocationId, on: 'privateIp' }],
      carriers: async () =>
        distinct([...(await instancesWithPrivateIp(ground, privateIp)), ...(await elasticIp.carriers())]),
      giveTo: async (instanceId) => {
        await assignPrivateIp(ground, instanceId, privateIp);
        await associate(ground, instanceId, allocationId, privateIp);
      },
    };
  },
  // It comes along with its private address.
  moves: ['AssignPrivateIpAddresses'],
  refusal: 'PrivateIpNotOurs',
  unable: { place: 'a', prepare: fillInterface, words: 'has as many private addresses as t3.micro takes' },
};

export const privateIpCase: AddressCase = {
  name: 'a private address',
  places: ['a', 'a'],
  prepare: async (ground) => {
    const privateIp = ground.privateIp();
    return {
      addresses: [{ privateIp }],
      carriers: () => instancesWithPrivateIp(ground, privateIp),
      giveTo: (instanceId) => assignPrivateIp(ground, instanceId, privateIp),
    };
  },
  moves: ['AssignPrivateIpAddresses'],
  refusal: 'PrivateIpNotOurs',
  unable: { place: 'b', words: 'it has no interface in the subnet of 10.0.1.' },
};

export const networkInterfaceCase: AddressCase = {
  name: 'a network interface',
  places: ['a', 'a'],
  prepare: async (ground) => {
    const networkInterface = await ground.networkInterface();
    return {
      addresses: [{ networkInterface }],
      carriers: async () => instancesWithInterfaces(ground, { NetworkInterfaceIds: [networkInterface] }),
      giveTo: (instanceId) => attach(ground, instanceId, networkInterface),
    };
  },
  moves: ['AttachNetworkInterface', 'DetachNetworkInterface'],
  refusal: 'NetworkInterfaceNotOurs',
  unable: {
    place: 'a',
    prepare: async (ground, instanceId) => attach(ground, instanceId, await ground.networkInterface()),
    words: 'it has as many network interfaces as t3.micro takes',
  },
};

export const routeCase: AddressCase = {
  name: 'a route in two tables',
  places: ['a', 'b'],
  prepare: async (ground) => {
    const tables = [await ground.routeTable(), await ground.routeTable()];
    const route = `10.99.${ground.nextNumber()}.1/32`;
    return {
      addresses: [{ route, routeTables: tables }],
      carriers: async () => {
        const { RouteTables = [] } = await ground.ec2.send(
          new DescribeRouteTablesCommand({ RouteTableIds: tables }),
        );
        const routes = RouteTables.flatMap(({ Routes = [] }) =>
          Routes.filter((each) => each.DestinationCidrBlock === route),
        );
        return distinct(routes.map(({ InstanceId }) => InstanceId));
      },
      giveTo: async (instanceId) => {
        const NetworkInterfaceId = await ground.primaryInterface(instanceId);
        await checkSourceDest(ground, instanceId, false);
        for (const RouteTableId of tables) {
          await ground.ec2.send(
            new CreateRouteCommand({ RouteTableId, DestinationCidrBlock: route, NetworkInterfaceId }),
          );
        }
      },
      forget: (instanceId) => checkSourceDest(ground, instanceId, true),
    };
  },
  moves: ['ModifyNetworkInterfaceAttribute', 'ReplaceRoute', 'ReplaceRoute'],
  refusal: 'RouteNotOurs',
  unable: { place: 'elsewhere', words: ', and rtb-' },
};

export const ipv6Case: AddressCase = {
  name: 'an IPv6 address',
  places: ['a', 'a'],
  prepare: async (ground) => {
    const ipv6 = ground.ipv6();
    return {
      addresses: [{ ipv6 }],
      carriers: () =>
        instancesWithInterfaces(ground, {
          Filters: [{ Name: 'ipv6-addresses.ipv6-address', Values: [ipv6] }],
        }),
      giveTo: (instanceId) => assignIpv6(ground, instanceId, ipv6),
    };
  },
  moves: ['AssignIpv6Addresses', 'UnassignIpv6Addresses'],
  refusal: 'Ipv6NotOurs',
  unable: {
    place: 'a',
    prepare: (ground, instanceId) => assignIpv6(ground, instanceId, ground.ipv6(), ground.ipv6()),
    words: 'has as many IPv6 addresses as t3.micro takes',
  },
};

export const targetGroupCase: AddressCase = {
  name: 'a place in a target group',
  places: ['a', 'b'],
  prepare: async (ground) => {
    const targetGroup = await ground.targetGroup();
    return {
      addresses: [{ targetGroup }],
      carriers: async () => {
        const { TargetHealthDescriptions = [] } = await ground.loadBalancing.send(
          new DescribeTargetHealthCommand({ TargetGroupArn: targetGroup }),
        );
        return TargetHealthDescriptions.flatMap(({ Target }) => Target?.Id ?? []);
      },
      giveTo: async (Id) => {
        await ground.loadBalancing.send(
          new RegisterTargetsCommand({ TargetGroupArn: targetGroup, Targets: [{ Id }] }),
        );
      },
    };
  },
  moves: ['DeregisterTargets', 'RegisterTargets'],
  refusal: undefined,
  // Nothing that is read of an instance says whether the group takes it.
  unable: { place: 'elsewhere', words: 'EC2 said: ' },
};

function elasticIpScene(ground: Ground, allocationId: string, addresses: readonly object[]): AddressScene {
  return {
    addresses,
    carriers: async () => distinct([(await elasticIpOf(ground, allocationId)).InstanceId]),
    giveTo: (instanceId) => associate(ground, instanceId, allocationId),
  };
}

function instancesWithPrivateIp(ground: Ground, privateIp: string): Promise<readonly string[]> {
  return instancesWithInterfaces(ground, {
    Filters: [{ Name: 'addresses.private-ip-address', Values: [privateIp] }],
  });
}

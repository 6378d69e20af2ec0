import type { Ground } from '../controller/addresses/ground.ts';
import {
  type AddressCase,
  elasticIpCases,
  ipv6Case,
  networkInterfaceCase,
  privateIpCase,
  routeCase,
  targetGroupCase,
} from '../controller/addresses/kinds.ts';

/** What a role is made of, and who has its addresses. */
export interface RoleScene {
  readonly spec: object;
  readonly carriers: () => Promise<readonly string[]>;
}

/** The smallest scene that cannot be played without one statement of the functions' policies. */
export interface StatementScene {
  readonly sid: string;
  /** The calls that fail without it, with AWS's codes. */
  readonly denied: readonly string[];
  /** What fails: the role, or, where it is not known yet which roles are concerned, the whole batch of events. */
  readonly fails: 'role' | 'batch';
  readonly prepare: (ground: Ground, role: string) => Promise<RoleScene>;
}

const nobody = async (): Promise<readonly string[]> => [];

const recordOnly: StatementScene['prepare'] = async (_ground, role) => ({
  spec: { records: [{ zone: 'corp.internal', name: `${role}.corp.internal`, value: 'privateIp' }] },
  carriers: nobody,
});

const withAddress =
  (kind: AddressCase | undefined): StatementScene['prepare'] =>
  async (ground) => {
    const { addresses = [], carriers = nobody } = (await kind?.prepare(ground)) ?? {};
    return { spec: { addresses }, carriers };
  };

const withReverseName: StatementScene['prepare'] = async (ground, role) => {
  const name = `${role}.example.com`;
  return {
    spec: {
      addresses: [{ elasticIp: await ground.elasticIp(), reverseName: name }],
      records: [{ zone: 'example.com', name, value: 'elasticIp' }],
    },
    // The address itself is moved before its name is set.
    carriers: nobody,
  };
};

/** A role with an Elastic IP, and nothing else. */
export const elasticIpScene = withAddress(elasticIpCases[0]);

/** One for each statement that something in the controller's own code needs. */
export const statementScenes: readonly StatementScene[] = [
  { sid: 'ReadState', denied: ['Query AccessDeniedException'], fails: 'batch', prepare: recordOnly },
  {
    sid: 'WriteState',
    denied: ['BatchWriteItem AccessDeniedException', 'UpdateItem AccessDeniedException'],
    fails: 'role',
    prepare: recordOnly,
  },
  {
    sid: 'DescribeRoleTags',
    denied: ['DescribeTags UnauthorizedOperation'],
    fails: 'batch',
    prepare: recordOnly,
  },
  {
    sid: 'Describe',
    denied: ['DescribeAddresses UnauthorizedOperation', 'DescribeInstances UnauthorizedOperation'],
    fails: 'role',
    prepare: recordOnly,
  },
  {
    sid: 'DescribeTargets',
    denied: ['DescribeTargetHealth AccessDenied'],
    fails: 'role',
    prepare: withAddress(targetGroupCase),
  },
  ...['MoveElasticIps', 'ElasticIpInterfaces', 'ElasticIpInstances'].map((sid) => ({
    sid,
    denied: ['AssociateAddress UnauthorizedOperation'],
    fails: 'role' as const,
    prepare: elasticIpScene,
  })),
  {
    sid: 'NameElasticIps',
    denied: ['ModifyAddressAttribute UnauthorizedOperation'],
    fails: 'role',
    prepare: withReverseName,
  },
  {
    sid: 'MovePrivateIps',
    denied: ['AssignPrivateIpAddresses UnauthorizedOperation'],
    fails: 'role',
    prepare: withAddress(privateIpCase),
  },
  {
    sid: 'MoveIpv6Addresses',
    denied: ['AssignIpv6Addresses UnauthorizedOperation'],
    fails: 'role',
    prepare: withAddress(ipv6Case),
  },
  ...['MoveInterfaces', 'MoveInterfacesBetweenInstances'].map((sid) => ({
    sid,
    denied: ['AttachNetworkInterface UnauthorizedOperation'],
    fails: 'role' as const,
    prepare: withAddress(networkInterfaceCase),
  })),
  ...['AdjustInterfaces', 'AdjustInterfacesOfInstances'].map((sid) => ({
    sid,
    denied: ['ModifyNetworkInterfaceAttribute UnauthorizedOperation'],
    fails: 'role' as const,
    prepare: withAddress(routeCase),
  })),
  {
    sid: 'MoveRoutes',
    denied: ['CreateRoute UnauthorizedOperation'],
    fails: 'role',
    prepare: withAddress(routeCase),
  },
  {
    sid: 'RegisterTargets',
    denied: ['RegisterTargets AccessDenied'],
    fails: 'role',
    prepare: withAddress(targetGroupCase),
  },
  {
    sid: 'ReadRecords',
    denied: ['ListResourceRecordSets AccessDenied'],
    fails: 'role',
    prepare: recordOnly,
  },
  {
    sid: 'ChangeRecords',
    denied: ['ChangeResourceRecordSets AccessDenied'],
    fails: 'role',
    prepare: recordOnly,
  },
];

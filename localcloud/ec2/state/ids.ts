import { AwsError } from '../../core/aws-error.ts';
import type { Random } from '../../core/random.ts';

/** The kinds of resources that have an id with a prefix. Values are what `DescribeTags` calls them. */
export type ResourceKind =
  | 'instance'
  | 'network-interface'
  | 'elastic-ip'
  | 'vpc'
  | 'subnet'
  | 'internet-gateway'
  | 'route-table'
  | 'security-group'
  | 'volume'
  | 'launch-template';

interface IdForm {
  readonly prefix: string;
  /** How AWS's messages call it, e.g. `The networkInterface ID 'eni-1' does not exist`. */
  readonly spoken: string;
  readonly notFound: string;
  /** Undefined where AWS answers a malformed id with its NotFound code. */
  readonly malformed?: string;
}

/** Codes: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html */
const idForms: Readonly<Record<ResourceKind, IdForm>> = {
  instance: {
    prefix: 'i',
    spoken: 'instance',
    notFound: 'InvalidInstanceID.NotFound',
    malformed: 'InvalidInstanceID.Malformed',
  },
  'network-interface': {
    prefix: 'eni',
    spoken: 'networkInterface',
    notFound: 'InvalidNetworkInterfaceID.NotFound',
    malformed: 'InvalidNetworkInterfaceId.Malformed',
  },
  'elastic-ip': { prefix: 'eipalloc', spoken: 'allocation', notFound: 'InvalidAllocationID.NotFound' },
  vpc: {
    prefix: 'vpc',
    spoken: 'vpc',
    notFound: 'InvalidVpcID.NotFound',
    malformed: 'InvalidVpcID.Malformed',
  },
  subnet: {
    prefix: 'subnet',
    spoken: 'subnet',
    notFound: 'InvalidSubnetID.NotFound',
    malformed: 'InvalidSubnetID.Malformed',
  },
  'internet-gateway': {
    prefix: 'igw',
    spoken: 'internetGateway',
    notFound: 'InvalidInternetGatewayID.NotFound',
    malformed: 'InvalidInternetGatewayId.Malformed',
  },
  'route-table': {
    prefix: 'rtb',
    spoken: 'routeTable',
    notFound: 'InvalidRouteTableID.NotFound',
    malformed: 'InvalidRouteTableId.Malformed',
  },
  'security-group': {
    prefix: 'sg',
    spoken: 'security group',
    notFound: 'InvalidGroup.NotFound',
    malformed: 'InvalidGroupId.Malformed',
  },
  volume: {
    prefix: 'vol',
    spoken: 'volume',
    notFound: 'InvalidVolume.NotFound',
    malformed: 'InvalidVolumeID.Malformed',
  },
  'launch-template': {
    prefix: 'lt',
    spoken: 'launch template',
    notFound: 'InvalidLaunchTemplateId.NotFound',
    malformed: 'InvalidLaunchTemplateId.Malformed',
  },
};

const kindOfPrefix = new Map(
  (Object.keys(idForms) as ResourceKind[]).map((kind) => [idForms[kind].prefix, kind]),
);

/** An id of AWS's long form: a prefix and 17 hexadecimal digits. */
export function newId(prefix: string, random: Random): string {
  return `${prefix}-0${random.hex(16)}`;
}

export function newResourceId(kind: ResourceKind, random: Random): string {
  return newId(idForms[kind].prefix, random);
}

/** Old ids have 8 hexadecimal digits, those since 2016 have 17. */
export function isWellFormedId(id: string, prefix: string): boolean {
  return id.startsWith(`${prefix}-`) && /^(?:[0-9a-f]{8}|[0-9a-f]{17})$/.test(id.slice(prefix.length + 1));
}

/** The kind that a well-formed id is of; undefined for anything else. */
export function kindOfId(id: string): ResourceKind | undefined {
  const prefix = id.slice(0, Math.max(0, id.indexOf('-')));
  return isWellFormedId(id, prefix) ? kindOfPrefix.get(prefix) : undefined;
}

/** Throws the kind's Malformed error, where AWS has one. */
export function expectWellFormedId(kind: ResourceKind, id: string): void {
  const { prefix, malformed } = idForms[kind];
  if (malformed === undefined || isWellFormedId(id, prefix)) return;
  const hint = kind === 'instance' ? '' : ` (expecting "${prefix}-...")`;
  throw new AwsError(malformed, `Invalid id: "${id}"${hint}`);
}

/** The kind's NotFound error, naming all the ids that are missing. */
export function notFound(kind: ResourceKind, ids: readonly string[]): AwsError {
  const { spoken, notFound: code } = idForms[kind];
  if (kind === 'security-group')
    return new AwsError(code, `The security group '${ids.join(', ')}' does not exist`);
  if (kind === 'launch-template')
    return new AwsError(
      code,
      `The specified launch template, with template ID ${ids.join(', ')}, does not exist.`,
    );
  const [noun, verb] = ids.length === 1 ? ['ID', 'does'] : ['IDs', 'do'];
  return new AwsError(code, `The ${spoken} ${noun} '${ids.join(', ')}' ${verb} not exist`);
}

import { AwsError } from '../../core/aws-error.ts';
import type { QueryParameter, Route } from './route.ts';
import {
  changeBatch,
  changeInfo,
  delegationSet,
  hostedZone,
  hostedZoneConfig,
  list,
  resourceRecordSet,
  structure,
  tags,
  vpc,
} from './shapes.ts';
import { unmodelledRoutes } from './unmodelled-routes.ts';

const text = (parameter: string): QueryParameter => ({ parameter, shape: 'string' });
const integer = (parameter: string): QueryParameter => ({ parameter, shape: 'integer' });

const changeOnly = structure({ ChangeInfo: changeInfo });
const vpcChange = structure({ VPC: vpc, Comment: 'string' });

/** https://docs.aws.amazon.com/Route53/latest/APIReference/API_Operations_Amazon_Route_53.html */
export const routes: readonly Route[] = [
  {
    operation: 'CreateHostedZone',
    method: 'POST',
    path: 'hostedzone',
    input: structure({
      Name: 'string',
      VPC: vpc,
      CallerReference: 'string',
      HostedZoneConfig: hostedZoneConfig,
      DelegationSetId: 'string',
    }),
    output: structure({
      HostedZone: hostedZone,
      ChangeInfo: changeInfo,
      DelegationSet: delegationSet,
      VPC: vpc,
    }),
    status: 201,
  },
  {
    operation: 'ListHostedZones',
    method: 'GET',
    path: 'hostedzone',
    query: {
      marker: text('Marker'),
      maxitems: integer('MaxItems'),
      delegationsetid: text('DelegationSetId'),
      hostedzonetype: text('HostedZoneType'),
    },
    output: structure({
      HostedZones: list('HostedZone', hostedZone),
      Marker: 'string',
      IsTruncated: 'boolean',
      NextMarker: 'string',
      MaxItems: 'integer',
    }),
  },
  {
    operation: 'ListHostedZonesByName',
    method: 'GET',
    path: 'hostedzonesbyname',
    query: { dnsname: text('DNSName'), hostedzoneid: text('HostedZoneId'), maxitems: integer('MaxItems') },
    output: structure({
      HostedZones: list('HostedZone', hostedZone),
      DNSName: 'string',
      HostedZoneId: 'string',
      IsTruncated: 'boolean',
      NextDNSName: 'string',
      NextHostedZoneId: 'string',
      MaxItems: 'integer',
    }),
  },
  {
    operation: 'ListHostedZonesByVPC',
    method: 'GET',
    path: 'hostedzonesbyvpc',
    query: {
      vpcid: text('VPCId'),
      vpcregion: text('VPCRegion'),
      maxitems: integer('MaxItems'),
      nexttoken: text('NextToken'),
    },
    output: structure({
      HostedZoneSummaries: list(
        'HostedZoneSummary',
        structure({
          HostedZoneId: 'string',
          Name: 'string',
          Owner: structure({ OwningAccount: 'string', OwningService: 'string' }),
        }),
      ),
      MaxItems: 'integer',
      NextToken: 'string',
    }),
  },
  {
    operation: 'GetHostedZone',
    method: 'GET',
    path: 'hostedzone/{Id}',
    output: structure({ HostedZone: hostedZone, DelegationSet: delegationSet, VPCs: list('VPC', vpc) }),
  },
  {
    operation: 'GetHostedZoneCount',
    method: 'GET',
    path: 'hostedzonecount',
    output: structure({ HostedZoneCount: 'integer' }),
  },
  {
    operation: 'UpdateHostedZoneComment',
    method: 'POST',
    path: 'hostedzone/{Id}',
    input: structure({ Comment: 'string' }),
    output: structure({ HostedZone: hostedZone }),
  },
  { operation: 'DeleteHostedZone', method: 'DELETE', path: 'hostedzone/{Id}', output: changeOnly },
  {
    operation: 'AssociateVPCWithHostedZone',
    method: 'POST',
    path: 'hostedzone/{HostedZoneId}/associatevpc',
    input: vpcChange,
    output: changeOnly,
  },
  {
    operation: 'DisassociateVPCFromHostedZone',
    method: 'POST',
    path: 'hostedzone/{HostedZoneId}/disassociatevpc',
    input: vpcChange,
    output: changeOnly,
  },
  {
    operation: 'ChangeResourceRecordSets',
    method: 'POST',
    path: 'hostedzone/{HostedZoneId}/rrset',
    input: structure({ ChangeBatch: changeBatch }),
    output: changeOnly,
  },
  {
    operation: 'ListResourceRecordSets',
    method: 'GET',
    path: 'hostedzone/{HostedZoneId}/rrset',
    query: {
      name: text('StartRecordName'),
      type: text('StartRecordType'),
      identifier: text('StartRecordIdentifier'),
      maxitems: integer('MaxItems'),
    },
    output: structure({
      ResourceRecordSets: list('ResourceRecordSet', resourceRecordSet),
      IsTruncated: 'boolean',
      NextRecordName: 'string',
      NextRecordType: 'string',
      NextRecordIdentifier: 'string',
      MaxItems: 'integer',
    }),
  },
  { operation: 'GetChange', method: 'GET', path: 'change/{Id}', output: changeOnly },
  {
    operation: 'ListTagsForResource',
    method: 'GET',
    path: 'tags/{ResourceType}/{ResourceId}',
    output: structure({
      ResourceTagSet: structure({ ResourceType: 'string', ResourceId: 'string', Tags: tags }),
    }),
  },
  {
    operation: 'ChangeTagsForResource',
    method: 'POST',
    path: 'tags/{ResourceType}/{ResourceId}',
    input: structure({ AddTags: tags, RemoveTagKeys: list('Key', 'string') }),
    output: structure({}),
  },
];

/** A request's route, and the parameters in its path. */
interface MatchedRoute {
  readonly route: Route;
  readonly pathParameters: Readonly<Record<string, string>>;
}

const apiVersion = '2013-04-01';
const parameterPattern = /^\{(\w+)\}$/;

const routeByOperation = new Map(routes.map((route) => [route.operation, route]));

const routesByForm = Map.groupBy(
  [...routes, ...unmodelledRoutes].map((route) => ({ route, segments: route.path.split('/') })),
  ({ route, segments }) => `${route.method} ${segments.length}`,
);

/** The route of a modelled operation. */
export function routeOf(operation: string): Route | undefined {
  return routeByOperation.get(operation);
}

/** Finds the operation that a method and a path ask for; a slash at the end makes no difference. */
export function matchRoute(method: string, path: string): MatchedRoute | undefined {
  const [, version, ...given] = path.replace(/\/$/, '').split('/');
  if (version !== apiVersion) return undefined;
  for (const { route, segments } of routesByForm.get(`${method} ${given.length}`) ?? []) {
    const pathParameters = matchSegments(segments, given);
    if (pathParameters !== undefined) return { route, pathParameters };
  }
  return undefined;
}

function matchSegments(
  segments: readonly string[],
  given: readonly string[],
): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const value = given[index] ?? '';
    const name = parameterPattern.exec(segment)?.[1];
    if (name !== undefined) parameters[name] = percentDecoded(value);
    else if (segment !== value) return undefined;
  }
  return parameters;
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new AwsError('InvalidInput', `The path segment '${text}' is not percent-encoded.`);
  }
}

/** How a text is written; `not-modelled` marks an element that AWS has and localcloud refuses by name. */
export type LeafShape = 'string' | 'integer' | 'boolean' | 'timestamp' | 'not-modelled';

/** How a value is written in XML. */
export type Shape = LeafShape | ListShape | StructureShape;

export interface ListShape {
  readonly kind: 'list';
  /** The element of each item. */
  readonly item: string;
  readonly of: Shape;
}

export interface StructureShape {
  readonly kind: 'structure';
  /** In the order in which they are written; any order is read. */
  readonly members: Readonly<Record<string, Shape>>;
}

export function structure(members: Readonly<Record<string, Shape>>): StructureShape {
  return { kind: 'structure', members };
}

export function list(item: string, of: Shape): ListShape {
  return { kind: 'list', item, of };
}

export const vpc = structure({ VPCRegion: 'string', VPCId: 'string' });

export const hostedZoneConfig = structure({ Comment: 'string', PrivateZone: 'boolean' });

export const hostedZone = structure({
  Id: 'string',
  Name: 'string',
  CallerReference: 'string',
  Config: hostedZoneConfig,
  ResourceRecordSetCount: 'integer',
});

export const changeInfo = structure({
  Id: 'string',
  Status: 'string',
  SubmittedAt: 'timestamp',
  Comment: 'string',
});

export const delegationSet = structure({ NameServers: list('NameServer', 'string') });

export const resourceRecordSet = structure({
  Name: 'string',
  Type: 'string',
  SetIdentifier: 'string',
  Weight: 'integer',
  Region: 'string',
  GeoLocation: structure({ ContinentCode: 'string', CountryCode: 'string', SubdivisionCode: 'string' }),
  Failover: 'string',
  MultiValueAnswer: 'boolean',
  TTL: 'integer',
  ResourceRecords: list('ResourceRecord', structure({ Value: 'string' })),
  AliasTarget: structure({ HostedZoneId: 'string', DNSName: 'string', EvaluateTargetHealth: 'boolean' }),
  HealthCheckId: 'string',
  TrafficPolicyInstanceId: 'not-modelled',
  CidrRoutingConfig: 'not-modelled',
  GeoProximityLocation: 'not-modelled',
});

export const changeBatch = structure({
  Comment: 'string',
  Changes: list('Change', structure({ Action: 'string', ResourceRecordSet: resourceRecordSet })),
});

export const tags = list('Tag', structure({ Key: 'string', Value: 'string' }));

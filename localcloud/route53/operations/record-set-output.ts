import type { RecordContent, RecordSet, RoutingPolicy } from '../record-set.ts';

/** https://docs.aws.amazon.com/Route53/latest/APIReference/API_ResourceRecordSet.html */
export function recordSetOutput(recordSet: RecordSet): object {
  return {
    Name: recordSet.name.text,
    Type: recordSet.type,
    ...(recordSet.setIdentifier !== undefined && { SetIdentifier: recordSet.setIdentifier }),
    ...routingOutput(recordSet.routing),
    ...contentOutput(recordSet.content),
  };
}

function routingOutput(routing: RoutingPolicy): object {
  switch (routing.kind) {
    case 'simple':
      return {};
    case 'weighted':
      return { Weight: routing.weight };
    case 'latency':
      return { Region: routing.region };
    case 'failover':
      return { Failover: routing.role };
    case 'geolocation':
      return { GeoLocation: routing.location };
    case 'multivalue':
      return { MultiValueAnswer: true };
  }
}

function contentOutput(content: RecordContent): object {
  if (content.kind === 'values') {
    return { TTL: content.ttlSeconds, ResourceRecords: content.values.map((Value) => ({ Value })) };
  }
  return {
    AliasTarget: {
      HostedZoneId: content.zoneId,
      DNSName: content.target.text,
      EvaluateTargetHealth: content.isTargetHealthEvaluated,
    },
  };
}

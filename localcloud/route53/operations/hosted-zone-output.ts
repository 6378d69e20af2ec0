import type { HostedZone } from '../hosted-zone.ts';

/** https://docs.aws.amazon.com/Route53/latest/APIReference/API_HostedZone.html */
export function hostedZoneOutput(zone: HostedZone): object {
  return {
    Id: `/hostedzone/${zone.id}`,
    Name: zone.name.text,
    CallerReference: zone.callerReference,
    Config: {
      ...(zone.comment !== undefined && { Comment: zone.comment }),
      PrivateZone: zone.isPrivate,
    },
    ResourceRecordSetCount: zone.records.size,
  };
}

import { z } from 'zod';
import { dnsName, listOf, oneOf, resourceId, text, wholeNumber } from '../constraints.ts';
import { recordTypes } from '../record-set.ts';

const aliasTarget = z.strictObject({
  HostedZoneId: resourceId,
  DNSName: dnsName,
  EvaluateTargetHealth: z.boolean(),
});

const geoLocation = z.strictObject({
  ContinentCode: text(2, 2).optional(),
  CountryCode: text(2, 1).optional(),
  SubdivisionCode: text(3, 1).optional(),
});

const resourceRecordSet = z.strictObject({
  Name: dnsName,
  Type: oneOf(recordTypes),
  SetIdentifier: text(128, 1).optional(),
  Weight: wholeNumber(0, 255).optional(),
  Region: z
    .string()
    .regex(/^[a-z]{2,4}(-[a-z]+)+-\d$/, 'Member must be the name of a Region')
    .optional(),
  GeoLocation: geoLocation.optional(),
  Failover: oneOf(['PRIMARY', 'SECONDARY']).optional(),
  MultiValueAnswer: z.boolean().optional(),
  TTL: wholeNumber(0, 2_147_483_647).optional(),
  ResourceRecords: listOf(z.strictObject({ Value: text(4000) })).optional(),
  AliasTarget: aliasTarget.optional(),
  HealthCheckId: text(64).optional(),
});

const change = z.strictObject({
  Action: oneOf(['CREATE', 'DELETE', 'UPSERT']),
  ResourceRecordSet: resourceRecordSet,
});

/** https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeBatch.html */
export const changeBatch = z.strictObject({ Comment: text(256).optional(), Changes: listOf(change) });

/** One change as it was sent. */
export type ChangeInput = z.infer<typeof change>;

/** A record set as it was sent. */
export type RecordSetInput = z.infer<typeof resourceRecordSet>;

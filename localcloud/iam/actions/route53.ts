import type { Requirement } from '../evaluate.ts';
import { type CallToJudge, contextOf, type RequirementsOf } from './request.ts';

interface ZoneInput {
  readonly Id?: string;
  readonly HostedZoneId?: string;
  readonly ChangeBatch?: {
    readonly Changes?: readonly {
      readonly Action?: string;
      readonly ResourceRecordSet?: { readonly Name?: string; readonly Type?: string };
    }[];
  };
}

const zoneOperations: ReadonlySet<string> = new Set([
  'ChangeResourceRecordSets',
  'GetHostedZone',
  'ListResourceRecordSets',
]);
const wholeAccountOperations: ReadonlySet<string> = new Set([
  'ListHostedZones',
  'ListHostedZonesByName',
  'TestDNSAnswer',
]);

/**
 * What each Route 53 call needs, on its zone or change.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonroute53.html
 */
export const route53Requirements: RequirementsOf = (call) => {
  const { operation, surveyed } = call;
  const { Id, HostedZoneId, ChangeBatch } = call.input as ZoneInput;
  const action = `route53:${operation}`;
  if (wholeAccountOperations.has(operation)) return [{ action, resource: '*', context: contextOf(call) }];
  const id = (HostedZoneId ?? Id ?? '').replace(/^\/(hostedzone|change)\//, '');
  const arn = `arn:${surveyed.partition}:route53:::`;
  if (operation === 'GetChange')
    return [{ action, resource: `${arn}change/${id}`, context: contextOf(call) }];
  if (!zoneOperations.has(operation)) return undefined;
  return [{ action, resource: `${arn}hostedzone/${id}`, context: changeContext(call, ChangeBatch) }];
};

/** https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/specifying-rrset-conditions.html */
function changeContext(call: CallToJudge, batch: ZoneInput['ChangeBatch']): Requirement['context'] {
  if (batch === undefined) return contextOf(call);
  const changes = batch.Changes ?? [];
  const distinct = (values: readonly string[]): readonly string[] => [...new Set(values)];
  const prefix = 'route53:changeresourcerecordsets';
  return contextOf(call, [
    [`${prefix}actions`, distinct(changes.map(({ Action = '' }) => Action))],
    [`${prefix}recordtypes`, distinct(changes.map(({ ResourceRecordSet }) => ResourceRecordSet?.Type ?? ''))],
    [
      `${prefix}normalizedrecordnames`,
      distinct(changes.map(({ ResourceRecordSet }) => normalizedName(ResourceRecordSet?.Name ?? ''))),
    ],
  ]);
}

/** Lower case, no dot at the end, and all but a-z, 0-9, `-`, `_` and `.` as octal escapes. */
function normalizedName(name: string): string {
  const decoded = name.replaceAll(/\\(\d{3})/g, (_match, octal: string) =>
    String.fromCharCode(Number.parseInt(octal, 8)),
  );
  return decoded
    .toLowerCase()
    .replace(/\.$/, '')
    .replaceAll(/[^a-z0-9._-]/g, (char) => `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`);
}

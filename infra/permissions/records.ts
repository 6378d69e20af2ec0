import type { Parameters } from '../parameters.ts';
import { zoneArns } from './arns.ts';
import type { Permission } from './permission.ts';

const everyZone =
  'Only with zones=*: which zone is said in the specs of roles, which change without a deployment.';

/**
 * Records of these zones, of these names and types, by batches that delete the exact old value and create the new: never
 * by an UPSERT, which would overwrite what somebody else wrote.
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/specifying-conditions-route53.html
 */
export function recordPermissions({
  zones,
  recordNames,
}: Pick<Parameters, 'zones' | 'recordNames'>): readonly Permission[] {
  const resources = zoneArns(zones);
  return [
    { sid: 'ReadRecords', actions: ['route53:ListResourceRecordSets'], resources, wildcard: everyZone },
    {
      sid: 'ChangeRecords',
      actions: ['route53:ChangeResourceRecordSets'],
      resources,
      wildcard: everyZone,
      conditions: {
        'ForAllValues:StringEquals': {
          'route53:ChangeResourceRecordSetsActions': ['CREATE', 'DELETE'],
          'route53:ChangeResourceRecordSetsRecordTypes': ['A', 'AAAA', 'CNAME', 'PTR', 'SRV', 'TXT'],
        },
        ...(recordNames === undefined
          ? {}
          : {
              'ForAllValues:StringLike': {
                'route53:ChangeResourceRecordSetsNormalizedRecordNames': recordNames,
              },
            }),
        // ForAllValues holds for a request without the key, too.
        Null: { 'route53:ChangeResourceRecordSetsActions': 'false' },
      },
    },
  ];
}

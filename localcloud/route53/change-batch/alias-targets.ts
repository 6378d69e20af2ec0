import { notModelled } from '../../core/aws-error.ts';
import { type DomainName, isWithin } from '../domain-name.ts';
import type { HostedZone } from '../hosted-zone.ts';
import { type RecordSet, recordKey } from '../record-set.ts';

interface AliasService {
  readonly suffix: string;
  /** CloudFront alone: neither in a private zone nor with its health evaluated. */
  readonly isCloudFront?: boolean;
}

/**
 * AWS's own zones that an alias may name: CloudFront, Global Accelerator, and the application and classic load
 * balancers of some Regions.
 * https://docs.aws.amazon.com/Route53/latest/APIReference/API_AliasTarget.html
 * https://docs.aws.amazon.com/general/latest/gr/elb.html
 */
const aliasServices: ReadonlyMap<string, AliasService> = new Map([
  ['Z2FDTNDATAQYW2', { suffix: '.cloudfront.net.', isCloudFront: true }],
  ['Z2BJ6XQ5FK7U4H', { suffix: '.awsglobalaccelerator.com.' }],
  ['Z35SXDOTRQ7X7K', { suffix: '.us-east-1.elb.amazonaws.com.' }],
  ['Z3AADJGX6KTTL2', { suffix: '.us-east-2.elb.amazonaws.com.' }],
  ['Z1H1FL5HABSF5', { suffix: '.us-west-2.elb.amazonaws.com.' }],
  ['Z32O12XQLNTSW2', { suffix: '.eu-west-1.elb.amazonaws.com.' }],
  ['Z215JYRZR1TBD5', { suffix: '.eu-central-1.elb.amazonaws.com.' }],
]);

/** Refuses, by name, an alias into a zone that is neither the account's nor in the table above. */
export function requireModelledTarget({ content }: RecordSet, isHostedZone: (id: string) => boolean): void {
  if (content.kind === 'values' || aliasServices.has(content.zoneId) || isHostedZone(content.zoneId)) return;
  throw notModelled(`aliases into the zone ${content.zoneId}`);
}

/** Everything wrong with where an alias record points; nothing for other records. */
export function aliasProblems(zone: HostedZone, recordSet: RecordSet): readonly string[] {
  const { content, type } = recordSet;
  if (content.kind !== 'alias') return [];
  const tried = `Tried to create an alias that targets ${content.target.text}, type ${type} in zone ${content.zoneId}, but`;
  const outside = `${tried} the alias target name does not lie within the target zone`;
  const missing = `${tried} that target was not found`;
  if (content.zoneId === zone.id) {
    if (!isWithin(content.target, zone.name)) return [outside, missing];
    return isFound(zone, recordSet, content.target) ? [] : [missing];
  }
  const service = aliasServices.get(content.zoneId);
  // An alias cannot reach into another hosted zone, the account's own included.
  if (service === undefined) return [missing];
  if (!content.target.text.endsWith(service.suffix)) return [outside, missing];
  if (service.isCloudFront !== true) return [];
  return [
    ...(zone.isPrivate ? [`${tried} private hosted zones cannot target CloudFront distributions`] : []),
    ...(content.isTargetHealthEvaluated
      ? [`${tried} EvaluateTargetHealth is not supported for CloudFront`]
      : []),
  ];
}

function isFound(zone: HostedZone, alias: RecordSet, target: DomainName): boolean {
  if (alias.type === 'NS' || alias.type === 'SOA') return false;
  const ownKey = recordKey(alias);
  return zone.records.of(target, alias.type).some((candidate) => recordKey(candidate) !== ownKey);
}

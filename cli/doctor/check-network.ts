import { DescribeAccountAttributesCommand, DescribeVpcAttributeCommand } from '@aws-sdk/client-ec2';
import type { HostedZoneId, VpcId } from '../../shared/model/ids.ts';
import type { Observed } from '../../shared/model/observed.ts';
import type { HostedZone } from '../../shared/reconcile/ports.ts';
import { countText } from '../render/count-text.ts';
import type { DoctorContext } from './doctor-context.ts';
import type { Check, Finding } from './finding.ts';
import { fail, ok, warn } from './finding.ts';

/** Whether the hosted zones of all roles are there, and private ones where the candidates are. */
export const checkZones: Check = async (context) => {
  const { observed } = await context.roles();
  const rolesByZone = Map.groupBy(observed.flatMap(zonesOf), ({ zoneId }) => zoneId);
  const findings = await Promise.all(
    [...rolesByZone].map(async ([zoneId, uses]) =>
      zoneFindings(
        zoneId,
        await context.zone(zoneId),
        uses.map((use) => use.observed),
      ),
    ),
  );
  const wrong = findings.flat();
  return wrong.length > 0 ? wrong : [ok('zones', `${countText(rolesByZone.size, 'hosted zone')} there`)];
};

function zonesOf(
  observed: Observed,
): readonly { readonly zoneId: HostedZoneId; readonly observed: Observed }[] {
  const { zoneIds, reverseZones } = observed.role;
  const ids = new Set([...Object.values(zoneIds), ...reverseZones.map(({ zoneId }) => zoneId)]);
  return [...ids].map((zoneId) => ({ zoneId, observed }));
}

function zoneFindings(
  zoneId: HostedZoneId,
  zone: HostedZone | undefined,
  users: readonly Observed[],
): readonly Finding[] {
  const roles = users.map(({ role }) => role.name).join(', ');
  if (zone === undefined) {
    const mend = 'make the zone again, and apply the file of the roles: understudy roles apply FILE';
    return [fail('zones', `the hosted zone ${zoneId} of ${roles} is gone`, mend)];
  }
  if (!zone.isPrivate) return [];
  const seeing = new Set<VpcId>(zone.vpcIds);
  const blind = [...new Set(users.flatMap(vpcsOf))].filter((vpcId) => !seeing.has(vpcId));
  return blind.map((vpcId) =>
    warn(
      'zones',
      `${vpcId}, where candidates of ${roles} are, does not see the private zone ${zone.name} (${zoneId})`,
      `aws route53 associate-vpc-with-hosted-zone --hosted-zone-id ${zoneId} --vpc VPCRegion=REGION,VPCId=${vpcId}`,
    ),
  );
}

function vpcsOf({ instances }: Observed): readonly VpcId[] {
  return instances.flatMap(({ vpcId }) => vpcId ?? []);
}

/** Values that are the names which the VPC gives. */
const namedValues: readonly (string | undefined)[] = ['elasticIpName', 'publicName', 'privateName'];

/**
 * Whether the VPCs answer with the names that records point at, and with private zones.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html
 */
export const checkVpcDns: Check = async (context) => {
  const { observed } = await context.roles();
  const concerned = await Promise.all(
    observed.map(async (each) => ((await needsDns(context, each)) ? [each] : [])),
  );
  const vpcIds = [...new Set(concerned.flat().flatMap(vpcsOf))];
  const wrong = (await Promise.all(vpcIds.map((vpcId) => dnsFindings(context, vpcId)))).flat();
  return wrong.length > 0
    ? wrong
    : [ok('VPC DNS', `names are answered in ${countText(vpcIds.length, 'VPC')}`)];
};

async function needsDns({ zone }: DoctorContext, { role }: Observed): Promise<boolean> {
  if (role.spec.records.some(({ value }) => namedValues.includes(value))) return true;
  const zones = await Promise.all(Object.values(role.zoneIds).map(zone));
  return zones.some((each) => each?.isPrivate === true);
}

async function dnsFindings({ aws }: DoctorContext, vpcId: VpcId): Promise<readonly Finding[]> {
  const attributes = [
    { Attribute: 'enableDnsSupport', option: '--enable-dns-support' },
    { Attribute: 'enableDnsHostnames', option: '--enable-dns-hostnames' },
  ] as const;
  const findings = attributes.map(async ({ Attribute, option }) => {
    const found = await aws.clients.ec2.send(new DescribeVpcAttributeCommand({ VpcId: vpcId, Attribute }));
    const isOn =
      Attribute === 'enableDnsSupport' ? found.EnableDnsSupport?.Value : found.EnableDnsHostnames?.Value;
    if (isOn === true) return [];
    const words = `${Attribute} is off in ${vpcId}: names that records point at are not answered there`;
    return [warn('VPC DNS', words, `aws ec2 modify-vpc-attribute --vpc-id ${vpcId} ${option}`)];
  });
  return (await Promise.all(findings)).flat();
}

/** How many Elastic IPs the account may still have. Roles move those that are there, and need no more. */
export const checkElasticIpQuota: Check = async ({ aws }) => {
  const [elasticIps, { AccountAttributes = [] }] = await Promise.all([
    aws.ports.ec2.elasticIps(),
    aws.clients.ec2.send(new DescribeAccountAttributesCommand({})),
  ]);
  const quota = AccountAttributes.find(({ AttributeName }) => AttributeName === 'vpc-max-elastic-ips');
  const allowed = quota?.AttributeValues?.[0]?.AttributeValue ?? 'an unknown number';
  return [ok('Elastic IPs', `${elasticIps.length} of ${allowed} that the account may have`)];
};

import type { RoleName } from '../shared/model/ids.ts';
import type { Refusal, Verdict } from '../shared/model/role-plan.ts';

/** What would make each refusal go away; those whose words say it already are left out. */
const refusalNeeds: Readonly<Partial<Record<Refusal['code'], string>>> = {
  ElasticIpNotFound: 'an Elastic IP of this account and region, or another one in the spec',
  ElasticIpAmbiguous: 'tags that one Elastic IP alone has, or its allocation id in the spec',
  PoolExhausted: "one more Elastic IP with the pool's tags, or fewer slots",
  NoFreePrivateIp: 'another private address for the Elastic IP, or that one free',
  NoPublicIp: 'a holder with a public address, or an Elastic IP in the spec',
  NoPrivateIp: 'a private address for each slot in the spec',
  NoIpv6: 'an IPv6 address for each slot in the spec, or a holder with one',
  NoName: 'DNS host names in the VPC (enableDnsHostnames)',
  NoTag: 'the tag on the holder, or another value in the spec',
  NetworkInterfaceNotFound: 'a network interface of this account and region for each slot in the spec',
  RouteTableNotFound: 'route tables of this account and region in the spec',
};

/** What it takes that a refusal goes away; undefined when its words say so. */
export function needOfRefusal({ code }: Refusal): string | undefined {
  return refusalNeeds[code];
}

/** What it takes that a candidate can hold the role; undefined when there is nothing to be done, or nothing needed. */
export function needOfCandidate(
  role: RoleName,
  { kind, instanceId, isUnauthorized }: Verdict,
): string | undefined {
  if (isUnauthorized === true) {
    return `an instance that "allow" of the role lets in, or another "allow"; understudy roles show ${role}`;
  }
  switch (kind) {
    case 'refused':
      return 'an instance without that obstacle; it is tried again by itself';
    case 'waiting':
      return 'nothing but time, unless it never comes';
    case 'stopped':
      return `aws ec2 start-instances --instance-ids ${instanceId}`;
    case 'unhealthy':
      return 'an instance in good health; it is elected only if nobody better is there';
    case 'leaving':
    case 'holder':
    case 'ready':
    case 'gone':
      return undefined;
  }
}

import { AwsError } from '../core/aws-error.ts';
import type { Random } from '../core/random.ts';
import type { Surroundings } from '../core/surroundings.ts';
import { Changes } from './changes.ts';
import type { HostedZone } from './hosted-zone.ts';
import { HostedZones } from './hosted-zones.ts';

/** https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html */
export interface Route53Quotas {
  readonly hostedZones: number;
  readonly recordSetsPerZone: number;
  readonly vpcsPerZone: number;
}

export const defaultQuotas: Route53Quotas = {
  hostedZones: 500,
  recordSetsPerZone: 10_000,
  vpcsPerZone: 300,
};

/** What the account owns in Route 53, and the rules that hold for all of it. */
export class Route53Account {
  readonly surroundings: Surroundings;
  readonly random: Random;
  /** For choices among weighted answers; apart, so that asking does not change the ids of later zones. */
  readonly answering: Random;
  readonly quotas: Route53Quotas;
  readonly zones = new HostedZones();
  readonly changes: Changes;
  /** Whether a VPC exists; undefined when nobody can tell. */
  readonly hasVpc: ((vpcId: string, region: string) => boolean) | undefined;
  /** For how long after a change its zone refuses the next one, in milliseconds. */
  priorRequestWindowMs = 0;

  constructor(
    surroundings: Surroundings,
    quotas: Route53Quotas,
    hasVpc: ((vpcId: string, region: string) => boolean) | undefined,
  ) {
    this.surroundings = surroundings;
    this.random = surroundings.random.fork('route53');
    this.answering = surroundings.random.fork('route53 answers');
    this.quotas = quotas;
    this.hasVpc = hasVpc;
    this.changes = new Changes(surroundings.clock, surroundings.lag, this.random);
  }

  /** Throws PriorRequestNotComplete while the zone's previous change is being worked on. */
  requireIdle(zone: HostedZone): void {
    if (this.surroundings.clock.now() - zone.changedAtMs >= this.priorRequestWindowMs) return;
    throw new AwsError(
      'PriorRequestNotComplete',
      'The request was rejected because Route 53 was still processing a prior request.',
    );
  }
}

/** What a test or a demonstration may set about Elastic Load Balancing's pace and quotas. Times in milliseconds of the clock. */
export interface ElasticLoadBalancingSettings {
  /** How long a new target is `initial` with `Elb.RegistrationInProgress`. AWS promises no figure. */
  readonly registrationMs: number;
  /** How long a deregistered target of a group in use is `draining`; AWS's default. */
  readonly deregistrationDelayMs: number;
  /** Default quotas: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html */
  readonly targetGroupQuota: number;
  readonly targetsPerGroupQuota: number;
}

/** The settings of a fresh account. */
export const defaultElasticLoadBalancingSettings: ElasticLoadBalancingSettings = {
  registrationMs: 5_000,
  deregistrationDelayMs: 300_000,
  targetGroupQuota: 3_000,
  targetsPerGroupQuota: 1_000,
};

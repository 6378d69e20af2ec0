/** What a target group is made with; it never changes. */
export interface TargetGroupConfiguration {
  readonly name: string;
  readonly targetType: 'instance' | 'ip';
  readonly protocol: string;
  /** Of HTTP and HTTPS groups only. */
  readonly protocolVersion: string | undefined;
  readonly port: number;
  readonly vpcId: string;
  readonly healthCheck: HealthCheck;
}

export interface HealthCheck {
  readonly protocol: string;
  /** A number, or `traffic-port`: the port of each target. */
  readonly port: string;
  /** Of HTTP and HTTPS checks only. */
  readonly path: string | undefined;
  readonly httpCode: string | undefined;
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
}

/** One registered target. Its id and port together tell it from others. */
export interface Registration {
  /** An instance id or an IPv4 address, as the group's target type says. */
  readonly id: string;
  readonly port: number;
  /** Of IP targets only: the zone of their subnet, or what was given for an address outside the VPC. */
  readonly zone: string | undefined;
  readonly registeredAtMs: number;
  /** When its draining began; undefined as long as it is registered. */
  readonly drainingSinceMs: number | undefined;
}

/** How a load balancer uses a group. */
export interface Use {
  readonly loadBalancerArn: string;
  readonly sinceMs: number;
}

/** A target group with its targets. */
export interface TargetGroup {
  readonly arn: string;
  readonly configuration: TargetGroupConfiguration;
  /** By {@link registrationKey}, in order of registration; those that drain too. */
  readonly registrations: Map<string, Registration>;
  /** Undefined when no load balancer sends traffic to the group. */
  use: Use | undefined;
}

/** The key of a registration within its group. */
export function registrationKey({ id, port }: Pick<Registration, 'id' | 'port'>): string {
  return `${id}:${port}`;
}

/** What a test or a demonstration may set about EC2's pace and quotas. Times in milliseconds of the clock. */
export interface Ec2Settings {
  /** `pending` until `running`, at launch and at start. AWS promises no figure. */
  readonly pendingMs: number;
  readonly stoppingMs: number;
  readonly shuttingDownMs: number;
  /** How long Describe shows a terminated instance: "usually less than one hour". */
  readonly terminatedVisibleMs: number;
  /** How long a terminated instance keeps its tags: they are "gradually disassociated". */
  readonly terminatedTagsMs: number;
  readonly attachMs: number;
  readonly detachMs: number;
  /** Running until the status checks have passed for the first time. */
  readonly statusCheckMs: number;
  /** A reverse DNS change stays PENDING that long. */
  readonly ptrUpdateMs: number;
  /** Elastic IP addresses per region. Default quota: https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html */
  readonly elasticIpQuota: number;
  /** Whether tags given at launch or creation send `Tag Change on Resource`; AWS does not say (unverified). */
  readonly isCreationTagEventSent: boolean;
  /** Letters of the region's Availability Zones. */
  readonly zoneLetters: readonly string[];
}

/** The settings of a fresh account. */
export const defaultEc2Settings: Ec2Settings = {
  pendingMs: 4_000,
  stoppingMs: 8_000,
  shuttingDownMs: 8_000,
  terminatedVisibleMs: 3_600_000,
  terminatedTagsMs: 600_000,
  attachMs: 1_000,
  detachMs: 3_000,
  statusCheckMs: 60_000,
  ptrUpdateMs: 30_000,
  elasticIpQuota: 5,
  isCreationTagEventSent: false,
  zoneLetters: ['a', 'b', 'c'],
};

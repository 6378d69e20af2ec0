/** How DescribeInstanceStatus calls a kind of scheduled event. */
export type ScheduledEventCode =
  | 'instance-reboot'
  | 'instance-retirement'
  | 'instance-stop'
  | 'system-maintenance'
  | 'system-reboot';

/** Something that AWS will do to instances at a time. */
export interface ScheduledEvent {
  /** Of the event of EC2. */
  readonly id: string;
  /** What tells the event of AWS Health from others of its type. */
  readonly serial: string;
  /** As AWS Health calls it. */
  readonly type: string;
  readonly code: ScheduledEventCode;
  readonly instanceIds: readonly string[];
  /** In milliseconds since the epoch, as the other times. */
  readonly plannedMs: number;
  readonly startMs: number;
  /** Undefined where it is over as soon as it has happened. */
  readonly endMs: number | undefined;
}

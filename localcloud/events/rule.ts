import type { EventPattern } from './event-pattern/event-pattern.ts';
import type { Schedule } from './schedule.ts';
import type { Target } from './target-shape.ts';

/** What PutRule sets. */
export interface RuleSettings {
  readonly description: string | undefined;
  readonly roleArn: string | undefined;
  readonly patternText: string | undefined;
  readonly pattern: EventPattern | undefined;
  readonly scheduleExpression: string | undefined;
  readonly schedule: Schedule | undefined;
  readonly isEnabled: boolean;
}

/** A rule on the default bus. */
export interface Rule {
  readonly name: string;
  readonly arn: string;
  readonly settings: RuleSettings;
  readonly targets: ReadonlyMap<string, Target>;
}

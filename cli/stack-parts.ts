import { eventKinds } from '../shared/triggers/parse-event.ts';

/** The physical names of what a stack consists of, as far as the command works with it. */
export interface StackParts {
  readonly deadLetterQueue: string;
  readonly undeliveredQueue: string;
  readonly failedResyncsQueue: string;
  readonly archive: string;
  readonly resyncRule: string;
  /** One for each kind of event that comes over the bus. */
  readonly eventRules: readonly string[];
}

/** Kinds that no rule lets through: one is for the queue alone, the other wakes a function of its own. */
const kindsWithoutRule: readonly string[] = ['operator-request', 'scheduled-resync'];

/** The names that the template gives to the parts of a stack; the table has the name of the stack itself. */
export function stackParts(stackName: string): StackParts {
  const kinds = eventKinds.map(({ kind }) => kind).filter((kind) => !kindsWithoutRule.includes(kind));
  return {
    deadLetterQueue: `${stackName}-dead-letters`,
    undeliveredQueue: `${stackName}-undelivered`,
    failedResyncsQueue: `${stackName}-failed-resyncs`,
    archive: `${stackName}-events`,
    resyncRule: `${stackName}-resync`,
    eventRules: kinds.map((kind) => `${stackName}-${kind}`),
  };
}

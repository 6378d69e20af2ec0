/**
 * The physical names of a stack's parts. They are fixed, so that policies, alarms and people can name them, and begin with
 * the name of the stack, so that two stacks never meet. Roles and policies have none: their names would have to differ
 * between regions too, and nobody needs to know them.
 */
export function namesOf(stackName: string) {
  return {
    table: stackName,
    eventsQueue: `${stackName}-events`,
    /** What the functions could not take. */
    deadLetterQueue: `${stackName}-dead-letters`,
    /** What EventBridge could not deliver. */
    undeliveredQueue: `${stackName}-undelivered`,
    /** Which passes of the resync failed, and why. */
    failedResyncsQueue: `${stackName}-failed-resyncs`,
    archive: `${stackName}-events`,
    resyncRule: `${stackName}-resync`,
    alarmTopic: `${stackName}-alarms`,
    ruleOf: (kind: string): string => `${stackName}-${kind}`,
    functionOf: (name: string): string => `${stackName}-${name}`,
    logGroupOf: (name: string): string => `/aws/lambda/${stackName}-${name}`,
    alarmOf: (kind: string): string => `${stackName}-${kind}`,
  } as const;
}
export type Names = ReturnType<typeof namesOf>;

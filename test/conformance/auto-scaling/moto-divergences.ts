// What moto 5.2 is known to do otherwise, each with the cases that show it.
const casesByReason: Readonly<Record<string, readonly string[]>> = {
  'launches go to one subnet as it comes': [
    'a group brings its desired capacity into service, spread over its subnets',
  ],
  'only terminated instances are replaced': [
    'an instance that is stopped behind its back is replaced',
    'an instance that is set Unhealthy is replaced',
  ],
  'hooks are kept and never waited for': [
    'a launch hook holds the instance in Pending:Wait until CONTINUE',
    'a launch that is abandoned is terminated and replaced',
    'a termination hook holds the instance in Terminating:Wait, running, until it is completed',
    'a lifecycle action can be completed only once',
  ],
  'hooks show a notification target that nobody gave': [
    'a hook has an hour and ABANDON unless told otherwise, and at most 48 hours in all',
  ],
  'no event is sent': ['an instance that waits for a hook is told of on the default bus'],
  'names, sizes and templates are hardly checked': [
    'the name of a group is taken',
    'a group with a maximum under the minimum is refused',
    'a group with a desired capacity out of bounds is refused',
    'a desired capacity beyond the bounds is refused',
    'a launch template that is not there is refused',
  ],
  'a group with instances is deleted without force': ['a group with instances is deleted only by force'],
  'a group that is not there is an internal error': ['a group that is not there is a ValidationError'],
};

const reasonByCase = new Map(
  Object.entries(casesByReason).flatMap(([reason, names]) => names.map((name) => [name, reason] as const)),
);

/** Why moto is known to fail a case, by the case's name; undefined when it is expected to pass. */
export function motoDivergence(name: string): string | undefined {
  return reasonByCase.get(name);
}

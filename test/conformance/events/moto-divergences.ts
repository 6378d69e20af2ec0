// What moto 5.2 is known to do otherwise, each with the cases that show it.
const casesByReason: Readonly<Record<string, readonly string[]>> = {
  'schedules are hardly checked': [
    'the schedule rate(1 minutes) is refused',
    'the schedule rate(5 minute) is refused',
    'the schedule rate(0 minutes) is refused',
    'the schedule cron(0 12 * * ?) is refused',
    'the schedule cron(0 12 * * * *) is refused',
    'the schedule cron(60 12 * * ? *) is refused',
  ],
  'schedules do not fire': ['a schedule sends an event of its own, naming the rule'],
  'a disabled rule goes on': ['a disabled rule sends nothing'],
  'the event has no account': ['an event reaches the target as a whole envelope'],
  'any source is taken': ["an entry with AWS's own source fails alone"],
  'any JSON is a detail': ['an entry with a detail that is no object fails alone'],
  'a request without entries is accepted': ['a request with no entries is refused as a whole'],
  'the size is checked by the queue': ['a request with more than 1 MiB is refused as a whole'],
  'Input and InputPath are ignored and not checked': [
    'Input decides what the target gets',
    'InputPath decides what the target gets',
    'a target with an Input that is no JSON is refused',
    'a target with Input and InputPath is refused',
    'a target with a template with an unknown placeholder is refused',
  ],
  'a template with an object in it is answered with an HTML page': [
    'an InputTransformer that makes an object decides what the target gets',
  ],
  'a missing target fails PutEvents itself': [
    'an event for a queue that does not exist goes straight to the dead-letter queue, telling why',
  ],
};

const reasonByCase = new Map(
  Object.entries(casesByReason).flatMap(([reason, names]) => names.map((name) => [name, reason] as const)),
);

/** Why moto is known to fail a case, by the case's name; undefined when it is expected to pass. */
export function motoDivergence(name: string): string | undefined {
  if (/^a pattern (matches|does not match|with) /.test(name)) return 'TestEventPattern has an empty answer';
  return reasonByCase.get(name);
}

/** What each metric means that counts no outcome. */
export const metricMeanings = {
  FailoverLatency:
    'milliseconds from the time of an event until the move that it caused was settled; over all roles, and with the dimension `role` for each',
  UnauthorizedCandidate: 'candidates that their role does not allow, at each look',
  MalformedEvent: 'messages that no function can read',
  Ec2Calls: 'calls to EC2, each try of its own',
  Route53Calls: 'calls to Route 53, each try of its own',
  DynamodbCalls: 'calls to DynamoDB, each try of its own',
  ThrottledCalls: 'tries that EC2, Route 53 or DynamoDB turned away because there were too many',
} as const;

/** A metric that counts no outcome. */
export type MetricName = keyof typeof metricMeanings;

// What moto 5.2 is known to do otherwise, each with the cases that show it.
const casesByReason: Readonly<Record<string, readonly string[]>> = {
  'values of attributes are not checked': [
    'VisibilityTimeout 43201 is refused',
    'DelaySeconds 901 is refused',
    'MessageRetentionPeriod 59 is refused',
    'ReceiveMessageWaitTimeSeconds 21 is refused',
    '{"VisibilityTimeout":43201} is refused by its name',
  ],
  'a redrive policy that is no JSON is answered with an HTML page': ['RedrivePolicy no JSON is refused'],
  'the minutes after a deletion or a purge are not kept': [
    'a name cannot be used again within a minute after its queue was deleted',
    'a purged queue is empty, and cannot be purged again within a minute',
  ],
  'the visibility of any received message can be changed': [
    'the visibility of a message that is not in flight cannot be changed',
  ],
  'DeadLetterQueueSourceArn is not set': [
    'a message received more often than maxReceiveCount goes to the dead-letter queue, telling whence',
  ],
  'characters are not checked': ['a message with characters that XML does not allow is refused'],
  'attributes do not count for the size': [
    'a message longer than the queue allows is refused, attributes counted',
  ],
  'SenderFault is a text': ['each entry of a batch succeeds or fails by itself'],
  'move tasks are missing': [
    'a move task brings dead letters back as new messages',
    "a queue that is nobody's dead-letter queue cannot be a source",
  ],
};

/** Why moto is known to fail a case, by the case's name. */
export const motoDivergences: ReadonlyMap<string, string> = new Map(
  Object.entries(casesByReason).flatMap(([reason, names]) => names.map((name) => [name, reason] as const)),
);

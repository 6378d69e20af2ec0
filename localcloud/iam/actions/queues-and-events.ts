import { arnOf, contextOf, type RequirementsOf } from './request.ts';

/** Batch operations need the permission of the single one. */
const singleActions: ReadonlyMap<string, string> = new Map([
  ['SendMessageBatch', 'SendMessage'],
  ['DeleteMessageBatch', 'DeleteMessage'],
  ['ChangeMessageVisibilityBatch', 'ChangeMessageVisibility'],
]);

interface QueueInput {
  readonly QueueUrl?: string;
  readonly QueueName?: string;
  readonly SourceArn?: string;
}

/**
 * What each SQS call needs, on its queue.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsqs.html
 */
export const sqsRequirements: RequirementsOf = (call) => {
  const { QueueUrl, QueueName, SourceArn } = call.input as QueueInput;
  const action = `sqs:${singleActions.get(call.operation) ?? call.operation}`;
  const context = contextOf(call);
  if (call.operation === 'ListQueues') return [{ action, resource: '*', context }];
  if (SourceArn !== undefined) return [{ action, resource: SourceArn, context }];
  const name = QueueName ?? QueueUrl?.slice(QueueUrl.lastIndexOf('/') + 1);
  return name === undefined ? undefined : [{ action, resource: arnOf(call.surveyed, 'sqs', name), context }];
};

interface EventsInput {
  readonly EventSourceArn?: string;
  readonly Destination?: { readonly Arn?: string };
  readonly ReplayName?: string;
  readonly ArchiveName?: string;
  readonly Name?: string;
  readonly Rule?: string;
}

/**
 * What each EventBridge call needs.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html
 */
export const eventsRequirements: RequirementsOf = (call) => {
  const { operation, surveyed } = call;
  const input = call.input as EventsInput;
  const action = `events:${operation}`;
  const resources = eventsResources(operation, input);
  return resources?.map((resource) => ({
    action,
    resource:
      resource === '*' || resource.startsWith('arn:') ? resource : arnOf(surveyed, 'events', resource),
    context: contextOf(call),
  }));
};

function eventsResources(operation: string, input: EventsInput): readonly string[] | undefined {
  if (operation === 'PutEvents') return ['event-bus/default'];
  if (operation.startsWith('List') && input.Rule === undefined) return ['*'];
  if (operation === 'StartReplay')
    return [input.EventSourceArn ?? '*', 'event-bus/default', `replay/${input.ReplayName}`];
  if (input.ReplayName !== undefined) return [`replay/${input.ReplayName}`];
  if (input.ArchiveName !== undefined) return [`archive/${input.ArchiveName}`];
  const rule = input.Rule ?? input.Name;
  return rule === undefined ? undefined : [`rule/${rule}`];
}

import type { ScheduledEvent } from './state/scheduled-event.ts';
import type { World } from './state/world.ts';

/** How an event is told. */
interface Telling {
  readonly entityForm?: 'id' | 'arn';
  readonly entitiesPerPage?: number;
  readonly hasBackupCopy?: boolean;
}

/**
 * Sends `AWS Health Event` for a scheduled event: a page for every so many instances. Returns the ARN of the event.
 * Shape: https://docs.aws.amazon.com/health/latest/ug/aws-health-events-eventbridge-schema.html
 */
export function publishHealthEvent(
  world: World,
  event: ScheduledEvent,
  { entityForm = 'id', entitiesPerPage = 100, hasBackupCopy = false }: Telling,
  statusCode: 'upcoming' | 'closed',
): string {
  const { publish } = world.surroundings;
  const entities = event.instanceIds.map((id) => (entityForm === 'id' ? id : world.arn('instance', id)));
  const pages = Array.from({ length: Math.ceil(entities.length / entitiesPerPage) }, (_, index) =>
    entities.slice(index * entitiesPerPage, (index + 1) * entitiesPerPage),
  );
  const common = commonDetail(world, event, statusCode);
  for (const [index, page] of pages.entries())
    for (const backupEvent of hasBackupCopy ? ['false', 'true'] : ['false'])
      publish({
        source: 'aws.health',
        detailType: 'AWS Health Event',
        resources: page,
        detail: {
          ...common,
          affectedEntities: page.map((entityValue) => ({
            entityValue,
            lastUpdatedTime: common.lastUpdatedTime,
            status: statusCode === 'closed' ? 'RESOLVED' : 'PENDING',
          })),
          page: String(index + 1),
          totalPages: String(pages.length),
          backupEvent,
        },
      });
  return common.eventArn;
}

/** What the pages of one telling have in common. */
function commonDetail({ surroundings }: World, event: ScheduledEvent, statusCode: string) {
  const { partition, region, accountId } = surroundings;
  return {
    eventArn: `arn:${partition}:health:${region}::event/EC2/${event.type}/${event.type}_${event.serial}`,
    service: 'EC2',
    eventTypeCode: event.type,
    eventTypeCategory: 'scheduledChange',
    eventScopeCode: 'ACCOUNT_SPECIFIC',
    // One communication is one telling of the event, whatever its pages and copies.
    communicationId: `${event.serial}-${statusCode === 'upcoming' ? 1 : 2}`,
    startTime: new Date(event.startMs).toUTCString(),
    ...(event.endMs !== undefined && { endTime: new Date(event.endMs).toUTCString() }),
    lastUpdatedTime: new Date(surroundings.clock.now()).toUTCString(),
    statusCode,
    eventRegion: region,
    eventDescription: [
      { language: 'en_US', latestDescription: `${event.code} of EC2 instances, scheduled by AWS.` },
    ],
    affectedAccount: accountId,
    personas: ['OPERATIONS'],
    actionability: 'ACTION_REQUIRED',
  };
}

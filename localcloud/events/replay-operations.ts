import { z } from 'zod';
import { AwsError } from '../core/aws-error.ts';
import { type Operation, operation } from '../core/service.ts';
import type { Archives } from './archives.ts';
import type { EventBus } from './event-bus.ts';
import { pageOf } from './paging.ts';
import type { Replay, Replays } from './replays.ts';

const api = 'https://docs.aws.amazon.com/eventbridge/latest/APIReference';
const guide = 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-replay-archived-event.html';
const replayName = z.string().regex(/^[\w.-]{1,64}$/);
const startInput = z.strictObject({
  ReplayName: replayName,
  Description: z.string().max(512).optional(),
  EventSourceArn: z.string(),
  EventStartTime: z.date(),
  EventEndTime: z.date(),
  Destination: z.strictObject({ Arn: z.string(), FilterArns: z.array(z.string()).optional() }),
});

/** Starting, describing and cancelling replays. */
export function replayOperations(replays: Replays, archives: Archives, bus: EventBus): readonly Operation[] {
  return [
    startReplay(replays, archives, bus),
    describeReplay(replays),
    listReplays(replays),
    cancelReplay(replays),
  ];
}

function startReplay(replays: Replays, archives: Archives, bus: EventBus): Operation {
  return operation({
    name: 'StartReplay',
    effect: 'write',
    input: startInput,
    run: (input) => {
      const { EventSourceArn, Destination } = input;
      const archive = archives.byArn(EventSourceArn);
      if (archive === undefined)
        throw invalid('EventSourceArn', `Archive ${EventSourceArn.split('/').at(-1)} does not exist.`);
      if (Destination.Arn !== archive.settings.eventSourceArn)
        throw invalid('Destination.Arn', 'Cross event bus replay is not permitted.');
      if (input.EventEndTime <= input.EventStartTime)
        throw invalid('EventEndTime', 'EventStartTime must be before EventEndTime.');
      const foreign = Destination.FilterArns?.find((arn) => bus.rules.byArn(arn) === undefined);
      if (foreign !== undefined) throw invalid('Destination.FilterArns', `Rule ${foreign} does not exist.`);
      const replay = replays.start(
        {
          name: input.ReplayName,
          description: input.Description,
          startMs: input.EventStartTime.getTime(),
          endMs: input.EventEndTime.getTime(),
          busArn: Destination.Arn,
          filterArns: Destination.FilterArns,
        },
        archive,
      );
      return { ReplayArn: replay.arn, State: replay.state, ReplayStartTime: new Date(replay.startedMs) };
    },
    honesty: {
      modelled: [
        'By event time in buckets of a minute, without order within one; `replay-name` at the top level.',
        'Only to the bus of the archive, to some rules if named; at most 10 at a time.',
      ],
      notModelled: ['The pace: each minute of events goes at once.', 'The end of records after 90 days.'],
      sources: [
        `${api}/API_StartReplay.html`,
        guide,
        'unverified: a replayed event keeps its id; both ends of the range belong to it',
      ],
    },
  });
}

function describeReplay(replays: Replays): Operation {
  return operation({
    name: 'DescribeReplay',
    effect: 'read',
    input: z.strictObject({ ReplayName: replayName }),
    run: ({ ReplayName }) => {
      const replay = replays.get(ReplayName);
      const { description, busArn, filterArns } = replay.settings;
      return {
        ...shown(replay),
        ReplayArn: replay.arn,
        Description: description,
        Destination: { Arn: busArn, FilterArns: filterArns },
      };
    },
    honesty: { modelled: ['State and times.'], sources: [`${api}/API_DescribeReplay.html`] },
  });
}

function listReplays(replays: Replays): Operation {
  return operation({
    name: 'ListReplays',
    effect: 'read',
    input: z.strictObject({
      NamePrefix: z.string().optional(),
      State: z.string().optional(),
      EventSourceArn: z.string().optional(),
      NextToken: z.string().optional(),
      Limit: z.number().int().min(1).max(100).optional(),
    }),
    run: ({ NamePrefix = '', State, EventSourceArn, ...paging }) => {
      const found = replays
        .list()
        .filter(({ settings }) => settings.name.startsWith(NamePrefix))
        .filter(({ state }) => State === undefined || state === State)
        .filter(({ archiveArn }) => EventSourceArn === undefined || archiveArn === EventSourceArn);
      const { page, NextToken } = pageOf(found, ({ settings }) => settings.name, paging);
      return { Replays: page.map(shown), NextToken };
    },
    honesty: {
      modelled: ['By prefix, state or archive, in order of name, in pages.'],
      sources: [`${api}/API_ListReplays.html`],
    },
  });
}

function cancelReplay(replays: Replays): Operation {
  return operation({
    name: 'CancelReplay',
    effect: 'write',
    input: z.strictObject({ ReplayName: replayName }),
    run: ({ ReplayName }) => {
      const replay = replays.cancel(ReplayName);
      return { ReplayArn: replay.arn, State: replay.state };
    },
    honesty: {
      modelled: ['Stops after the minute under way; refused for a replay that has ended.'],
      sources: [`${api}/API_CancelReplay.html`],
    },
  });
}

function shown(replay: Replay): object {
  const { settings, endedMs, lastReplayedMs } = replay;
  return {
    ReplayName: settings.name,
    EventSourceArn: replay.archiveArn,
    State: replay.state,
    EventStartTime: new Date(settings.startMs),
    EventEndTime: new Date(settings.endMs),
    EventLastReplayedTime: lastReplayedMs === undefined ? undefined : new Date(lastReplayedMs),
    ReplayStartTime: new Date(replay.startedMs),
    ReplayEndTime: endedMs === undefined ? undefined : new Date(endedMs),
  };
}

function invalid(parameter: string, reason: string): AwsError {
  return new AwsError('ValidationException', `Parameter ${parameter} is not valid. Reason: ${reason}`);
}

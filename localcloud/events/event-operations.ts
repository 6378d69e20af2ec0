import { z } from 'zod';
import { AwsError } from '../core/aws-error.ts';
import { type Operation, operation } from '../core/service.ts';
import type { Surroundings } from '../core/surroundings.ts';
import { busName, requireDefaultBus } from './bus-name.ts';
import type { EventBus } from './event-bus.ts';
import { envelope } from './event-envelope.ts';
import { compilePattern } from './pattern-parameter.ts';

const api = 'https://docs.aws.amazon.com/eventbridge/latest/APIReference';
const requestBytesMax = 1_048_576;
const mandatoryFields = ['id', 'account', 'source', 'time', 'region', 'resources', 'detail-type'];

const entryShape = z.strictObject({
  Time: z.date().optional(),
  Source: z.string().optional(),
  Resources: z.array(z.string()).optional(),
  DetailType: z.string().optional(),
  Detail: z.string().optional(),
  EventBusName: busName,
  TraceHeader: z.string().max(500).optional(),
});
type Entry = z.output<typeof entryShape>;

/** PutEvents and TestEventPattern. */
export function eventOperations(bus: EventBus, surroundings: Surroundings): readonly Operation[] {
  return [putEvents(bus, surroundings), testEventPattern()];
}

function putEvents(bus: EventBus, surroundings: Surroundings): Operation {
  return operation({
    name: 'PutEvents',
    effect: 'write',
    input: z.strictObject({ Entries: z.array(entryShape).min(1).max(10) }),
    run: ({ Entries }) => {
      if (Entries.reduce((sum, entry) => sum + sizeOf(entry), 0) >= requestBytesMax)
        throw new AwsError(
          'ValidationException',
          'Total size of the entries in the request is over the limit.',
        );
      const results = Entries.map((entry) => putEntry(entry, bus, surroundings));
      return { FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length, Entries: results };
    },
    honesty: {
      modelled: [
        'Each entry succeeds or fails by itself; an unknown bus or too large a request fails as a whole.',
        "A source that begins with `aws.` is refused: it is AWS's own.",
        'Detail must be a JSON object; 10 entries and 1 MiB at most.',
      ],
      notModelled: [
        'Other buses than the default one.',
        'Global endpoints.',
        'TraceHeader is taken and not passed on.',
      ],
      sources: [
        `${api}/API_PutEvents.html`,
        'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevent-size.html',
        'unverified: message texts of InvalidArgument',
      ],
    },
  });
}

function putEntry(entry: Entry, bus: EventBus, surroundings: Surroundings): object {
  const { Source, DetailType, Detail, Resources = [], Time } = entry;
  if (!Source) return missing('Source');
  if (!DetailType) return missing('DetailType');
  if (!Detail) return missing('Detail');
  if (Source.startsWith('aws.'))
    return { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' };
  requireDefaultBus(entry.EventBusName, bus.arn);
  const detail = jsonObject(Detail);
  if (detail === undefined) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  const event = { source: Source, detailType: DetailType, resources: Resources, detail };
  const accepted = envelope(event, surroundings, Time?.getTime());
  bus.accept(accepted);
  return { EventId: accepted.id };
}

function missing(parameter: string): object {
  return {
    ErrorCode: 'InvalidArgument',
    ErrorMessage: `Parameter ${parameter} is not valid. Reason: ${parameter} is a required argument.`,
  };
}

function jsonObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevent-size.html */
function sizeOf({ Time, Source = '', DetailType = '', Detail = '', Resources = [] }: Entry): number {
  const texts = [Source, DetailType, Detail, ...Resources];
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), Time === undefined ? 0 : 14);
}

function testEventPattern(): Operation {
  return operation({
    name: 'TestEventPattern',
    effect: 'read',
    input: z.strictObject({ EventPattern: z.string(), Event: z.string() }),
    run: ({ EventPattern, Event }) => {
      const pattern = compilePattern(EventPattern);
      const event = jsonObject(Event);
      if (event === undefined) throw new AwsError('ValidationException', 'Parameter Event is not valid.');
      const absent = mandatoryFields.find((field) => !Object.hasOwn(event, field));
      if (absent !== undefined)
        throw new AwsError(
          'ValidationException',
          `Parameter Event is not valid. Reason: ${absent} is missing.`,
        );
      return { Result: pattern.matches(event) };
    },
    honesty: {
      modelled: ['All documented operators, `$or`, arrays, null and empty strings.'],
      notModelled: ['The position of the error in the message of InvalidEventPatternException.'],
      sources: [
        `${api}/API_TestEventPattern.html`,
        'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html',
        'https://github.com/aws/event-ruler',
        'unverified: message texts for an Event that is not valid; `exists: false` inside arrays of objects',
      ],
    },
  });
}

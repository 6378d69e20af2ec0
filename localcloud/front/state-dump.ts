import type { Call, Service } from '../core/service.ts';

interface Listing {
  readonly title: string;
  readonly operation: string;
  /** Where the answer keeps what it lists. */
  readonly member: string;
}

/** What is asked of rooms that have no dump of their own. */
const listings: Readonly<Record<string, readonly Listing[]>> = {
  dynamodb: [{ title: 'tables', operation: 'ListTables', member: 'TableNames' }],
  events: [
    { title: 'rules', operation: 'ListRules', member: 'Rules' },
    { title: 'archives', operation: 'ListArchives', member: 'Archives' },
    { title: 'replays', operation: 'ListReplays', member: 'Replays' },
  ],
  sqs: [{ title: 'queues', operation: 'ListQueues', member: 'QueueUrls' }],
};

const readerCall: Call = { requestId: 'state-dump', accessKeyId: 'localcloud', traceId: undefined };

/**
 * A readable dump of the world by service: what the room itself tells, or else its read operations, run past the front
 * (not in the call log, neither throttled nor faulted).
 */
export async function dumpState(services: ReadonlyMap<string, Service>): Promise<object> {
  const state: Record<string, object> = {};
  for (const service of services.values()) {
    const listed = listings[service.name];
    if (service.dump !== undefined) state[service.name] = service.dump();
    else if (listed !== undefined) state[service.name] = await listAll(service, listed);
  }
  return state;
}

async function listAll(service: Service, listed: readonly Listing[]): Promise<object> {
  const entries = listed.map(async ({ title, operation, member }) => {
    const pages = await everyPage(service, operation);
    return [title, pages.flatMap((page) => page[member] ?? [])] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

type Answer = Readonly<Record<string, unknown>>;

async function everyPage({ operations }: Service, name: string): Promise<readonly Answer[]> {
  const operation = operations.get(name);
  if (operation === undefined) return [];
  const run = operation.run as (input: object, call: Call) => object | Promise<object>;
  const pages: Answer[] = [];
  for (let input: object | undefined = {}; input !== undefined; ) {
    const page = (await run(input, readerCall)) as Answer;
    pages.push(page);
    input = nextInput(page);
  }
  return pages;
}

// Each service pages in its own words.
function nextInput({ NextToken, LastEvaluatedTableName }: Answer): object | undefined {
  if (NextToken !== undefined) return { NextToken };
  return LastEvaluatedTableName === undefined
    ? undefined
    : { ExclusiveStartTableName: LastEvaluatedTableName };
}

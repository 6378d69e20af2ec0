import { metricMeanings } from '../functions/middleware/metric-meanings.ts';
import { outcomeMetrics } from '../functions/middleware/telemetry.ts';

/**
 * What running a stack costs, from the calls that the end-to-end tests count and the prices of us-east-1, in US dollars. Free
 * tiers are left out, so that the figures are what a large account pays.
 */

/** One price, and the page that it stands on. */
interface Price {
  readonly perUnit: number;
  readonly unit: string;
  readonly source: string;
}

const prices = {
  lambdaRequest: { perUnit: 0.2e-6, unit: 'request', source: 'https://aws.amazon.com/lambda/pricing/' },
  lambdaGbSecond: {
    perUnit: 1.33334e-5,
    unit: 'GB-second (arm64)',
    source: 'https://aws.amazon.com/lambda/pricing/',
  },
  dynamodbRead: {
    perUnit: 0.125e-6,
    unit: 'read request unit',
    source: 'https://aws.amazon.com/dynamodb/pricing/on-demand/',
  },
  dynamodbWrite: {
    perUnit: 0.625e-6,
    unit: 'write request unit',
    source: 'https://aws.amazon.com/dynamodb/pricing/on-demand/',
  },
  sqsRequest: { perUnit: 0.4e-6, unit: 'request', source: 'https://aws.amazon.com/sqs/pricing/' },
  alarm: { perUnit: 0.1, unit: 'alarm and month', source: 'https://aws.amazon.com/cloudwatch/pricing/' },
  metric: {
    perUnit: 0.3,
    unit: 'custom metric and month',
    source: 'https://aws.amazon.com/cloudwatch/pricing/',
  },
  dashboard: {
    perUnit: 3,
    unit: 'dashboard and month',
    source: 'https://aws.amazon.com/cloudwatch/pricing/',
  },
  logGb: { perUnit: 0.5, unit: 'GB of logs', source: 'https://aws.amazon.com/cloudwatch/pricing/' },
  publicIpv4Hour: {
    perUnit: 0.005,
    unit: 'public IPv4 address and hour',
    source: 'https://aws.amazon.com/vpc/pricing/',
  },
  hostedZone: {
    perUnit: 0.5,
    unit: 'hosted zone and month',
    source: 'https://aws.amazon.com/route53/pricing/',
  },
} as const satisfies Record<string, Price>;

/** The calls of one failover of an Elastic IP with a record; a test holds the real ones against them. */
export const failoverCalls = [
  'AssociateAddress',
  'BatchGetItem',
  'BatchWriteItem',
  'ChangeResourceRecordSets',
  'DescribeAddresses',
  'DescribeInstances',
  'Query',
  'UpdateItem',
  'UpdateItem',
] as const;

/** Items are below 4 kB to read and 2 kB to write; a consistent read of 4 kB is one unit, a write of 1 kB is one. */
const failoverUnits = { reads: 3, writes: 8 };

/** The calls to DynamoDB of a resync where nothing differs; a test holds the real ones against them. */
export const idleResyncCalls = ['BatchGetItem', 'GetItem', 'Query'] as const;

/** Roles that are gone through in the month that is computed. */
const roleCount = 10;

/**
 * Spec and state of each role, and for all of them the list and where the last pass stopped. Of a BatchGetItem each item
 * counts by itself: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
 */
const resyncUnits = { all: 2, perRole: 2 };

/** Of a resync that changes nothing: what it writes about each role, and besides. A test measures the first. */
export const resyncLogBytes = { all: 1_200, perRole: 700 };

/** Alarms of a stack; a test counts them in the template. */
export const alarmCount = 14;

/** Each with the one dimension `service`. */
const customMetricCount = Object.keys({ ...outcomeMetrics, ...metricMeanings }).length;

const memoryGb = 0.5;
const failoverSeconds = 2;
const resyncSeconds = 0.5;
const hoursPerMonth = 730;
const resyncsPerMonth = hoursPerMonth * 60;

/** Polls of an idle event source mapping: two pollers with waits of 20 seconds. */
const pollsPerMonth = 2 * 3 * 60 * hoursPerMonth;

/** Rows of a table: what, how much, and what it costs. */
export type CostRow = readonly [what: string, howMuch: string, dollars: string];

/** One failover, from its event until it is settled. EC2 and Route 53 do not charge for the calls themselves. */
export function failoverCost(): readonly CostRow[] {
  return totalled([
    [
      'AWS calls',
      `${failoverCalls.length}, of which ${failoverUnits.reads} read and ${failoverUnits.writes} write units of DynamoDB`,
      failoverUnits.reads * prices.dynamodbRead.perUnit + failoverUnits.writes * prices.dynamodbWrite.perUnit,
    ],
    [
      'Lambda',
      `${failoverSeconds} s at ${memoryGb} GB, once cold`,
      prices.lambdaRequest.perUnit + failoverSeconds * memoryGb * prices.lambdaGbSecond.perUnit,
    ],
    ['SQS', '3 requests', 3 * prices.sqsRequest.perUnit],
  ]);
}

/** A month in which nothing happens, with a resync every minute. */
export function idleMonthCost(): readonly CostRow[] {
  const reads = resyncUnits.all + roleCount * resyncUnits.perRole;
  const logBytes = resyncLogBytes.all + roleCount * resyncLogBytes.perRole;
  const perRole =
    resyncUnits.perRole * prices.dynamodbRead.perUnit + (resyncLogBytes.perRole * prices.logGb.perUnit) / 1e9;
  const rows = totalled([
    [
      'resync: Lambda',
      `${resyncsPerMonth.toLocaleString('en')} × ${resyncSeconds} s at ${memoryGb} GB`,
      resyncsPerMonth *
        (prices.lambdaRequest.perUnit + resyncSeconds * memoryGb * prices.lambdaGbSecond.perUnit),
    ],
    [
      'resync: DynamoDB',
      `${resyncsPerMonth.toLocaleString('en')} × ${reads} read units`,
      resyncsPerMonth * reads * prices.dynamodbRead.perUnit,
    ],
    [
      'resync: logs',
      `${resyncsPerMonth.toLocaleString('en')} × ${logBytes.toLocaleString('en')} bytes`,
      (resyncsPerMonth * logBytes * prices.logGb.perUnit) / 1e9,
    ],
    [
      'SQS, waiting',
      `${pollsPerMonth.toLocaleString('en')} requests`,
      pollsPerMonth * prices.sqsRequest.perUnit,
    ],
    ['alarms', String(alarmCount), alarmCount * prices.alarm.perUnit],
    ['custom metrics', String(customMetricCount), customMetricCount * prices.metric.perUnit],
    ['dashboard', '1', prices.dashboard.perUnit],
  ]);
  return [...rows, ['each role more', '', dollars(resyncsPerMonth * perRole)]];
}

/** What AWS charges for the things that are moved, whoever moves them. */
export function thingsMonthCost(): readonly CostRow[] {
  return [
    [
      'an Elastic IP, in use or not',
      `${hoursPerMonth} hours`,
      dollars(hoursPerMonth * prices.publicIpv4Hour.perUnit),
    ],
    ['a hosted zone', '1', dollars(prices.hostedZone.perUnit)],
  ];
}

/** Each price with its unit and page. */
export function priceRows(): readonly CostRow[] {
  return Object.values(prices).map(({ perUnit, unit, source }) => [
    unit,
    `[AWS](${source})`,
    dollars(perUnit),
  ]);
}

function totalled(rows: readonly (readonly [string, string, number])[]): readonly CostRow[] {
  const total = rows.reduce((sum, [, , cost]) => sum + cost, 0);
  return [
    ...rows.map(([what, howMuch, cost]): CostRow => [what, howMuch, dollars(cost)]),
    ['**together**', '', `**${dollars(total)}**`],
  ];
}

function dollars(amount: number): string {
  return amount >= 0.01 ? `$${amount.toFixed(2)}` : `$${amount.toPrecision(2).replace(/e-0?/, ' × 10^-')}`;
}

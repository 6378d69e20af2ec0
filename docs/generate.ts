import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { commandSummaries } from '../cli/command-summaries.ts';
import { exitCodeMeanings, exitCodes } from '../cli/exit-codes.ts';
import manifest from '../events/manifest.json' with { type: 'json' };
import { metricMeanings } from '../functions/middleware/metric-meanings.ts';
import { outcomeMetrics } from '../functions/middleware/telemetry.ts';
import { parametersSchema } from '../infra/parameters.ts';
import { createCloud } from '../localcloud/cloud.ts';
import { resourceTypeTable } from '../localcloud/cloudformation/resource-type-table.ts';
import { controlTable } from '../localcloud/front/control-table.ts';
import { iamHonesty } from '../localcloud/iam/iam-honesty.ts';
import { lambdaHonesty } from '../localcloud/lambda/lambda-honesty.ts';
import { operationTable, subjectTable } from '../localcloud/operation-table.ts';
import { awsErrorDispositions } from '../shared/adapters/aws-error.ts';
import { environmentSchema } from '../shared/config.ts';
import { failoverCost, idleMonthCost, priceRows, thingsMonthCost } from './cost-model.ts';
import { longRun } from './long-run.ts';

/** Writes the tables that are made from code into the documents between their marks; `--check` only compares. */
const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });

const documents: Readonly<Record<string, Readonly<Record<string, () => string>>>> = {
  'docs/reference.md': {
    events: () =>
      table(
        ['event', 'source', 'wakes', 'delivery', 'document'],
        manifest.kinds.map((each) => [
          each.detailType,
          each.source,
          `\`${each.kind}\``,
          each.delivery,
          `[AWS](${each.document})`,
        ]),
      ),
    environment: () =>
      table(
        ['variable', 'meaning', 'default'],
        Object.entries(environmentSchema.shape).map(([name, schema]) => {
          const fallback = schema.safeParse(undefined);
          return [
            `\`${name}\``,
            schema.description ?? '',
            fallback.success ? `\`${fallback.data}\`` : 'none',
          ];
        }),
      ),
    'outcome-metrics': () =>
      table(
        ['outcome', 'metric'],
        Object.entries(outcomeMetrics).map((each) => each.map(code)),
      ),
    metrics: () =>
      table(
        ['metric', 'what it tells'],
        Object.entries(metricMeanings).map(([name, meaning]) => [code(name), meaning]),
      ),
    errors: () =>
      table(
        ['AWS error', 'what we do'],
        Object.entries(awsErrorDispositions).map((each) => each.map(code)),
      ),
    commands: () =>
      table(
        ['command', 'what it does'],
        commandSummaries().map(({ usage, description }) => [code(`understudy ${usage}`), description]),
      ),
    'exit-codes': () =>
      table(
        ['exit code', 'meaning'],
        Object.entries(exitCodes).map(([name, number]) => [
          code(String(number)),
          exitCodeMeanings[name as keyof typeof exitCodes],
        ]),
      ),
  },
  'docs/cost.md': {
    failover: () => table(['what', 'how much', 'US$'], failoverCost()),
    'idle-month': () => table(['what', 'how much', 'US$'], idleMonthCost()),
    things: () => table(['what', 'how much', 'US$ a month'], thingsMonthCost()),
    prices: () => table(['unit', 'page', 'US$'], priceRows()),
  },
  'docs/reliability.md': { 'long-run': longRun },
  'docs/deploy.md': {
    parameters: () =>
      table(
        ['parameter', 'what it is', 'allowed', 'default'],
        Object.entries(parametersSchema.shape).map(([name, schema]) => {
          const { description = '', allowed = '' } = schema.meta() ?? {};
          const fallback = schema.safeParse(undefined);
          const text = fallback.success && fallback.data !== undefined ? code(String(fallback.data)) : 'none';
          return [code(name), description, String(allowed), text];
        }),
      ),
  },
  'localcloud/README.md': {
    control: controlTable,
    'resource-types': resourceTypeTable,
    operations: () =>
      [
        operationTable(createCloud().services.values()),
        '### iam',
        subjectTable(iamHonesty),
        '### lambda',
        subjectTable(lambdaHonesty),
      ].join('\n\n'),
  },
};

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function code(text: string): string {
  return `\`${text}\``;
}

const stale: string[] = [];
for (const [path, blocks] of Object.entries(documents)) {
  const url = new URL(`../${path}`, import.meta.url);
  const before = await readFile(url, 'utf8');
  const after = Object.entries(blocks).reduce(
    (text, [name, render]) => replaceBlock(text, path, name, render()),
    before,
  );
  if (after === before) continue;
  stale.push(path);
  if (!values.check) await writeFile(url, after);
}

if (values.check && stale.length > 0) {
  console.error(`${stale.join(', ')}: the generated tables are stale; run npm run docs`);
  process.exitCode = 1;
} else console.log(stale.length === 0 ? 'every generated table is fresh' : `written: ${stale.join(', ')}`);

function replaceBlock(text: string, path: string, name: string, content: string): string {
  const pattern = new RegExp(`(<!-- generated: ${name} -->\n)[\\s\\S]*?(\n<!-- /generated -->)`);
  if (!pattern.test(text)) throw new Error(`${path} has no block "${name}"`);
  return text.replace(pattern, (_, start: string, end: string) => `${start}\n${content}\n${end}`);
}

import { controlRoutes } from './control-routes.ts';

/** The control routes as a Markdown table. */
export function controlTable(): string {
  const rows = controlRoutes.map(
    ({ method, name, summary }) =>
      `| \`${method} /_localcloud/${name}\` | ${summary.replaceAll('|', '\\|')} |`,
  );
  return ['| route | what it does |', '|---|---|', ...rows].join('\n');
}

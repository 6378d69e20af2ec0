import type { RoleOutlook } from '../role-outlook.ts';
import type { AddressStanding, RecordStanding } from '../role-standing.ts';
import type { Style } from '../terminal.ts';
import { conditionText } from './condition-text.ts';
import { tableLines } from './table-lines.ts';
import { ageText } from './times.ts';

const head = ['ROLE', 'STATE', 'HOLDER', 'GEN', 'SINCE', 'ADDRESSES AND RECORDS'];

/** A table of all roles, and below it what is the matter with those that are not healthy. */
export function statusLines(
  outlooks: readonly RoleOutlook[],
  nowMs: number,
  style: Style,
): readonly string[] {
  const rows = outlooks.map((outlook) => [
    style.bold(outlook.role),
    conditionText(outlook.condition, style),
    outlook.holder ?? '-',
    String(outlook.generation),
    outlook.sinceMs === undefined ? '-' : ageText(outlook.sinceMs, nowMs),
    standingTexts(outlook, style).join('\n'),
  ]);
  const remarks = outlooks.flatMap((outlook) => remarkLines(outlook, style));
  return [...tableLines(head, rows, style), ...(remarks.length === 0 ? [] : ['', ...remarks])];
}

function standingTexts(outlook: RoleOutlook, style: Style): readonly string[] {
  return [
    ...outlook.addresses.map((each) => addressText(each, outlook, style)),
    ...outlook.records.map((each) => recordText(each, style)),
  ];
}

function addressText(address: AddressStanding, { holder }: RoleOutlook, style: Style): string {
  const { wanted, publicIp, on, privateIp } = address;
  if (publicIp === undefined) return style.red(`${wanted} not found`);
  if (on === undefined) return style.yellow(`${publicIp} with nobody`);
  if (on === holder) return `${publicIp} at ${privateIp}`;
  return style.yellow(`${publicIp} with ${on}`);
}

function recordText({ name, type, values, isToStay }: RecordStanding, style: Style): string {
  if (values.length === 0) return style.yellow(`${name} ${type} missing`);
  const text = `${name} ${type} ${values.join(' ')}`;
  return isToStay ? text : style.yellow(text);
}

function remarkLines(outlook: RoleOutlook, style: Style): readonly string[] {
  const { role, condition, reason, changes, refusals, verdicts } = outlook;
  if (condition === 'healthy') return [];
  const isAboutCandidates = condition === 'vacant' || condition === 'waiting';
  return [
    `${style.bold(role)} ${conditionText(condition, style)}: ${reason}`,
    ...changes.map((change) => `  ${style.yellow('~')} ${change}`),
    ...refusals.slice(1).map(({ words }) => `  ${words}`),
    ...(isAboutCandidates ? verdicts.map(({ instanceId, words }) => `  ${instanceId} ${words}`) : []),
  ];
}

import { checkAccess } from './check-access.ts';
import { checkArchive, checkRules, checkSchedule } from './check-bus.ts';
import { checkElasticIpQuota, checkVpcDns, checkZones } from './check-network.ts';
import { checkDeadLetters, checkQueue } from './check-queues.ts';
import { checkGuards, checkRoles } from './check-roles.ts';
import { checkBackups, checkExpiry, checkTable } from './check-table.ts';
import type { DoctorContext } from './doctor-context.ts';
import type { Check, Finding } from './finding.ts';
import { findingsOf } from './finding.ts';

/** Every check by what it is about, in the order in which they are told: what others rest on comes first. */
const checks: readonly (readonly [subject: string, check: Check])[] = [
  ['credentials', checkAccess],
  ['table', checkTable],
  ['backups', checkBackups],
  ['expiry', checkExpiry],
  ['queue', checkQueue],
  ['dead letters', checkDeadLetters],
  ['rules', checkRules],
  ['resync', checkSchedule],
  ['archive', checkArchive],
  ['zones', checkZones],
  ['VPC DNS', checkVpcDns],
  ['Elastic IPs', checkElasticIpQuota],
  ['roles', checkRoles],
  ['guards', checkGuards],
];

/** Makes every check, side by side. */
export async function examine(context: DoctorContext): Promise<readonly Finding[]> {
  const findings = checks.map(([subject, check]) => findingsOf(subject, check, context));
  return (await Promise.all(findings)).flat();
}

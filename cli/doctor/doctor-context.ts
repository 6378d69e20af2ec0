import type { HostedZoneId } from '../../shared/model/ids.ts';
import type { Observed } from '../../shared/model/observed.ts';
import type { HostedZone } from '../../shared/reconcile/ports.ts';
import { previewRoles } from '../../shared/reconcile/preview-roles.ts';
import type { Aws } from '../compose.ts';
import type { RoleOutlook } from '../role-outlook.ts';
import { outlookOf, unreadableOutlook } from '../role-outlook.ts';
import type { StackParts } from '../stack-parts.ts';
import { stackParts } from '../stack-parts.ts';
import { allRoleNames } from '../stored-roles.ts';

/** All roles, as they were read. */
export interface AllRoles {
  /** Without those of which something could not be read. */
  readonly observed: readonly Observed[];
  readonly outlooks: readonly RoleOutlook[];
}

/** What the checks look at; what several of them need is read once. */
export interface DoctorContext {
  readonly aws: Aws;
  readonly parts: StackParts;
  readonly roles: () => Promise<AllRoles>;
  readonly zone: (id: HostedZoneId) => Promise<HostedZone | undefined>;
}

/** Roles that are observed at once; more go one lot after the other. */
const rolesPerReadMax = 200;

export function doctorContext(aws: Aws): DoctorContext {
  let roles: Promise<AllRoles> | undefined;
  const zones = new Map<HostedZoneId, Promise<HostedZone | undefined>>();
  return {
    aws,
    parts: stackParts(aws.stackName),
    roles: () => {
      roles ??= readAllRoles(aws);
      return roles;
    },
    zone: (id) => {
      const known = zones.get(id) ?? aws.zones.byId(id);
      zones.set(id, known);
      return known;
    },
  };
}

async function readAllRoles({ ports, settings }: Aws): Promise<AllRoles> {
  const names = await allRoleNames(ports.store);
  const observed: Observed[] = [];
  const outlooks: RoleOutlook[] = [];
  for (let start = 0; start < names.length; start += rolesPerReadMax) {
    const lot = names.slice(start, start + rolesPerReadMax);
    const preview = await previewRoles(ports, settings, lot);
    observed.push(...preview.observed);
    for (const [each, plan] of preview.plans) outlooks.push(outlookOf(each, plan));
    for (const [role, error] of preview.failures) outlooks.push(unreadableOutlook(role, error));
  }
  return { observed, outlooks: outlooks.toSorted((a, b) => (a.role < b.role ? -1 : 1)) };
}

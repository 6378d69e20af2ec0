import type { Observed } from '../../shared/model/observed.ts';
import { countText } from '../render/count-text.ts';
import type { RoleOutlook } from '../role-outlook.ts';
import { unauthorizedIn } from '../role-outlook.ts';
import type { Condition } from '../slot-outlook.ts';
import type { Check, Finding } from './finding.ts';
import { fail, ok, warn } from './finding.ts';

/** What needs somebody, and what comes right by itself. */
const verdicts: Readonly<
  Record<Exclude<Condition, 'ok'>, (subject: string, words: string, mend: string) => Finding>
> = {
  unreadable: fail,
  vacant: fail,
  refused: fail,
  'partly refused': fail,
  waiting: warn,
  frozen: warn,
  drift: warn,
  moving: warn,
  pending: warn,
};

/** Whether every role is as it should be. */
export const checkRoles: Check = async (context) => {
  const { outlooks } = await context.roles();
  const wrong = outlooks.flatMap(roleFindings);
  const fine = outlooks.filter(({ condition }) => condition === 'ok').length;
  return [ok('roles', `${fine} of ${countText(outlooks.length, 'role')} as they should be`), ...wrong];
};

function roleFindings(outlook: RoleOutlook): readonly Finding[] {
  const { role, condition, reason, words } = outlook;
  const subject = `role ${role}`;
  const unauthorized = unauthorizedIn(outlook);
  return [
    ...(condition === 'ok' ? [] : [verdicts[condition](subject, `${condition}: ${reason}`, mendOf(outlook))]),
    ...(words.frozen === undefined || condition === 'frozen'
      ? []
      : [warn(subject, `frozen by ${words.frozen.by}: nothing moves it`, `understudy thaw ${role}`)]),
    ...(unauthorized.length === 0
      ? []
      : [
          warn(
            subject,
            `${countText(unauthorized.length, 'instance')} asked for it and may not hold it`,
            `understudy explain ${role} names them`,
          ),
        ]),
  ];
}

function mendOf({ role, condition, verdicts: candidates }: RoleOutlook): string {
  switch (condition) {
    case 'frozen':
      return `understudy thaw ${role}`;
    case 'vacant':
      return candidates.length === 0
        ? `launch or tag an instance that may hold it: understudy claim ${role} INSTANCE`
        : `understudy explain ${role} says what is wrong with each candidate`;
    case 'drift':
    case 'pending':
      return `the next resync does it; understudy resync --role ${role} does it now`;
    default:
      return `understudy plan ${role}`;
  }
}

/** Names that one line has room for. */
const namesMax = 10;

/** Whether it is said who may hold each role: a tag alone is a request that anybody may make who may tag. */
export const checkGuards: Check = async (context) => {
  const { observed } = await context.roles();
  const open = observed.filter((each) => isOpen(each)).map(({ role }) => role.name);
  if (open.length === 0) return [ok('guards', 'every role says who may hold it')];
  const more = open.length > namesMax ? ` and ${open.length - namesMax} more` : '';
  const words = `any instance that carries the tag may hold ${open.slice(0, namesMax).join(', ')}${more}`;
  return [warn('guards', words, 'allow in the spec of a role says who may, such as an instance profile')];
};

function isOpen({ role }: Observed): boolean {
  return role.spec.allow === undefined;
}

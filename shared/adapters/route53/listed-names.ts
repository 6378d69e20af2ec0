import type { DnsName } from '../../model/dns-name.ts';
import type { ObservedRecord } from './observed-record.ts';

/** Names from one place of a zone's order to another that is not included; undefined is the end of the zone. */
interface Stretch {
  readonly from: string;
  readonly to: string | undefined;
  readonly end: DnsName | undefined;
}

/** The stretches of one zone that have been listed: at a name that lies in one, nothing stands but what was found there. */
export class ListedNames {
  readonly #records = new Map<DnsName, readonly ObservedRecord[]>();
  readonly #stretches: Stretch[] = [];

  /** Adds all that was listed from a name on, up to the name at which the listing ended. */
  add(from: DnsName, to: DnsName | undefined, records: readonly ObservedRecord[]): void {
    const stretch = { from: orderOf(from), to: to && orderOf(to), end: to };
    this.#stretches.push(stretch);
    for (const [name, its] of Map.groupBy(records, ({ record }) => record.name)) {
      // Of the name at which it ended, there may be more.
      if (isIn(stretch, orderOf(name))) this.#records.set(name, its);
    }
  }

  has(name: DnsName): boolean {
    const order = orderOf(name);
    return this.#stretches.some((stretch) => isIn(stretch, order));
  }

  /** Where the stretch before the name ends, when the name lies between two. */
  startOfGapAt(name: DnsName): DnsName | undefined {
    const order = orderOf(name);
    if (!this.#stretches.some(({ from }) => from > order)) return undefined;
    const before = this.#stretches.filter(({ to }) => to !== undefined && to <= order);
    return before.toSorted((a, b) => ((a.to ?? '') < (b.to ?? '') ? 1 : -1))[0]?.end;
  }

  recordsAt(name: DnsName): readonly ObservedRecord[] {
    return this.#records.get(name) ?? [];
  }
}

function isIn({ from, to }: Stretch, order: string): boolean {
  return from <= order && (to === undefined || order < to);
}

/**
 * Route 53 lists names in the order of their labels from the right, as ASCII text with a dot at the end, other characters
 * than letters, digits, hyphens and underscores as octal escapes. Should it ever differ, a record may be taken for absent;
 * creating it then fails as a whole.
 */
export function orderOf(name: DnsName): string {
  const escaped = name.replace(/\\[0-3][0-7]{2}|[^a-z0-9_.-]/g, (text) =>
    text.length > 1 ? text : `\\${text.charCodeAt(0).toString(8).padStart(3, '0')}`,
  );
  return `${escaped.split('.').toReversed().join('.')}.`;
}

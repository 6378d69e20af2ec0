import type { RoleSpec } from '../../shared/model/role-spec.ts';
import { Timeline } from '../simulation/engine/chronicle.ts';

/** An Elastic IP that somebody put on an instance of their own. */
interface Taken {
  readonly associationId: string;
  readonly instanceId: string;
  readonly sinceMs: number;
}

/** What people did that the laws have to know of; of instances, what was seen of them. */
export class Chronicle {
  /** By role; undefined while it is not defined. */
  readonly specs = new Map<string, Timeline<RoleSpec | undefined>>();
  /** By the allocation's id. */
  readonly taken = new Map<string, Taken>();
  /** What somebody else wrote over records of the private zone, by name. */
  readonly overwritten = new Map<string, string>();
  /** Instances of which AWS said that they will go, or may. */
  readonly warned = new Set<string>();
  /** Instances that an operator drained. */
  readonly drained = new Set<string>();
  /** Roles that an operator froze. */
  readonly frozen = new Set<string>();
  /** Roles that an operator pinned to an instance. */
  readonly pinned = new Set<string>();
  /** Names whose records somebody else deleted, since the last look. */
  readonly deleted = new Set<string>();

  noteSpec(role: string, atMs: number, spec: RoleSpec | undefined): void {
    const timeline = this.specs.get(role) ?? new Timeline();
    timeline.note(atMs, spec);
    this.specs.set(role, timeline);
  }

  /** Forgets what was over before: nothing decides on it any more. */
  forget(): void {
    this.warned.clear();
    this.drained.clear();
    this.frozen.clear();
    this.pinned.clear();
    for (const [role, { latest }] of [...this.specs]) {
      this.specs.delete(role);
      this.noteSpec(role, 0, latest);
    }
  }
}

/** A room contradicts itself: a bug in localcloud. Never told to an AWS client as an AWS error. */
export class InvariantViolation extends Error {
  readonly room: string;

  constructor(room: string, cause: unknown) {
    super(`${room}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.name = 'InvariantViolation';
    this.room = room;
  }
}

/**
 * The connection broke: before the effect (`ConnectionReset`), after it (`ResponseLost`), or because the caller was
 * killed (`CallerKilled`). A caller that lives cannot tell which; all look as Node tells a reset socket, so that SDK clients retry as they would on the network.
 */
export class ConnectionLost extends Error {
  readonly code = 'ECONNRESET';
  /** What happened, for the call log. */
  readonly when: 'ConnectionReset' | 'ResponseLost' | 'CallerKilled';

  constructor(when: ConnectionLost['when']) {
    super('socket hang up');
    this.name = 'Error';
    this.when = when;
  }
}

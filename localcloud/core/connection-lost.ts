/**
 * The connection broke: before the effect (`ConnectionReset`) or after it (`ResponseLost`). The caller cannot tell
 * which; both look as Node tells a reset socket, so that SDK clients retry as they would on the network.
 */
export class ConnectionLost extends Error {
  readonly code = 'ECONNRESET';
  /** What happened, for the call log. */
  readonly when: 'ConnectionReset' | 'ResponseLost';

  constructor(when: 'ConnectionReset' | 'ResponseLost') {
    super('socket hang up');
    this.name = 'Error';
    this.when = when;
  }
}

/** An event pattern that EventBridge would refuse; the message is the reason, in Event Ruler's words. */
export class InvalidPattern extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'InvalidPattern';
  }
}

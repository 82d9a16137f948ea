/** Something a person can put right: what happened, and what to do next. */
export class Problem extends Error {
  /**
   * @param {string} message
   * @param {string} wayOut
   */
  constructor(message, wayOut) {
    super(message);
    this.wayOut = wayOut;
  }
}

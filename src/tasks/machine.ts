/** The machine that a tool would run on. */
export interface Machine {
  /** As Node's `process.platform`. */
  readonly platform: string;
  /** As Node's `process.arch`. */
  readonly arch: string;
}

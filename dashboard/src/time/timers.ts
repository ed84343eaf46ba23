/** Timers by name: one of each, all of them stopped together. */
export class Timers {
  private readonly running = new Map<string, ReturnType<typeof setTimeout>>();

  /** Replaces the timer of that name. */
  after(name: string, milliseconds: number, then: () => void): void {
    this.cancel(name);
    this.running.set(
      name,
      setTimeout(() => {
        this.running.delete(name);
        then();
      }, milliseconds),
    );
  }

  cancel(name: string): void {
    clearTimeout(this.running.get(name));
    this.running.delete(name);
  }

  cancelAll(): void {
    this.running.forEach((timer) => clearTimeout(timer));
    this.running.clear();
  }
}

/** As much of socket.io-client's Socket as is used here. */
export interface LiveSocket {
  readonly connected: boolean;
  readonly active: boolean;
  /** What was missed while the connection was away follows by itself, the live board included. */
  readonly recovered: boolean;
  on(event: string, listener: (payload: any) => void): unknown;
  onAny(listener: () => void): unknown;
  connect(): unknown;
  disconnect(): unknown;
  timeout(milliseconds: number): { emitWithAck(event: string, payload: unknown): Promise<any> };
}

// Opens sockets with the socket.io-client that applications use and tells all that they hear.
import { io } from 'socket.io-client';
import { crowd } from './crowd.mjs';
import { listen, tell } from './lines.mjs';

const sockets = new Map();

function watch(name, socket) {
  const lifecycle = (what, ...args) => tell({ kind: 'lifecycle', socket: name, name: what, args });
  socket.on('connect', () => {
    const engine = socket.io.engine;
    lifecycle('connect', engine.transport.name, socket.id, socket.recovered === true);
  });
  socket.on('connect_error', (error) => lifecycle('connect_error', error.message, error.data ?? null));
  socket.on('disconnect', (reason) => lifecycle('disconnect', reason));
  socket.onAny((event, ...args) => tell({ kind: 'event', socket: name, name: event, args }));
  // Every Engine.IO packet as it came in, before anything is parsed.
  socket.io.on('open', () => {
    const engine = socket.io.engine;
    // Here already: the upgrade may be done before the namespace is joined.
    engine.once('upgrade', (transport) => lifecycle('upgrade', transport.name));
    tell({ kind: 'frame', socket: name, data: JSON.stringify(engine.id) });
    engine.on('packet', (packet) => tell({ kind: 'frame', socket: name, data: String(packet.data ?? '') }));
  });
}

function socketOf({ socket }) {
  const found = sockets.get(socket);
  if (!found) throw new Error(`no socket ${socket}`);
  return found;
}

listen({
  open({ socket: name, url, options }) {
    const socket = io(url, options);
    sockets.set(name, socket);
    watch(name, socket);
  },
  emit(command) {
    socketOf(command).emit(...command.args);
  },
  ask(command) {
    return socketOf(command).timeout(command.timeout).emitWithAck(...command.args);
  },
  crowd,
  close(command) {
    socketOf(command).disconnect();
    sockets.delete(command.socket);
  },
  // As a lost network does it: the transport ends, nobody says goodbye.
  drop(command) {
    socketOf(command).io.engine.close();
  },
  connect(command) {
    socketOf(command).connect();
  },
});

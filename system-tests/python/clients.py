"""Opens sockets with python-socketio and tells all that they hear, as node/clients.mjs does."""
import json
import os
import sys
import threading

import socketio

sockets = {}
speaking = threading.Lock()


def tell(**value):
    with speaking:
        print(json.dumps(value), flush=True)


def watch(name, sio, transports):
    def lifecycle(what, *args):
        tell(kind='lifecycle', socket=name, name=what, args=list(args))

    def connect():
        # The library upgrades before it joins a namespace and has no event for it.
        if transports[:1] == ['polling'] and sio.transport() == 'websocket':
            lifecycle('upgrade', 'websocket')
        lifecycle('connect', sio.transport(), sio.get_sid())

    def connect_error(data):
        lifecycle('connect_error', data['message'] if isinstance(data, dict) else str(data))

    sio.on('connect', connect)
    sio.on('connect_error', connect_error)
    sio.on('disconnect', lambda *reason: lifecycle('disconnect', *reason))
    sio.on('*', lambda event, *args: tell(kind='event', socket=name, name=event, args=list(args)))


def connect(sio, url, options):
    try:
        sio.connect(url, auth=options.get('auth'), transports=options.get('transports'), wait_timeout=10)
    except socketio.exceptions.ConnectionError:
        pass  # Told as connect_error.


def open_socket(command):
    name, options = command['socket'], command['options']
    sio = socketio.Client(
        reconnection=options['reconnection'],
        reconnection_delay=options.get('reconnectionDelay', 1000) / 1000,
    )
    sockets[name] = sio
    watch(name, sio, options.get('transports', ['polling', 'websocket']))
    threading.Thread(target=connect, args=(sio, command['url'], options), daemon=True).start()


def emit(command):
    event, *args = command['args']
    sockets[command['socket']].emit(event, tuple(args))


def ask(command):
    event, *args = command['args']
    sockets[command['socket']].emit(
        event, tuple(args), callback=lambda answer=None, *more: tell(kind='answer', id=command['id'], value=answer)
    )


def close(command):
    threading.Thread(target=sockets.pop(command['socket']).disconnect, daemon=True).start()


HANDLERS = {'open': open_socket, 'emit': emit, 'ask': ask, 'close': close}

for line in sys.stdin:
    received = json.loads(line)
    try:
        HANDLERS[received['op']](received)
    except Exception as error:  # Whoever drives this script judges it.
        told = {'kind': 'broken', 'op': received['op']} if 'id' not in received else {'kind': 'answer', 'id': received['id']}
        tell(**told, error=repr(error))
# The test process is gone or done: nothing may outlive it.
os._exit(0)

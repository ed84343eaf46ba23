import io from 'socket.io-client';
import store from '../store';

let socket = null;

const WebSocketService = {
  connect: () => {
    const token = localStorage.getItem('authToken');
    const wsUrl = process.env.REACT_APP_WS_URL || 'http://localhost:5000';
    
    socket = io(wsUrl, {
      auth: {
        token
      },
      reconnection: true,
      reconnectionDelay: 1000,
      reconnectionDelayMax: 5000,
      reconnectionAttempts: 5
    });

    socket.on('connect', () => {
      console.log('Connected to server');
      store.dispatch({ type: 'SET_WS_CONNECTED', payload: true });
    });

    socket.on('disconnect', () => {
      console.log('Disconnected from server');
      store.dispatch({ type: 'SET_WS_CONNECTED', payload: false });
    });

    socket.on('error', (error) => {
      console.error('WebSocket error:', error);
      store.dispatch({ type: 'SET_WS_ERROR', payload: error });
    });

    return socket;
  },

  disconnect: () => {
    if (socket) {
      socket.disconnect();
    }
  },

  // Attendance Events
  punchIn: (data) => {
    socket.emit('punch_in', data);
  },

  punchOut: (data) => {
    socket.emit('punch_out', data);
  },

  // Listen to events
  onPunchInConfirmed: (callback) => {
    socket.on('punch_in_confirmed', callback);
  },

  onAttendanceUpdate: (callback) => {
    socket.on('attendance_update', callback);
  },

  onLeaveRequest: (callback) => {
    socket.on('leave_request_new', callback);
  },

  getSocket: () => socket
};

export default WebSocketService;

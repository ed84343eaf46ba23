import React, { useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { Provider, useSelector } from 'react-redux';
import EmployeeAttendance from './components/EmployeeAttendance';
import { getGeolocation } from './getGeolocation';
import WebSocketService from './services/WebSocketService';
import store from './store';

// The guide's component calls it without importing it.
window.getGeolocation = getGeolocation;

const employeeId = new URLSearchParams(window.location.search).get('employeeId');

function Connection() {
  const { connected, error, notification } = useSelector((state) => state);
  return (
    <>
      <p>{connected ? 'Connected' : 'Not connected'}</p>
      <p data-testid="error">{error ? `${error.code}: ${error.message}` : ''}</p>
      <p>{notification?.message}</p>
    </>
  );
}

// Mounted after EmployeeAttendance, which opens the connection.
function LeaveRequests() {
  const [requests, setRequests] = useState([]);
  useEffect(() => {
    WebSocketService.onLeaveRequest((request) => setRequests((known) => [...known, request]));
  }, []);
  return (
    <ul>
      {requests.map(({ id, leaveType, startDate, endDate }) => (
        <li key={id}>{`${id}: ${leaveType}, ${startDate} to ${endDate}`}</li>
      ))}
    </ul>
  );
}

const punchOut = () => WebSocketService.punchOut({ employeeId, timestamp: new Date() });

createRoot(document.getElementById('root')).render(
  <Provider store={store}>
    <EmployeeAttendance employeeId={employeeId} />
    <button onClick={punchOut}>Punch Out</button>
    <LeaveRequests />
    <Connection />
  </Provider>,
);

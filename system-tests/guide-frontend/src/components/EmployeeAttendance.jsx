import React, { useEffect, useState } from 'react';
import { useDispatch } from 'react-redux';
import WebSocketService from '../services/WebSocketService';

function EmployeeAttendance({ employeeId }) {
  const [status, setStatus] = useState('not_marked');
  const [punchInTime, setPunchInTime] = useState(null);
  const dispatch = useDispatch();

  useEffect(() => {
    // Connect to WebSocket
    WebSocketService.connect();

    // Listen for punch in confirmation
    WebSocketService.onPunchInConfirmed((data) => {
      setPunchInTime(data.timestamp);
      setStatus('marked');
      dispatch({
        type: 'SHOW_NOTIFICATION',
        payload: { type: 'success', message: 'Punch in recorded' }
      });
    });

    // Listen for real-time attendance updates
    WebSocketService.onAttendanceUpdate((data) => {
      if (data.employeeId === employeeId) {
        setPunchInTime(data.punchInTime);
        setStatus('updated');
      }
    });

    return () => {
      WebSocketService.disconnect();
    };
  }, [employeeId]);

  const handlePunchIn = async () => {
    const location = await getGeolocation();
    WebSocketService.punchIn({
      employeeId,
      timestamp: new Date(),
      location
    });
  };

  return (
    <div className="attendance-card">
      <h2>Attendance</h2>
      <p>Status: {status}</p>
      {punchInTime && <p>Punch In: {punchInTime}</p>}
      <button onClick={handlePunchIn}>Punch In</button>
    </div>
  );
}

export default EmployeeAttendance;

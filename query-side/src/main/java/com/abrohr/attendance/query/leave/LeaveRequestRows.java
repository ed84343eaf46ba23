package com.abrohr.attendance.query.leave;

import org.springframework.data.jpa.repository.JpaSpecificationExecutor;
import org.springframework.data.repository.Repository;

import java.util.List;

interface LeaveRequestRows
        extends Repository<LeaveRequestRow, LeaveRequestRow.Key>,
                JpaSpecificationExecutor<LeaveRequestRow> {

    List<LeaveRequestRow> findByCompanyIdAndStatusOrderBySubmittedAtAscLeaveIdAsc(
            String companyId, String status);
}
